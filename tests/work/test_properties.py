"""Whatever people do, in whatever order: counters equal a recount, the ledger verifies, ended work stays ended."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paotui.registry import ledger
from paotui.registry.actors import Actor
from paotui.registry.errors import Refusal
from paotui.work.actions import work_orders
from paotui.work.coverage import recount
from paotui.work.models import Case, Record, TaskForce, WorkOrder
from paotui.work.states import ENDED
from tests.factories import work

pytestmark = pytest.mark.django_db
VERBS = (
    "complete",
    "complete",
    "complete",
    "accept",
    "return",
    "correct",
    "waive",
    "pause",
    "resume",
    "cancel",
    "assign",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 20), st.booleans(), st.integers(0, 90)), max_size=30)
VALUES: dict[str, list[dict[str, Any]]] = {
    "notice": [{"items": 1}, {"items": 9}],
    "materials": [{"papers": 1}, {"papers": 2, "note": "补"}],
    "inspection": [{"finding": "passed"}, {"finding": "rectify"}],
    "rectification": [{"remedy": "甲"}, {"remedy": "乙"}],
    "stamp": [{"trips": 1}, {"trips": 3}],
}


def step(order: WorkOrder, verb: str, other: bool, at: dt.datetime, by: Actor) -> None:
    values = VALUES[order.measure][other]
    if verb == "complete":
        work_orders.complete(work_order=order, values=values, by=by, at=at, happened_at=at - dt.timedelta(hours=other))
    elif verb == "correct":
        record = Record.objects.filter(work_order=order, withdrawn_at=None).first()
        if record is not None:
            work_orders.correct(record=record, values=values, reason="更正", by=by, at=at)
    elif verb in ("accept", "resume"):
        getattr(work_orders, verb)(work_order=order, by=by, at=at)
    elif verb == "assign":
        work_orders.assign(work_order=order, person=None, by=by, at=at)
    else:
        action = work_orders.return_ if verb == "return" else getattr(work_orders, verb)
        action(work_order=order, reason="理由", by=by, at=at)


def check(task_force: TaskForce) -> None:
    assert recount(task_force) == []
    assert ledger.verify(task_force.district).ok
    for case in Case.objects.filter(task_force=task_force):
        assert (case.state == "open") == (case.open_work > 0)
    for order in WorkOrder.objects.filter(task_force=task_force):
        assert (order.ended_at is not None) == (order.state in ENDED)
        standing = Record.objects.filter(work_order=order, withdrawn_at=None).count()
        assert standing == 1 if order.state in ("submitted", "done") else standing <= 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_counters_ledger_and_cases_agree_after_any_series_of_actions(steps: list[tuple[str, int, bool, int]]) -> None:
    number = TaskForce.objects.count()
    cast = work.cast(f"{500000 + number}")
    task_force = work.launch(cast, work.schools(cast, 2))
    at = work.LAUNCHED
    for verb, place, other, hours in steps:
        at += dt.timedelta(hours=hours)
        orders = list(WorkOrder.objects.filter(task_force=task_force).order_by("id"))
        with suppress(Refusal):  # there is no other way of saying no
            step(orders[place % len(orders)], verb, other, at, cast.system)
    check(task_force)
