"""What is wrong with a problem or a plan: where, why, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paotui.worktime import LocalText


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at `path` ("stops[3].windows[0]"); `text` is a whole sentence with its remedy."""

    path: str
    text: LocalText

    def in_language(self, language: str) -> str:
        said = self.text.in_language(language)
        return f"{self.path}: {said}" if self.path else said

    def __str__(self) -> str:
        return self.in_language("en")


class ProblemError(ValueError):
    """A problem or plan that cannot be used; `faults` says why, one entry per thing to put right."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def in_language(self, language: str) -> str:
        return "\n".join(fault.in_language(language) for fault in self.faults)


def fault(path: str, *, zh: str, en: str) -> Fault:
    return Fault(path, LocalText(zh, en))


def twice(key: str, names: list[str]) -> Iterable[Fault]:
    """A fault for each id in the list `key` that was used before."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield fault(
                f"{key}[{number}].id",
                zh=f"编号“{name}”已经用过。请换一个。",
                en=f'the id "{name}" is used already. Choose another.',
            )
        seen.add(name)
