"""Two people, one work order: what is done once counts once, and nothing that waited is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from paotui.registry import ledger
from paotui.registry.errors import Refusal
from paotui.work.actions import task_forces, work_orders
from paotui.work.coverage import recount
from paotui.work.models import Record, WorkOrder
from tests.factories import work

pytestmark = pytest.mark.usefixtures("shared_database")
FORK = """
playbook: errands
version: 1
title: {zh: 分头, en: Fork}
summary: {zh: 两事并行, en: Two at once}
target:
  kind: organisation
  label: {zh: 学校, en: School}
  facts:
    - {name: subdistrict, label: {zh: 街道, en: Sub-district}, type: organisation}
    - {name: stamp, label: {zh: 盖章, en: Stamp}, type: boolean}
roles:
  - {name: bureau, label: {zh: 人社部门, en: Bureau}}
measures:
  - {id: left, kind: visit, title: {zh: 左, en: Left}, roles: [bureau]}
  - {id: right, kind: visit, title: {zh: 右, en: Right}, roles: [bureau]}
  - {id: last, kind: visit, title: {zh: 末, en: Last}, roles: [bureau], after: [left, right]}
"""


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same time, each with a connection of its own; return results or refusals."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            found[place] = act()
        except Refusal as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def done(order: WorkOrder, by: Any, key: str | None = None) -> Callable[[], Record]:
    values = {"items": 7} if order.measure == "notice" else {}
    return lambda: work_orders.complete(work_order=order, values=values, by=by, at=work.later(days=1), key=key)


def test_a_double_click_records_once_and_refuses_the_second_with_a_sentence() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    order = work.order(work.first_case(task_force), "notice")
    found = together(done(order, cast.system), done(order, cast.system))
    assert sorted(type(one).__name__ for one in found) == ["Record", "WrongState"]
    assert Record.objects.filter(work_order=order).count() == 1
    assert recount(task_force) == []
    assert ledger.verify(cast.district).ok


def test_a_double_click_under_one_key_gets_the_same_record_twice() -> None:
    cast = work.cast()
    order = work.order(work.first_case(work.launch(cast)), "notice")
    first, second = together(done(order, cast.system, "k"), done(order, cast.system, "k"))
    assert first == second
    assert Record.objects.filter(work_order=order).count() == 1


def test_the_last_two_predecessors_done_at_once_release_what_waits() -> None:
    cast = work.cast()
    task_force = work.launch(cast, playbook=work.load(FORK, name="fork"), members={"bureau": [cast.bureau]})
    case = work.first_case(task_force)
    together(done(work.order(case, "left"), cast.system), done(work.order(case, "right"), cast.system))
    assert work.order(case, "last").state == "ready"
    assert recount(task_force) == []


def test_two_launches_at_once_give_every_work_order_a_number_of_its_own() -> None:
    cast = work.cast()
    roster = work.schools(cast, 20)
    first, second = together(
        lambda: work.launch(cast, roster, title="一"), lambda: work.launch(cast, roster, title="二")
    )
    assert WorkOrder.objects.filter(task_force__in=[first, second]).count() == 2 * 61
    assert recount(first) == recount(second) == []
    assert ledger.verify(cast.district).ok


def test_work_entered_during_a_launch_does_not_take_its_numbers() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    orders = list(WorkOrder.objects.filter(task_force=task_force, measure="notice"))
    roster = work.schools(cast, 30, key="more")
    together(lambda: work.launch(cast, roster, title="二"), *(done(order, cast.system) for order in orders))
    assert Record.objects.count() == 3
    assert recount(task_force) == []
    assert ledger.verify(cast.district).ok


def test_a_task_force_is_closed_once() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    for order in WorkOrder.objects.filter(task_force=task_force):
        work_orders.cancel(work_order=order, reason="撤销", by=cast.system, at=work.later(days=1))

    def close() -> Any:
        return task_forces.close(task_force=task_force, by=cast.system, at=work.later(days=2))

    assert sorted(type(one).__name__ for one in together(close, close)) == ["Conflict", "TaskForce"]
