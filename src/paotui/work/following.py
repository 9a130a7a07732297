"""What follows when work ends: waiting work that may start, new work a record calls for. Plain values in and out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from paotui.playbooks import follow
from paotui.playbooks.plan import PlannedWork
from paotui.playbooks.schema import Playbook
from paotui.work.desk import Desk, Order
from paotui.work.states import DONE, WAITING


class Release(NamedTuple):
    """A waiting work order that may start, with its times."""

    order: Order
    opens_at: dt.datetime
    due_at: dt.datetime | None


def triggers(playbook: Playbook, measure: str) -> bool:
    """Tell whether records of `measure` can call for other work."""
    return any(one.on is not None and one.on.measure == measure for one in playbook.measures)


def called_for(desk: Desk, values: Mapping[str, Any], happened_at: dt.datetime) -> list[PlannedWork]:
    """Return the work that a record of the desk's measure with these typed values calls for."""
    if not triggers(desk.playbook, desk.order.measure):
        return []
    following: dict[str, int] = defaultdict(lambda: 1)
    for order in desk.orders:
        following[order.measure] = max(following[order.measure], order.sequence + 1)
    return follow.triggered(
        desk.playbook, measure=desk.order.measure, values=values, target=desk.target, launch=desk.launch,
        calendar=desk.calendar, at=happened_at, sequence=dict(following),
    )  # fmt: skip


def may_start(desk: Desk) -> list[Release]:
    """Return the waiting work of the case all of whose predecessors have ended, as the orders now stand."""
    waiting = [order for order in desk.orders if order.state == WAITING]
    if not waiting:
        return []
    finished = finished_at(desk.playbook, desk.orders)
    released = follow.released(
        desk.playbook, facts=desk.target.facts, done=finished.keys(), target=desk.target, launch=desk.timing,
        calendar=desk.calendar, done_at=finished, arisen={order.measure for order in desk.orders},
    )  # fmt: skip
    windows: dict[str, list[follow.Released]] = defaultdict(list)
    for one in released:
        windows[one.measure].append(one)
    planned = _planned(desk.orders)
    return [
        Release(order, window.opens_at, window.due_at)
        for order in waiting
        if (found := windows.get(order.measure))
        for window in [found[(order.sequence - 1) * len(found) // planned[order.measure]]]
    ]


def finished_at(playbook: Playbook, orders: Iterable[Order]) -> dict[str, dt.datetime]:
    """Return, for every measure none of whose work is open, when the last of it ended.

    Work that is reviewed ends when it is accepted, other work when it was done, waived work when it was waived.
    """
    by_measure: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        by_measure[order.measure].append(order)
    return {
        measure: max(_ended(playbook, order) for order in found)
        for measure, found in by_measure.items()
        if not any(order.is_open for order in found)
    }


def _ended(playbook: Playbook, order: Order) -> dt.datetime:
    is_plain = order.state == DONE and playbook.measure(order.measure).review is None
    ended = order.done_at if is_plain else order.ended_at
    assert ended is not None  # the database refuses ended work without its time
    return ended


def _planned(orders: Iterable[Order]) -> dict[str, int]:
    """Return how many work orders each measure has: its windows times those who hold it."""
    found: dict[str, int] = defaultdict(int)
    for order in orders:
        found[order.measure] += 1
    return found
