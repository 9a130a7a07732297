"""Writes the planned work of a launch as rows, as fast as the database takes them and in little memory.

Planned work comes lazily; every few thousand rows are written at once: through COPY on PostgreSQL, in one prepared
statement on SQLite. Numbers are taken beforehand, because participants refer to the work order they belong to.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from paotui.playbooks.plan import PlannedWork, RosterTarget
from paotui.registry.sql import run
from paotui.work import bulk
from paotui.work.coverage import Moves
from paotui.work.models import TaskForce
from paotui.work.rules import due_day
from paotui.work.states import READY, WAITING

CHUNK = 10_000
MOST_TIMES = 50_000
MOST_COUNTERS = 20_000
MANY = 10_000
"""From so many rows on, what the database knew of the tables no longer holds."""

CASES = bulk.Table(
    "work_case",
    ("id", "entry_id", "name", "state", "open_work", "closed_at"),
    ("district_id", "task_force_id", "opened_at"),
)
ORDERS = bulk.Table(
    "work_workorder",
    ("id", "case_id", "measure", "sequence", "role", "organisation_id", "person_id", "opens_at", "due_at", "state"),
    ("district_id", "task_force_id", "reason"),
)
PARTICIPATIONS = bulk.Table(
    "work_participation",
    ("work_order_id", "role", "organisation_id", "state", "due_at"),
    ("district_id", "reviews"),
)


@dataclass(slots=True)
class Written:
    """What a launch wrote; `sha256` covers every planned row in order, independent of the numbers it was given."""

    cases: int = 0
    open_cases: int = 0
    work_orders: int = 0
    participations: int = 0
    sha256: str = ""


@dataclass(slots=True)
class _Chunk:
    orders: list[tuple[Any, ...]] = field(default_factory=list)
    participations: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class Writer:
    """Writes the cases and work orders of one task force inside the transaction of its launch."""

    def __init__(self, task_force: TaskForce) -> None:
        self._task_force = task_force
        at = bulk.stored(task_force.launched_at)
        ours = (task_force.district_id, task_force.pk)
        self._cases = bulk.Sink(CASES, (*ours, at))
        self._orders = bulk.Sink(ORDERS, (*ours, ""))
        self._participations = bulk.Sink(PARTICIPATIONS, (task_force.district_id, False))
        self._case_numbers = bulk.numbers(CASES.name)
        self._opened: dict[int | str, tuple[int, str]] = {}
        self._open_work: Counter[int | str] = Counter()
        self._counts: Counter[tuple[str, Any, str, dt.date]] = Counter()
        self._digest = hashlib.sha256()
        self.written = Written()

    def opening(self, targets: Iterable[RosterTarget]) -> Iterator[RosterTarget]:
        """Pass the targets on to expansion, giving each its case as it goes by."""
        for target in targets:
            self._opened[target.key] = (next(self._case_numbers), target.name)
            yield target

    def write(self, planned: Iterable[PlannedWork]) -> Written:
        """Write all of `planned`, which was expanded from `opening(targets)`."""
        chunk, room = _Chunk(), CHUNK
        times: dict[tuple[Any, ...], tuple[Any, Any, str, dt.date, str]] = {}
        numbers = bulk.numbers(ORDERS.name)
        opened, open_work, counts = self._opened, self._open_work, self._counts
        add, say, join = chunk.orders.append, chunk.lines.append, chunk.participations.append
        for target, measure, sequence, role, organisation, participants, person, opens_at, due_at, waits in planned:
            known = times.get((opens_at, due_at, waits))
            if known is None:
                if len(times) >= MOST_TIMES:
                    times.clear()
                known = times[opens_at, due_at, waits] = _time(opens_at, due_at, waits)
            opens, due, state, day, text = known
            number = next(numbers)
            add((number, opened[target][0], measure, sequence, role, organisation, person, opens, due, state))
            say(f"{target}\t{measure}\t{sequence}\t{role}\t{organisation}\t{person}\t{text}\t{participants}")
            open_work[target] += 1
            counts[measure, organisation, state, day] += 1
            for role_beside, beside in participants:
                join((number, role_beside, beside, state, due))
            room -= 1
            if not room:
                self._flush(chunk, target)
                room = CHUNK
        self._flush(chunk, None)
        self._count()
        if self.written.work_orders >= MANY:
            bulk.learn(CASES.name, ORDERS.name, PARTICIPATIONS.name)
        self.written.sha256 = self._digest.hexdigest()
        return self.written

    def _flush(self, chunk: _Chunk, unfinished: int | str | None) -> None:
        self._write_cases(unfinished)
        self._orders.write(chunk.orders)
        self._participations.write(chunk.participations)
        self._digest.update("\n".join([*chunk.lines, ""]).encode())
        self.written.work_orders += len(chunk.orders)
        self.written.participations += len(chunk.participations)
        chunk.orders.clear()
        chunk.participations.clear()
        chunk.lines.clear()
        if len(self._counts) > MOST_COUNTERS:
            self._count()

    def _write_cases(self, unfinished: int | str | None) -> None:
        """Write the cases whose work is complete; a target without any work is a closed case from the start."""
        held = self._opened.pop(unfinished, None) if unfinished is not None else None
        at = bulk.stored(self._task_force.launched_at)
        rows = [
            (number, key, name, "open", self._open_work[key], None)
            if self._open_work[key]
            else (number, key, name, "closed", 0, at)
            for key, (number, name) in self._opened.items()
        ]
        self._cases.write(rows)
        self.written.cases += len(rows)
        self.written.open_cases += sum(row[3] == "open" for row in rows)
        self._opened.clear()
        if held is not None and unfinished is not None:
            self._opened[unfinished] = held
            kept = self._open_work[unfinished]
            self._open_work.clear()
            self._open_work[unfinished] = kept
        else:
            self._open_work.clear()

    def _count(self) -> None:
        moves = Moves(self._task_force.district_id)
        for (measure, organisation, state, day), number in self._counts.items():
            moves.add(self._task_force.pk, measure, organisation, day, state, number)
        self._counts.clear()
        run([(text, params) for text, params, _rows in moves.statements()])


def _time(opens_at: dt.datetime | None, due_at: dt.datetime | None, waits: bool) -> tuple[Any, Any, str, dt.date, str]:
    state = WAITING if waits else READY
    text = f"{opens_at and opens_at.isoformat()}\t{due_at and due_at.isoformat()}\t{state}"
    return bulk.stored(opens_at), bulk.stored(due_at), state, due_day(due_at), text
