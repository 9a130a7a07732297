"""What every check needs: the playbook by name, and a place to put what it finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from paotui.authored.base import Model
from paotui.authored.source import join
from paotui.authored.suggest import choose
from paotui.playbooks.errors import Level, Problem, problem
from paotui.playbooks.loader import Loaded
from paotui.playbooks.schema import Condition, Event, Field, Figure, Measure, Playbook, Role
from paotui.worktime import LocalText

Conditions = tuple[Condition, ...]


class Finder:
    """One linting: names looked up, problems collected."""

    def __init__(self, playbook: Loaded | Playbook, kinds: Collection[str]) -> None:
        self._loaded = playbook if isinstance(playbook, Loaded) else None
        self.playbook: Playbook = playbook.playbook if isinstance(playbook, Loaded) else playbook
        self.kinds = tuple(kinds)
        self.problems: list[Problem] = []

    def add(
        self, path: str, code: str, message: tuple[str, str], remedy: tuple[str, str], *, level: Level = "error"
    ) -> None:
        """Report a problem; texts are (Chinese, English) without the final stop of the message."""
        file, line = (self._loaded.name, self._loaded.line(path)) if self._loaded else (self.playbook.playbook, 0)
        found = problem(
            LocalText(*message), LocalText(*remedy), file=file, line=line, path=path, level=level, code=code
        )
        self.problems.append(found)

    def warn(self, path: str, code: str, message: tuple[str, str], remedy: tuple[str, str]) -> None:
        self.add(path, code, message, remedy, level="warning")

    def known(self, path: str, name: str, names: Iterable[str], zh: str, en: str) -> bool:
        """Tell whether `name` is among `names`; report it with a suggestion when it is not."""
        names = list(names)
        if name in names:
            return True
        hint = choose(name, names)
        self.add(path, "unknown-name", (f"没有叫“{name}”的{zh}", f"there is no {en} called {name}"), (hint.zh, hint.en))
        return False

    @cached_property
    def facts(self) -> dict[str, Field]:
        return {one.name: one for one in self.playbook.target.facts}

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {one.name: one for one in self.playbook.roles}

    @cached_property
    def events(self) -> dict[str, Event]:
        return {one.name: one for one in self.playbook.events}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {one.id: one for one in self.playbook.measures}

    def each_measure(self) -> Iterator[tuple[str, Measure]]:
        """Yield (path, measure)."""
        for place, one in enumerate(self.playbook.measures):
            yield f"measures[{place}]", one

    def each_figure(self) -> Iterator[tuple[str, Figure]]:
        """Yield (path, figure)."""
        for place, one in enumerate(self.playbook.figures):
            yield f"figures[{place}]", one

    def each_field(self) -> Iterator[tuple[str, Field]]:
        """Yield (path, field) of every fact and every field of a record."""
        for place, one in enumerate(self.playbook.target.facts):
            yield f"target.facts[{place}]", one
        for path, measure in self.each_measure():
            for place, one in enumerate(measure.record):
                yield f"{path}.record[{place}]", one

    def predecessors(self, name: str) -> set[str]:
        """Return the measures that are surely done, or have surely begun what led here, before `name` is ready."""
        found: set[str] = set()
        open_ = [name]
        while open_:
            one = self.measures.get(open_.pop())
            before = [*one.after, *([one.on.measure] if one.on else [])] if one else []
            open_ += [each for each in before if each not in found]
            found.update(before)
        return found


def walk(model: Model, path: str = "") -> Iterator[tuple[str, Model]]:
    """Yield (path, model) of everything inside a model, paths as the author writes them."""
    for name, field in type(model).model_fields.items():
        value: Any = getattr(model, name)
        below = join(path, field.alias or name)
        if isinstance(value, Model):
            yield below, value
            yield from walk(value, below)
        elif isinstance(value, tuple):
            for place, one in enumerate(value):
                if isinstance(one, Model):
                    yield f"{below}[{place}]", one
                    yield from walk(one, f"{below}[{place}]")
