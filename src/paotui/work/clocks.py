"""The deadline of a work order as worktime computes it: to stop its clock, to compute it anew, to explain it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from paotui import worktime
from paotui.playbooks import follow
from paotui.work.desk import Desk, Order
from paotui.work.following import finished_at
from paotui.work.models import Pause
from paotui.worktime import Calendar, Deadline


def deadline(desk: Desk, order: Order, calendar: Calendar, pauses: Iterable[worktime.Pause]) -> Deadline | None:
    """Return the deadline of a work order on the desk; None where no rule counts to it, or not yet."""
    return follow.deadline_of_work(
        desk.playbook, measure=order.measure, sequence=order.sequence, target=desk.target, launch=desk.launch,
        calendar=calendar, ready_at=order.opens_at, done_at=finished_at(desk.playbook, desk.orders), pauses=pauses,
    )  # fmt: skip


def pauses(district_id: int, work_order_ids: Iterable[int]) -> dict[int, list[worktime.Pause]]:
    """Return the pauses of work orders by id, in the order they began."""
    found: dict[int, list[worktime.Pause]] = {pk: [] for pk in work_order_ids}
    rows = Pause.objects.filter(district=district_id, work_order__in=found).order_by("start", "id")
    for pk, start, end, reason in rows.values_list("work_order", "start", "end", "reason"):
        found[pk].append(worktime.Pause(start, end, reason))
    return found


def stopped(desk: Desk, at: dt.datetime, reason: str) -> dt.datetime | None:
    """Return when the desk's work order is due once its clock stands: None, or the named time pauses do not move.

    Raises WorktimeError when the deadline has run out.
    """
    order = desk.order
    running = deadline(desk, order, desk.calendar, pauses(desk.district.pk, [order.id])[order.id])
    if running is None:
        return order.due_at
    return worktime.paused(running, desk.calendar, at=at, reason=reason).due


def restarted(desk: Desk, at: dt.datetime) -> dt.datetime | None:
    """Return when the desk's work order is due once its clock runs again from `at`."""
    order = desk.order
    so_far = pauses(desk.district.pk, [order.id])[order.id]
    ended = [one if one.end is not None else worktime.Pause(one.start, at, one.reason) for one in so_far]
    running = deadline(desk, order, desk.calendar, ended)
    return order.due_at if running is None else running.due
