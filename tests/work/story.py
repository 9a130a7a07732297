"""A launched task force and shorthand for doing its work."""

from __future__ import annotations

from typing import Any

from paotui.registry import ledger
from paotui.work.actions import work_orders
from paotui.work.coverage import recount
from paotui.work.models import Record, WorkOrder
from tests.factories import work

VALUES: dict[str, dict[str, Any]] = {
    "notice": {"items": 7},
    "materials": {"papers": "３"},
    "inspection": {"finding": "passed"},
    "rectification": {"remedy": "改好了"},
    "stamp": {"trips": 2},
}


class Story:
    """A launched task force and shorthand for doing its work."""

    def __init__(self) -> None:
        self.cast = work.cast()
        self.task_force = work.launch(self.cast)
        self.case = work.first_case(self.task_force)
        self.by = self.cast.system

    def order(self, measure: str, sequence: int = 1) -> WorkOrder:
        return work.order(self.case, measure, sequence)

    def do(self, measure: str, values: dict[str, Any] | None = None, **changes: Any) -> Record:
        given: dict[str, Any] = {"by": self.by, "at": work.later(days=1), "values": values or VALUES[measure]}
        return work_orders.complete(work_order=self.order(measure), **(given | changes))

    def accept(self, measure: str = "materials", **changes: Any) -> WorkOrder:
        given: dict[str, Any] = {"by": self.by, "at": work.later(days=2)}
        return work_orders.accept(work_order=self.order(measure), **(given | changes))

    def check(self) -> None:
        assert recount(self.task_force) == []
        assert ledger.verify(self.cast.district).ok
