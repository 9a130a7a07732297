"""What a figure counted, line by line: places and bodies in clear, people masked unless the viewer may see them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paotui.bulletin.figures import FigureAnswer
from paotui.playbooks import values as typed
from paotui.playbooks.schema import Field, Measure
from paotui.registry import rules
from paotui.registry.actors import Actor
from paotui.registry.models import District, RosterEntry
from paotui.work.models import Record, WorkOrder
from paotui.work.queries import printed


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One record, work order or target that was counted."""

    kind: str
    """record, work_order or target"""
    id: int
    side: str
    """of or over: a rate is counted from two sides"""
    target: str
    measure: str
    organisation: str
    person: str
    at: dt.datetime | None
    values: tuple[tuple[str, str], ...] = ()
    """(label, text), without what the viewer may not see"""
    work_order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows of a figure; `total` counts all of them, `next` is where to go on."""

    rows: tuple[OpenedRow, ...]
    total: int
    next: int | None


SIZE = 100


def masked(name: str) -> str:
    """Return a person's name with all but the first character hidden."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def open_(answer: FigureAnswer, district: District, viewer: Actor | None, language: str, start: int = 0) -> Page:
    """Return the rows counted, `SIZE` from number `start`; a constant number of queries."""
    counted = _counted(answer)
    shown = counted[start : start + SIZE]
    reader = _Reader(answer, district, viewer, language)
    rows = {
        **reader.records([pk for kind, pk, _side in shown if kind == "record"]),
        **reader.work_orders([pk for kind, pk, _side in shown if kind == "work_order"]),
        **reader.targets([pk for kind, pk, _side in shown if kind == "target"]),
    }
    lines = tuple(rows[kind, pk](side) for kind, pk, side in shown if (kind, pk) in rows)
    end = start + SIZE
    return Page(lines, len(counted), end if end < len(counted) else None)


def _counted(answer: FigureAnswer) -> list[tuple[str, int, str]]:
    """Return (kind, id, side) of everything counted; a target only where no record or work order stands for it."""
    sides = [("of", answer.counted.of)]
    if answer.counted.over is not None:
        sides.append(("over", answer.counted.over))
    found: list[tuple[str, int, str]] = []
    for side, counted in sides:
        found += [("record", int(pk), side) for pk in counted.record_ids]
        found += [("work_order", int(pk), side) for pk in counted.work_ids]
        if not counted.record_ids and not counted.work_ids:
            found += [("target", int(pk), side) for pk in counted.target_keys]
    return found


class _Reader:
    """Reads rows for one viewer in one language."""

    def __init__(self, answer: FigureAnswer, district: District, viewer: Actor | None, language: str) -> None:
        self._playbook = answer.definition.playbook
        self._district, self._language = district, language
        self._sees_people = rules.holds(viewer, "figures.open")

    def records(self, ids: Collection[int]) -> dict[tuple[str, int], Any]:
        if not ids:
            return {}
        found = Record.objects.filter(district=self._district, pk__in=ids)
        found = found.select_related("case__entry", "organisation", "person")
        by_measure: dict[str, list[Record]] = defaultdict(list)
        for record in found:
            by_measure[record.measure].append(record)
        return {
            ("record", record.pk): self._line(record, measure, values)
            for name, records in by_measure.items()
            for measure in [self._playbook.measure(name)]
            for record, values in zip(records, self._values(measure, records), strict=True)
        }

    def _values(self, measure: Measure, records: Sequence[Record]) -> list[tuple[tuple[str, str], ...]]:
        fields = [one for one in measure.record if self._sees_people or not self._hides(one)]
        read = typed.reader(measure.record)
        rows = [read(record.values) for record in records]
        printed_rows = printed.texts(self._district.pk, fields, rows, self._language)
        return [
            tuple((f.label.in_language(self._language), text[f.name]) for f in fields if f.name in text)
            for text in printed_rows
        ]

    def _hides(self, field: Field) -> bool:
        """Names, and free words about a person, are not for visitors."""
        about_person = self._playbook.target.kind == "person" and field.type == "text"
        return field.personal or field.type == "person" or about_person

    def _line(self, record: Record, measure: Measure, values: tuple[tuple[str, str], ...]) -> Any:
        return lambda side: OpenedRow(
            "record", record.pk, side, self._target(record.case.entry), measure.title.in_language(self._language),
            self._named(record.organisation), self._person(record.person), record.happened_at, values,
            record.work_order_id,
        )  # fmt: skip

    def work_orders(self, ids: Collection[int]) -> dict[tuple[str, int], Any]:
        if not ids:
            return {}
        found = WorkOrder.objects.filter(district=self._district, pk__in=ids)
        return {("work_order", one.pk): self._work(one) for one in found.select_related("case__entry", "organisation")}

    def _work(self, order: WorkOrder) -> Any:
        title = self._playbook.measure(order.measure).title.in_language(self._language)
        return lambda side: OpenedRow(
            "work_order", order.pk, side, self._target(order.case.entry), title, self._named(order.organisation), "",
            order.due_at, (), order.pk,
        )  # fmt: skip

    def targets(self, ids: Collection[int]) -> dict[tuple[str, int], Any]:
        if not ids:
            return {}
        found = RosterEntry.objects.filter(district=self._district, pk__in=ids)
        return {("target", one.pk): self._entry(one) for one in found}

    def _entry(self, entry: RosterEntry) -> Any:
        return lambda side: OpenedRow("target", entry.pk, side, self._target(entry), "", "", "", None)

    def _target(self, entry: RosterEntry) -> str:
        if entry.person_id is not None and not self._sees_people:
            return masked(entry.name)
        return entry.name

    def _person(self, person: Any) -> str:
        if person is None:
            return ""
        return str(person) if self._sees_people else masked(str(person))

    def _named(self, one: Any) -> str:
        return one.name_en if self._language.startswith("en") and one.name_en else one.name


def names(district: District, keys: Iterable[int | str]) -> Mapping[int, RosterEntry]:
    """Return roster entries with their places, by id."""
    found = RosterEntry.objects.filter(district=district, pk__in=[int(key) for key in keys]).select_related("place")
    return {entry.pk: entry for entry in found}
