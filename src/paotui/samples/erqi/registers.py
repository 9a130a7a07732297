"""Registers (台账): what clerks wrote down row by row, turned into entries at the times they wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paotui.playbooks import reading
from paotui.samples.erqi.events import Entry
from paotui.samples.erqi.reading import Row
from paotui.worktime import ZONE


@dataclass(frozen=True, slots=True)
class Step:
    """Which columns of a register tell of one measure; `entered` and `happened` are columns with times."""

    measure: str
    entered: str
    fields: Mapping[str, str]
    happened: str = ""

    def entry(self, row: Row, task_force: str, target: str, number: str) -> Entry | None:
        """Return what the row says was done, None while it says nothing."""
        at = reading.moment(row.get(self.entered) or "")
        if at is None:
            return None
        happened = reading.moment(row[self.happened]) if self.happened else at
        return Entry(at, task_force, target, self.measure, self._values(row), happened or at, number)

    def _values(self, row: Row) -> dict[str, Any]:
        return {field: row.get(heading) for field, heading in self.fields.items()}


def entries(
    rows: Iterable[Row], task_force: str, *, target: str, steps: Iterable[Step], number: str = ""
) -> Iterator[Entry]:
    """Yield an entry for every step every row tells of; `target` and `number` are the headings that say of whom."""
    kept = tuple(steps)
    for row in rows:
        for step in kept:
            found = step.entry(row, task_force, str(row[target]), str(row[number]) if number else "")
            if found is not None:
                yield found


def on(day: Any, clock: Any) -> dt.datetime:
    """Return the moment a register keeps in two columns, a day and a time of day."""
    found, hour = reading.day(day), reading.clock(clock)
    if found is None or hour is None:
        raise ValueError(f"{day!r} {clock!r} is no moment")
    return dt.datetime.combine(found, hour, ZONE)
