"""A task force in memory: work planned, recorded, released and arising, by the same rules as in the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paotui.playbooks.expand import expand
from paotui.playbooks.follow import released, triggered
from paotui.playbooks.plan import Launch, OrganisationKey, PlannedWork, RecordView, RosterTarget, WorkView
from paotui.playbooks.schema import Playbook
from paotui.playbooks.values import parse
from paotui.worktime import Calendar, LocalText


@dataclass(slots=True)
class Order:
    """A work order and where it stands."""

    planned: PlannedWork
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    state: str
    done_at: dt.datetime | None = None


class NotPossible(Exception):
    """A record that cannot be made; `text` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = LocalText(zh, en)


class World:
    """One launch of a playbook, played through in memory."""

    def __init__(self, playbook: Playbook, roster: Iterable[RosterTarget], launch: Launch, calendar: Calendar) -> None:
        self.playbook, self.launch, self.calendar = playbook, launch, calendar
        self.targets = {target.name: target for target in roster}
        self.orders = [_order(one) for one in expand(playbook, self.targets.values(), calendar, launch)]
        self.records: list[RecordView] = []

    def record(
        self,
        measure: str,
        target: str,
        at: dt.datetime,
        values: Mapping[str, Any],
        organisation: OrganisationKey | None = None,
    ) -> None:
        """Complete a work order; raises NotPossible when there is none open, and ValueErrors for values."""
        order = self._open_order(measure, self.targets[target], at, organisation)
        typed = parse(self.playbook.measure(measure).record, values)
        order.state, order.done_at = "done", at
        one, work = self.targets[target], order.planned
        self.records.append(
            RecordView(len(self.records) + 1, measure, one.key, work.organisation, work.person, at, typed, one.facts)
        )
        self._arise(measure, one, at, typed)
        self._release(one)

    def work(self) -> list[WorkView]:
        """Return all work as figures see it."""
        facts = {target.key: target.facts for target in self.targets.values()}
        return [_view(number, one, facts[one.planned.target]) for number, one in enumerate(self.orders, 1)]

    def _of(self, target: RosterTarget) -> list[Order]:
        return [one for one in self.orders if one.planned.target == target.key]

    def _open_order(
        self, measure: str, target: RosterTarget, at: dt.datetime, organisation: OrganisationKey | None
    ) -> Order:
        found = [
            one
            for one in self._of(target)
            if one.planned.measure == measure
            and one.state != "done"
            and organisation in (None, one.planned.organisation)
        ]
        ready = [one for one in found if one.state == "ready"]
        if ready:
            return next((one for one in ready if _within(one, at)), ready[0])
        if found:
            before = "、".join(self.playbook.measure(measure).after)
            raise NotPossible(f"还在等待：{before}", f"it still waits for {before}")
        raise NotPossible("没有未完成的任务单", "there is no open work order")

    def _arise(self, measure: str, target: RosterTarget, at: dt.datetime, values: Mapping[str, Any]) -> None:
        counts = Counter(one.planned.measure for one in self._of(target))
        self.orders += [
            _order(one)
            for one in triggered(
                self.playbook, measure=measure, values=values, target=target, launch=self.launch,
                calendar=self.calendar, at=at, sequence={name: count + 1 for name, count in counts.items()},
            )
        ]  # fmt: skip

    def _release(self, target: RosterTarget) -> None:
        orders = self._of(target)
        open_ = {one.planned.measure for one in orders if one.state != "done"}
        done_at: dict[str, dt.datetime] = {}
        for one in orders:
            if one.planned.measure not in open_ and one.done_at is not None:
                done_at[one.planned.measure] = max(one.done_at, done_at.get(one.planned.measure, one.done_at))
        found = released(
            self.playbook, facts=target.facts, done=done_at.keys(), target=target, launch=self.launch,
            calendar=self.calendar, done_at=done_at, arisen={one.planned.measure for one in orders},
        )  # fmt: skip
        for name in {one.measure for one in found}:
            waiting = [one for one in orders if one.planned.measure == name and one.state == "waiting"]
            windows = [one for one in found if one.measure == name]
            for place, order in enumerate(waiting):
                window = windows[place * len(windows) // len(waiting)]
                order.opens_at, order.due_at, order.state = window.opens_at, window.due_at, "ready"


def _order(planned: PlannedWork) -> Order:
    return Order(planned, planned.opens_at, planned.due_at, "waiting" if planned.waits else "ready")


def _view(number: int, one: Order, facts: Mapping[str, Any]) -> WorkView:
    work = one.planned
    return WorkView(
        number, work.measure, work.target, work.organisation, work.person, one.state, one.opens_at, one.due_at,
        one.done_at, facts,
    )  # fmt: skip


def _within(order: Order, at: dt.datetime) -> bool:
    return (order.opens_at is None or order.opens_at <= at) and (order.due_at is None or at <= order.due_at)
