"""Counters of work orders by state: changed by the transaction that moves the work, compared with a recount.

`Coverage` counts by measure and due day for the page of a task force, `Workload` by organisation for *Today*. Reading
either costs the same for a hundred work orders and for ten million.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count

from paotui.work.models import Case, Coverage, Participation, TaskForce, Workload, WorkOrder
from paotui.work.rules import due_day
from paotui.work.sql import Statement
from paotui.work.states import ENDED, STATES

COVERAGE = ("work_coverage", ("task_force_id", "measure", "due_on"))
WORKLOAD = ("work_workload", ("organisation_id", "task_force_id", "due_on"))
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
        day = due_on.isoformat()
        self._coverage[task_force, measure, day][state] += number
        self._workload[organisation, task_force, day][state] += number

    def add_open_case(self, task_force: int, number: int) -> None:
        """Count so many open cases more; fewer when negative."""
        self._cases[task_force] += number

    def statements(self) -> list[Statement]:
        """Return what brings the counters up to date; each statement touches exactly one row."""
        # In one order everywhere, so that two transactions never wait for each other's rows.
        cases = [(_CASES_OPEN, (number, self.district_id, pk)) for pk, number in sorted(self._cases.items()) if number]
        return cases + [
            _statement(table, columns, self.district_id, key, counts)
            for (table, columns), changes in ((COVERAGE, self._coverage), (WORKLOAD, self._workload))
            for key, counts in sorted(changes.items())
            if any(counts.values())
        ]


def _statement(table: str, columns: tuple[str, ...], district_id: int, key: Key, counts: Counts) -> Statement:
    changed = {state: counts[state] for state in STATES if counts[state]}
    if min(changed.values()) < 0:
        # Something is there to be counted less; a missing row shows as a statement that touches none.
        sets = ", ".join(f"{state} = {state} + %s" for state in changed)
        where = " AND ".join(f"{column} = %s" for column in ("district_id", *columns))
        return f"UPDATE {table} SET {sets} WHERE {where}", (*changed.values(), district_id, *key)  # noqa: S608
    return upsert(table, columns, changed), (district_id, *key, *[counts[state] for state in STATES])


def upsert(table: str, columns: tuple[str, ...], changed: Iterable[str]) -> str:
    """Return the statement that inserts a row of counters, or adds to the one that is there."""
    names = ("district_id", *columns)
    marks = ", ".join(["%s"] * (len(names) + len(STATES)))
    sets = ", ".join(f"{state} = {table}.{state} + excluded.{state}" for state in changed)
    return (  # names of our own tables and states, values as parameters
        f"INSERT INTO {table} ({', '.join((*names, *STATES))}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(names)}) DO UPDATE SET {sets}"
    )


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
