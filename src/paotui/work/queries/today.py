"""What somebody does today: overdue, due today, due soon, returned, to review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paotui.registry.actors import Actor
from paotui.registry.sql import Statement, fetch, stored
from paotui.work.queries import bounded, lines
from paotui.work.queries import scope as scopes
from paotui.work.queries.bounded import Span
from paotui.work.queries.items import WorkItem
from paotui.work.queries.scope import Scope
from paotui.work.states import READY, RETURNED, SUBMITTED
from paotui.worktime.zone import at as moment_of
from paotui.worktime.zone import local

FIRST = 20
"""Lines of each list; the counts say how many there are."""
SOON = dt.timedelta(days=7)
MOST_COUNTED = 999
TO_DO = (READY, RETURNED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each list, over everything the actor's organisations are responsible for."""

    overdue: int
    """Due on a day before today and not done."""
    due_today: int
    due_soon: int
    """Due in the seven days after today."""
    later: int
    """Due after that, or without a due day."""
    returned: int
    waiting: int
    under_review: int
    """Submitted by the actor's organisations, to be reviewed by somebody."""
    to_review: int
    """To be reviewed by the actor's organisations; counted up to 999."""
    together: int
    """To be done by another organisation together with the actor's; counted up to 999."""


@dataclass(frozen=True, slots=True)
class Today:
    """The first lines of each list by due time, and how many there are of each."""

    at: dt.datetime
    overdue: tuple[WorkItem, ...]
    due_today: tuple[WorkItem, ...]
    due_soon: tuple[WorkItem, ...]
    returned: tuple[WorkItem, ...]
    to_review: tuple[WorkItem, ...]
    together: tuple[WorkItem, ...]
    counts: Counts


def for_actor(actor: Actor, at: dt.datetime, language: str = "zh-hans") -> Today:
    """Return what is on the desk of the organisations `actor` works for, at `at`; a fixed number of queries.

    What they review, or do together with others, is looked for in the forty organisations nearest to the top.
    """
    scope = scopes.of(actor, "work.read")
    today = local(at).date()
    lists = [[row[0] for row in rows] for rows in fetch([*_lists(scope, today), *_beside(scope)])]
    found = lines.by_ids(scope.district_id, {pk for ids in lists for pk in ids}, at, language)
    shown = [tuple(found[pk] for pk in ids[:FIRST]) for ids in lists]
    overdue, due_today, due_soon, returned, to_review, together = shown
    counts = _counts(scope, today, to_review=len(lists[4]), together=len(lists[5]))
    return Today(at, overdue, due_today, due_soon, returned, to_review, together, counts)


def _lists(scope: Scope, today: dt.date) -> list[Statement]:
    day, tomorrow = _start(today), _start(today + dt.timedelta(1))
    later = _start(today + dt.timedelta(1) + SOON)
    between = "due_at >= %s AND due_at < %s"
    return [
        bounded.orders(scope, TO_DO, Span("due_at < %s", (day,)), FIRST),
        bounded.orders(scope, TO_DO, Span(between, (day, tomorrow)), FIRST),
        bounded.orders(scope, TO_DO, Span(between, (tomorrow, later)), FIRST),
        bounded.orders(scope, (RETURNED,), bounded.ALL, FIRST),
    ]


def _beside(scope: Scope) -> list[Statement]:
    return [
        bounded.beside(scope, (SUBMITTED,), reviews=True, limit=MOST_COUNTED),
        bounded.beside(scope, TO_DO, reviews=False, limit=MOST_COUNTED),
    ]


def _start(day: dt.date) -> Any:
    return stored(moment_of(day, dt.time.min))


_SUMS = """
SELECT SUM(CASE WHEN due_on < %s THEN ready + returned ELSE 0 END),
       SUM(CASE WHEN due_on = %s THEN ready + returned ELSE 0 END),
       SUM(CASE WHEN due_on > %s AND due_on <= %s THEN ready + returned ELSE 0 END),
       SUM(CASE WHEN due_on > %s THEN ready + returned ELSE 0 END),
       SUM(returned), SUM(waiting), SUM(submitted)"""


def _counts(scope: Scope, today: dt.date, *, to_review: int, together: int) -> Counts:
    soon = (today + SOON).isoformat()
    days = (today.isoformat(), today.isoformat(), today.isoformat(), soon, soon)
    source, params = _counters(scope)
    rows = fetch([(f"{_SUMS} {source}", (*days, *params))])
    overdue, due_today, due_soon, later, returned, waiting, under_review = (int(sum_ or 0) for sum_ in rows[0][0])
    return Counts(overdue, due_today, due_soon, later, returned, waiting, under_review, to_review, together)


def _counters(scope: Scope) -> tuple[str, Sequence[Any]]:
    """Return where the counts come from: whoever sees the whole district needs no look at single organisations."""
    if scope.is_whole:
        return "FROM work_coverage WHERE district_id = %s", (scope.district_id,)
    within, paths = bounded.within(scope)
    return f"FROM work_workload WHERE district_id = %s{within}", (scope.district_id, *paths)
