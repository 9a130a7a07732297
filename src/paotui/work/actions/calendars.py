"""An amended calendar moves the deadlines that are running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from paotui import worktime
from paotui.registry import ledger
from paotui.registry import rules as registry
from paotui.registry.actors import Actor
from paotui.registry.models import District
from paotui.registry.queries import organisations
from paotui.registry.sql import batches
from paotui.work import clocks
from paotui.work.changes import Changes
from paotui.work.desk import Desk, Order, hold
from paotui.work.models import TaskForce, TaskForceState, WorkOrder
from paotui.work.states import ENDED
from paotui.work.wording import refusing
from paotui.worktime import Calendar

MOVES_PER_ENTRY = 1_000


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline the amended calendar moved."""

    work_order: int
    task_force: int
    target: str
    measure: str
    before: dt.datetime
    after: dt.datetime


@transaction.atomic
def amend(*, district: District, by: Actor, at: dt.datetime) -> list[Moved]:
    """Compute every running deadline anew with the official calendar as known at `at`; return those that moved.

    Task forces that run by that calendar already are left alone; work whose clock stands gets its new deadline when
    it is resumed. Raises NotAllowed, or Invalid when no calendar is known for `at`.
    """
    registry.check_in_district(by, district.pk)
    registry.check_can(by, "calendar.amend", scope_paths=organisations.root_paths(district))
    with refusing("calendar"):
        calendar = worktime.official(at)
    running = TaskForce.objects.select_for_update().filter(district=district, state=TaskForceState.RUNNING)
    behind = running.exclude(calendar_version=calendar.version).order_by("id")
    return [moved for task_force in behind for moved in _amend(task_force, calendar, by, at)]


def _amend(task_force: TaskForce, calendar: Calendar, by: Actor, at: dt.datetime) -> list[Moved]:
    before = task_force.calendar_version
    with refusing("calendar"):
        moved = [one for case in _cases(task_force) for one in _recompute(case, task_force, calendar, at)]
    task_force.calendar_version = calendar.version
    task_force.save(update_fields=["calendar_version"])
    said = {"calendar": calendar.version, "before": before}
    lists: Sequence[list[Moved]] = list(batches(moved, MOVES_PER_ENTRY)) or [[]]
    events = [
        ledger.Event("calendar.amend", "task_force", task_force.pk, said | {"moved": [_line(one) for one in some]})
        for some in lists
    ]
    ledger.append_many(district=task_force.district, at=at, by=by, events=events)
    return moved


def _line(moved: Moved) -> list[object]:
    return [moved.work_order, moved.before.isoformat(), moved.after.isoformat()]


def _cases(task_force: TaskForce) -> Iterator[int]:
    """Yield one work order of every case in which something is due, by case."""
    due = WorkOrder.objects.filter(district=task_force.district_id, task_force=task_force, due_at__isnull=False)
    found = due.exclude(state__in=ENDED).order_by("case_id", "id").values_list("case_id", "id")
    last = None
    for case, work_order in list(found):
        if case != last:
            yield work_order
            last = case


def _recompute(work_order: int, task_force: TaskForce, calendar: Calendar, at: dt.datetime) -> list[Moved]:
    desk = hold(task_force.district_id, work_order)
    running = [order for order in desk.orders if order.is_open and order.due_at is not None]
    pauses = clocks.pauses(desk.district.pk, [order.id for order in running])
    changes, moved = Changes(desk, at), []
    for order in running:
        deadline = clocks.deadline(desk, order, calendar, pauses[order.id])
        if deadline is not None and deadline.due is not None and deadline.due != order.due_at:
            moved.append(_move(desk, changes, order, deadline.due))
    changes.save()
    return moved


def _move(desk: Desk, changes: Changes, order: Order, due_at: dt.datetime) -> Moved:
    before = order.due_at
    assert before is not None
    changes.move(order, order.state, due_at=due_at, reason=order.reason)
    return Moved(order.id, desk.task_force.pk, desk.target.name, order.measure, before, due_at)
