"""Enters what the registers say, in the order of time and as clerks do it: a day's lines of one register at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from paotui.samples.erqi.events import Entry, Event, Move
from paotui.samples.erqi.world import World
from paotui.work.actions import work_orders
from paotui.work.models import WorkOrder
from paotui.work.states import TO_DO

Progress = Callable[[int, int, str], None]
"""Called with events done, events in all, and what is being done."""


class Clerk:
    """Gathers entries of one day by register and hands them in together, unless one rests on another."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pending: dict[tuple[str, str], list[Entry]] = {}

    def perform(self, events: Sequence[Event], progress: Progress | None = None) -> None:
        """Do everything in `events`, which stand in the order of time."""
        for number, event in enumerate(events, 1):
            if isinstance(event, Move):
                self._hand_in()
                event.do(self._world)
            else:
                self._take(event)
            if progress is not None:
                progress(number, len(events), event.label if isinstance(event, Move) else event.task_force)
        self._hand_in()

    def _take(self, entry: Entry) -> None:
        if any(self._must_come_first(batch, entry) for batch in self._pending.values()):
            self._hand_in()
        self._pending.setdefault((entry.task_force, entry.measure), []).append(entry)

    def _must_come_first(self, batch: Sequence[Entry], entry: Entry) -> bool:
        last = batch[-1]
        if last.at.date() != entry.at.date():
            return True
        if last.task_force != entry.task_force or last.measure == entry.measure:
            return False
        return any(_who(one) == _who(entry) for one in batch)

    def _hand_in(self) -> None:
        batches = sorted(self._pending.items(), key=lambda item: item[1][-1].at)
        self._pending = {}
        for (task_force, measure), batch in batches:
            at = batch[-1].at
            work = self._world.open_work(task_force, measure, {_who(one) for one in batch}, TO_DO)
            items = [(_matching(work[_who(one)], one), one.values, one.happened_at) for one in batch]
            work_orders.complete_many(items=items, by=self._world.clerk(task_force, at), at=at)


def _who(entry: Entry) -> str:
    return entry.target_number or entry.target


def _matching(open_work: list[WorkOrder], entry: Entry) -> WorkOrder:
    """Take the work order in whose window the thing happened, else the first one open."""
    if not open_work:
        raise LookupError(f"{entry.task_force}: no {entry.measure} is open for {entry.target} at {entry.at}")
    inside = [order for order in open_work if _opens(order) <= entry.happened_at <= (order.due_at or entry.at)]
    found = (inside or open_work)[0]
    open_work.remove(found)
    return found


def _opens(order: WorkOrder) -> dt.datetime:
    return order.opens_at or order.case.opened_at


def in_order(streams: Iterable[Iterable[Event]], until: dt.datetime | None) -> list[Event]:
    """Return the events of all streams up to `until` in the order of time; of one moment, in the order given."""
    events = [event for stream in streams for event in stream if until is None or event.at <= until]
    return sorted(events, key=lambda event: event.at)
