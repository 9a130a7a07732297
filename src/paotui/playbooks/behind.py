"""How many targets are behind a quota, counted from its work orders."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from paotui.authored.base import in_zone
from paotui.playbooks.counting import Counted, Counter
from paotui.playbooks.plan import WorkView
from paotui.playbooks.quotas import Standing, standing
from paotui.playbooks.schema import Counting, Measure
from paotui.worktime import Calendar

NOT_ASKED = ("waived", "cancelled")


class BehindCounter(Counter):
    """Targets with at least one period in which their quota stands as asked; waived work lowers what is required.

    A period is recognised by the window of its work orders (opens_at to due_at); an organisation or person working for
    the same target has a quota of its own.
    """

    reads = "work"

    def __init__(self, measure: Measure, asked: str, at: dt.datetime, calendar: Calendar | None) -> None:
        super().__init__(Counting(count="work_orders", of=(measure.id,)))
        self._asked, self._at, self._calendar = asked, at, calendar
        self._periods: dict[tuple[Any, ...], list[WorkView]] = {}

    def add(self, one: WorkView) -> None:
        if one.measure not in self.measures or one.state in NOT_ASKED or one.opens_at is None or one.due_at is None:
            return
        key = (one.target, one.organisation, one.person, one.opens_at, one.due_at)
        self._periods.setdefault(key, []).append(one)

    def counted(self) -> Counted:
        behind = [work for work in self._periods.values() if getattr(self._standing(work), self._asked)]
        targets = dict.fromkeys(work[0].target for work in behind)
        ids = tuple(one.id for work in behind for one in work)
        return Counted(Decimal(len(targets)), work_ids=ids, target_keys=tuple(targets))

    def _standing(self, work: list[WorkView]) -> Standing:
        opens, due = work[0].opens_at, work[0].due_at
        assert opens is not None
        assert due is not None
        done = [one.done_at for one in work if one.done_at is not None]
        start, end = in_zone(opens).date(), in_zone(due).date()
        return standing(len(work), done, start, end, self._at, calendar=self._calendar)
