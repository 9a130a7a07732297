"""Which column of a table is the name, which is which fact, and by how much its unit differs from the playbook's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paotui.authored.suggest import closest
from paotui.playbooks.schema import Target, Text
from paotui.registry import lengths
from paotui.registry.imports.reporting import Problem
from paotui.registry.imports.vocabulary import BY_KIND, NAME_ENDINGS, NAMES, SERIAL, STANDARD
from paotui.registry.models import Organisation, Person, Place
from paotui.registry.names import comparable, tidy
from paotui.registry.sheets.headings import Heading, factor, unit, unit_of_sheet
from paotui.registry.sheets.tables import Column, Table

_MODELS: dict[str, type[Model]] = {"organisation": Organisation, "person": Person, "place": Place}
_NUMERIC = ("integer", "decimal", "money")
_SYSTEM_ABOVE = re.compile(r"坐标系统?\s*[:]\s*(\S+)")


@dataclass(frozen=True)
class Matched:
    """The columns of one table: of standard data and of facts, with the factor that brings a fact to its unit."""

    standard: Mapping[str, Column]
    facts: Mapping[str, Column]
    factors: Mapping[str, Decimal]
    ignored: list[str]
    limits: Mapping[str, int | None]
    crs: str = ""
    problems: list[Problem] = field(default_factory=list)


class Wanted:
    """What a roster for `target` has to bring, by every way of writing it.

    `said` names columns the clerk has assigned by hand: heading → fact name or standard name.
    """

    def __init__(self, target: Target, said: Mapping[str, str] | None = None) -> None:
        self.target = target
        self.fields = {field.name: field for field in target.facts}
        self.words: dict[str, str] = {}
        for name in BY_KIND[target.kind]:
            self._learn(name, *STANDARD[name])
        self._learn("name", *NAMES[target.kind], target.label.zh, target.label.en, f"{target.label.zh}名称")
        for one in target.facts:
            self._learn(one.name, one.name, one.label.zh, one.label.en)
        for heading, name in (said or {}).items():
            self._learn(name, heading)

    def _learn(self, name: str, *headings: str) -> None:
        self.words.update({comparable(heading): name for heading in headings if comparable(heading)})

    def meaning(self, heading: Heading, group: str = "") -> str:
        """Return the fact or standard name a heading means, empty for none; facts and exact words come first."""
        for word in (heading.whole, heading.label, comparable(group) + heading.label):
            if word in self.words:
                return self.words[word]
        return "name" if heading.label.endswith(NAME_ENDINGS[self.target.kind]) else ""

    def is_known(self, heading: Heading) -> bool:
        return bool(self.meaning(heading))

    def match(self, table: Table) -> Matched:
        """Match the columns of `table`; what is missing, doubled or in an unfitting unit is among the problems."""
        found: dict[str, Column] = {}
        ignored, problems = [], []
        # What only ends like a name (项目名称) is one when nothing better is there.
        for column in sorted(table.columns, key=self._is_guess):
            name = self.meaning(column.heading, column.group)
            if not name or (name in found and self._is_guess(column)):
                ignored += [] if column.heading.label in SERIAL else [column.heading.text]
            elif name in found:
                problems.append(_doubled(table, found[name], column))
            else:
                found[name] = column
        facts = {name: column for name, column in found.items() if name in self.fields}
        factors = self._factors(table, facts, problems)
        problems += self._missing(table, found, ignored)
        standard = {name: column for name, column in found.items() if name not in self.fields}
        return Matched(standard, facts, factors, ignored, self._limits(), _system_above(table), problems)

    def _limits(self) -> dict[str, int | None]:
        model = _MODELS[self.target.kind]
        return {name: lengths.limit(model, name) for name in BY_KIND[self.target.kind] if name != "crs"}

    def _is_guess(self, column: Column) -> bool:
        words = {column.heading.whole, column.heading.label, comparable(column.group) + column.heading.label}
        return not words & self.words.keys()

    def _factors(self, table: Table, facts: dict[str, Column], problems: list[Problem]) -> dict[str, Decimal]:
        money, factors = unit_of_sheet(table.preface), {}
        for name, column in facts.items():
            one = self.fields[name]
            wanted = "元" if one.type == "money" else unit(one.unit.zh) if one.unit else ""
            given = column.heading.unit or (money if one.type == "money" else "") or wanted
            if one.type not in _NUMERIC or not wanted:
                continue
            scale = factor(given, wanted)
            if scale is None:
                problems.append(_unit_differs(table, column, given, wanted))
            elif scale != 1:
                factors[name] = scale
        return factors

    def _missing(self, table: Table, found: dict[str, Column], ignored: list[str]) -> list[Problem]:
        needed = [] if "name" in found else [self.target.label]
        needed += [one.label for one in self.target.facts if one.required and one.name not in found]
        return [Problem(table.sheet, 0, "", _missing_sentence(label, ignored)) for label in needed]


def _missing_sentence(label: Text, ignored: list[str]) -> str:
    said = {"label": _label(label), "near": closest(label.zh, ignored) or closest(label.en, ignored)}
    if said["near"]:
        return _("The column %(label)s is missing. If %(near)s is meant, rename that heading to %(label)s.") % said
    return _("The column %(label)s is missing: add it.") % said


def _label(label: Text) -> str:
    """Return the heading to look for; one who reads English still has the Chinese sheet in hand."""
    shown = label.in_language(get_language() or "zh-hans")
    return shown if shown == label.zh else f"{shown} ({label.zh})"


def _doubled(table: Table, first: Column, second: Column) -> Problem:
    sentence = _("Columns %(first)s and %(second)s both say %(heading)s: keep the one that counts.")
    said = {"first": first.letter, "second": second.letter, "heading": second.heading.text}
    return Problem(table.sheet, 0, second.letter, sentence % said)


def _unit_differs(table: Table, column: Column, given: str, wanted: str) -> Problem:
    sentence = _("%(heading)s is in %(given)s, which cannot be turned into %(wanted)s: give it in %(wanted)s.")
    said = {"heading": column.heading.text, "given": given, "wanted": wanted}
    return Problem(table.sheet, 0, column.letter, sentence % said)


def _system_above(table: Table) -> str:
    return next((found[1] for line in table.preface if (found := _SYSTEM_ABOVE.search(tidy(line)))), "")
