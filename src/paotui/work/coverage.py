"""Counters of work orders by state: changed by the transaction that moves the work, compared with a recount.

`Coverage` counts by measure and due day for the page of a task force, `Workload` by organisation for *Today*. Reading
either costs the same for a hundred work orders and for ten million.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count

from paotui.registry.sql import batches, stored_day
from paotui.work.models import Case, Coverage, Participation, TaskForce, Workload, WorkOrder
from paotui.work.rules import due_day
from paotui.work.states import ENDED, STATES

ROWS = 200
"""Rows changed by one statement."""


class Exact(NamedTuple):
    """A statement that must touch so many rows, no more and no fewer."""

    text: str
    params: Sequence[Any]
    rows: int


class Counters(NamedTuple):
    """A table of counters and the columns that, with the district, tell its rows apart."""

    table: str
    columns: tuple[str, ...]

    @cache  # noqa: B019 - there are two of them, for ever
    def update(self, rows: int) -> str:
        """Return the statement that adds to `rows` rows that are there; the district comes last."""
        sets = ", ".join(f"{state} = {self.table}.{state} + d.{state}" for state in STATES)
        same = " AND ".join(f"{self.table}.{column} = d.{column}" for column in self.columns)
        return f"UPDATE {self.table} SET {sets} FROM {self._rows(rows)} WHERE {same} AND {self.table}.district_id = %s"  # noqa: S608

    @cache  # noqa: B019
    def upsert(self, rows: int) -> str:
        """Return the statement that adds to `rows` rows, new or there already; the district comes last."""
        names = ", ".join((*self.columns, *STATES))
        sets = ", ".join(f"{state} = {self.table}.{state} + excluded.{state}" for state in STATES)
        return (
            f"INSERT INTO {self.table} ({names}, district_id) SELECT {names}, x.district_id "  # noqa: S608
            f"FROM {self._rows(rows)}, (SELECT %s AS district_id) x WHERE 1 = 1 "
            f"ON CONFLICT (district_id, {', '.join(self.columns)}) DO UPDATE SET {sets}"
        )

    def _rows(self, rows: int) -> str:
        first = ", ".join(f"%s AS {name}" for name in (*self.columns, *STATES))
        next_ = ", ".join(["%s"] * (len(self.columns) + len(STATES)))
        return f"({' UNION ALL '.join(['SELECT ' + first] + ['SELECT ' + next_] * (rows - 1))}) d"


COVERAGE = Counters("work_coverage", ("task_force_id", "measure", "due_on"))
WORKLOAD = Counters("work_workload", ("organisation_id", "task_force_id", "due_on"))
_CASES_OPEN = "UPDATE work_taskforce SET cases_open = cases_open + %s WHERE district_id = %s AND id = %s"
Key = tuple[Any, ...]
Counts = Counter[str]


class Moves:
    """What one transaction changes in the counters of a district."""

    def __init__(self, district_id: int) -> None:
        self.district_id = district_id
        self._coverage: dict[Key, Counts] = defaultdict(Counter)
        self._workload: dict[Key, Counts] = defaultdict(Counter)
        self._cases: Counter[int] = Counter()

    def add(
        self, task_force: int, measure: str, organisation: int, due_on: dt.date, state: str, number: int = 1
    ) -> None:
        """Count `number` work orders more in `state`; fewer when negative."""
        self._coverage[task_force, measure, due_on][state] += number
        self._workload[organisation, task_force, due_on][state] += number

    def add_open_case(self, task_force: int, number: int) -> None:
        """Count so many open cases more; fewer when negative."""
        self._cases[task_force] += number

    def statements(self) -> list[Exact]:
        """Return what brings the counters up to date."""
        # In one order everywhere, so that two transactions never wait for each other's rows.
        cases = [
            Exact(_CASES_OPEN, (number, self.district_id, pk), 1)
            for pk, number in sorted(self._cases.items())
            if number
        ]
        return [
            *cases,
            *_statements(self.district_id, COVERAGE, self._coverage),
            *_statements(self.district_id, WORKLOAD, self._workload),
        ]


def _statements(district_id: int, counter: Counters, changes: Mapping[Key, Counts]) -> Iterator[Exact]:
    rows = sorted((*map(_plain, key), *map(counts.__getitem__, STATES)) for key, counts in changes.items())
    states = slice(len(counter.columns), None)
    # Where something is counted less a row is there already, and the database refuses a negative one.
    less = [row for row in rows if min(row[states]) < 0]
    more = [row for row in rows if min(row[states]) >= 0 and max(row[states]) > 0]
    for text, some in ((counter.update, less), (counter.upsert, more)):
        for batch in batches(some, ROWS):
            yield Exact(text(len(batch)), (*(value for row in batch for value in row), district_id), len(batch))


def _plain(value: Any) -> Any:
    return stored_day(value) if isinstance(value, dt.date) else value


class Difference(NamedTuple):
    """A counter that does not say what the rows say."""

    counter: str
    key: Key
    kept: Mapping[str, int]
    counted: Mapping[str, int]


def recount(task_force: TaskForce) -> list[Difference]:
    """Return every counter of `task_force` that differs from a new count of its work; none when all is well."""
    rows = list(_grouped(task_force))
    return [
        *_compare("coverage", _kept(Coverage, task_force, "measure"), _counted(rows, "measure")),
        *_compare("workload", _kept(Workload, task_force, "organisation_id"), _counted(rows, "organisation_id")),
        *_open_work(task_force),
        *_open_cases(task_force),
        *_participations(task_force),
    ]


def _grouped(task_force: TaskForce) -> Iterable[tuple[str, int, dt.datetime | None, str, int]]:
    orders = WorkOrder.objects.filter(district=task_force.district_id, task_force=task_force)
    groups = orders.values_list("measure", "organisation_id", "due_at", "state").annotate(number=Count("id"))
    return groups.order_by()


def _counted(rows: Iterable[tuple[str, int, dt.datetime | None, str, int]], by: str) -> dict[Key, Counts]:
    found: dict[Key, Counts] = defaultdict(Counter)
    for measure, organisation, due_at, state, number in rows:
        found[measure if by == "measure" else organisation, due_day(due_at)][state] += number
    return found


def _kept(model: type[Coverage] | type[Workload], task_force: TaskForce, by: str) -> dict[Key, Counts]:
    rows = model.objects.filter(district=task_force.district_id, task_force=task_force).values(by, "due_on", *STATES)
    return {(row[by], row["due_on"]): Counter({state: row[state] for state in STATES if row[state]}) for row in rows}


def _compare(counter: str, kept: Mapping[Key, Counts], counted: Mapping[Key, Counts]) -> list[Difference]:
    nothing: Counts = Counter()
    keys = sorted({*kept, *counted})
    pairs = ((key, kept.get(key, nothing), counted.get(key, nothing)) for key in keys)
    return [Difference(counter, key, dict(before), dict(now)) for key, before, now in pairs if before != now]


def _open_work(task_force: TaskForce) -> list[Difference]:
    cases = Case.objects.filter(district=task_force.district_id, task_force=task_force)
    kept = {(pk,): Counter(open=number) for pk, number in cases.filter(open_work__gt=0).values_list("id", "open_work")}
    orders = WorkOrder.objects.filter(district=task_force.district_id, task_force=task_force).exclude(state__in=ENDED)
    groups = orders.values_list("case").annotate(number=Count("id")).order_by()
    return _compare("case.open_work", kept, {(case,): Counter(open=number) for case, number in groups})


def _open_cases(task_force: TaskForce) -> list[Difference]:
    cases = Case.objects.filter(district=task_force.district_id, task_force=task_force)
    counted = Counter(total=cases.count(), open=cases.filter(state="open").count())
    fresh = TaskForce.objects.get(pk=task_force.pk)
    kept = Counter(total=fresh.cases_total, open=fresh.cases_open)
    return _compare("task_force.cases", {(task_force.pk,): kept}, {(task_force.pk,): counted})


def _participations(task_force: TaskForce) -> list[Difference]:
    rows = Participation.objects.filter(district=task_force.district_id, work_order__task_force=task_force).values_list(
        "id", "state", "due_at", "work_order__state", "work_order__due_at"
    )
    return [
        Difference("participation", (pk,), {state: 1}, {now: 1})
        for pk, state, due_at, now, due_now in rows.iterator()
        if (state, due_at) != (now, due_now)
    ]
