"""Figures of a district: which there are, and what each says as of a time. The counting itself is in `playbooks`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from paotui.bulletin import printed
from paotui.playbooks import figures as counting
from paotui.playbooks.schema import Figure, Playbook, Text
from paotui.registry.errors import Refusal
from paotui.registry.models import District
from paotui.work.models import PlaybookVersion
from paotui.work.queries import figures_source, playbooks


class UnknownFigure(Refusal):
    """A name no launched playbook defines."""


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure of a launched playbook; `name` is public (S5.schools)."""

    name: str
    story: str
    figure: Figure
    playbook: Playbook

    @property
    def title(self) -> Text:
        return self.figure.title

    @property
    def unit(self) -> Text:
        return self.figure.unit

    @property
    def definition(self) -> Text:
        return self.figure.definition


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """What a figure said as of a time, and everything it counted."""

    definition: FigureDefinition
    as_of: dt.datetime
    counted: counting.Answer

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def value(self) -> Decimal | None:
        return self.counted.value

    @property
    def count(self) -> int:
        """How many records were counted; work orders or targets where no record was."""
        answer = self.counted
        return len(answer.record_ids) or len(answer.work_ids) or len(answer.target_keys)

    def unit(self, language: str) -> str:
        return self.definition.unit.in_language(language)

    def number(self, language: str) -> str:
        """Return the value in print, a dash when there is none."""
        return "—" if self.value is None else printed.number(self.value, language)

    def text(self, language: str) -> str:
        """Return number and unit: 24所, 24 schools."""
        return printed.with_unit(self.number(language), self.unit(language), language)


def catalogue(district: District) -> dict[str, FigureDefinition]:
    """Return the figures of everything launched in the district by name, those of the newest version of a playbook."""
    versions = PlaybookVersion.objects.filter(district=district, task_forces__isnull=False).distinct()
    newest = {version.key: version for version in versions.order_by("key", "version")}
    found = (one for version in newest.values() for one in _defined(playbooks.loaded(version).playbook))
    return {one.name: one for one in sorted(found, key=lambda one: (one.story, one.playbook.playbook))}


def _defined(playbook: Playbook) -> Iterator[FigureDefinition]:
    for figure in playbook.figures:
        yield FigureDefinition(playbook.figure_name(figure), playbook.story or playbook.playbook, figure, playbook)


def define(district: District, name: str) -> FigureDefinition:
    """Return the figure called `name`; UnknownFigure when no launched playbook defines it."""
    found = catalogue(district).get(name)
    if found is None:
        raise UnknownFigure(
            _("There is no figure called %(name)s.") % {"name": name},
            what=name,
            remedy=_("Choose one from the list of figures, or launch the playbook that defines it."),
        )
    return found


def answer(district: District, name: str, as_of: dt.datetime) -> FigureAnswer:
    """Count the figure called `name` as things stood at `as_of`; UnknownFigure when there is none."""
    return count(district, define(district, name), as_of)


def count(district: District, definition: FigureDefinition, as_of: dt.datetime) -> FigureAnswer:
    """Count one figure as things stood at `as_of`."""
    needs = counting.needs(definition.figure)
    playbook, measures = definition.playbook, sorted(needs.measures)
    key = playbook.playbook
    answer = counting.evaluate(
        playbook,
        definition.figure,
        records=figures_source.records(district, key, measures, as_of) if needs.records else (),
        work=figures_source.work(district, key, measures, as_of) if needs.work else (),
        targets=figures_source.targets(district, key, as_of) if needs.targets else (),
        at=as_of,
    )
    return FigureAnswer(definition, as_of, answer)


def all_answers(district: District, as_of: dt.datetime) -> list[FigureAnswer]:
    """Count every figure of the district as things stood at `as_of`, by story and name."""
    return [count(district, definition, as_of) for definition in catalogue(district).values()]
