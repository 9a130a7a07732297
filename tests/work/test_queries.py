"""What the pages read: right, no more than one may see, and in as many queries whatever the amount of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paotui.registry.actors import Actor
from paotui.registry.models import Organisation
from paotui.work.actions import work_orders as actions
from paotui.work.models import TaskForce, WorkOrder
from paotui.work.queries import cases, figures_source, ledger, task_forces, today, work_orders
from paotui.work.queries.work_orders import Filters
from tests.factories import registry, work

pytestmark = pytest.mark.django_db
EVERYTHING = Filters()
DUE = dt.datetime(2020, 6, 2, 12, tzinfo=work.ZONE)
"""Noon of the day the notices are due."""


def queries_of(ask: Callable[..., object], *given: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask(*given)
    return len(captured)


def do(task_force: TaskForce, measure: str, values: dict[str, Any], at: dt.datetime, number: int = 0) -> WorkOrder:
    order = WorkOrder.objects.filter(task_force=task_force, measure=measure).order_by("id")[number]
    actions.complete(work_order=order, values=values, by=Actor.system(task_force.district), at=at)
    return order


def test_today_sorts_work_by_due_day() -> None:
    cast = work.cast()
    work.launch(cast)
    found = today.for_actor(cast.clerk, DUE)
    assert [item.title for item in found.due_today] == ["一次告知"] * 3
    assert (found.overdue, found.due_soon, found.counts.due_today, found.counts.waiting) == ((), (), 3, 4)
    after = today.for_actor(cast.clerk, DUE + dt.timedelta(days=1))
    assert (len(after.overdue), after.counts.overdue) == (3, 3)
    before = today.for_actor(cast.clerk, DUE - dt.timedelta(days=1), "en")
    assert [item.title for item in before.due_soon] == ["One-time notice"] * 3


def test_today_shows_what_is_returned_and_what_is_to_be_reviewed() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 1}, work.later(hours=1))
    order = do(task_force, "materials", {"papers": 1}, work.later(hours=2))
    assert [item.id for item in today.for_actor(cast.clerk, DUE).to_review] == [order.pk]
    actions.return_(work_order=order, reason="缺一份", by=cast.clerk, at=work.later(hours=3))
    assert today.for_actor(cast.clerk, DUE).counts.to_review == 0
    school = Organisation.objects.get(name="样本学校schools1")
    found = today.for_actor(registry.actor("staff", school), DUE)
    assert [(item.id, item.reason) for item in found.returned] == [(order.pk, "缺一份")]


def test_today_shows_work_done_together_to_those_beside() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 1}, work.later(hours=1))
    order = do(task_force, "materials", {"papers": 1}, work.later(hours=2))
    actions.accept(work_order=order, by=cast.clerk, at=work.later(hours=3))
    found = today.for_actor(cast.health_clerk, DUE)
    assert [item.measure for item in found.together] == ["inspection"]


def test_today_of_somebody_in_another_organisation_is_empty() -> None:
    cast = work.cast()
    work.launch(cast)
    other = registry.actor("staff", registry.organisation(cast.district, "样本另一局"))
    found = today.for_actor(other, DUE)
    assert found.due_today == ()
    assert found.counts.due_today == 0


def test_today_of_the_whole_district_counts_what_its_organisations_count() -> None:
    cast = work.cast()
    work.launch(cast)
    whole = today.for_actor(cast.system, DUE).counts
    assert whole == today.for_actor(registry.actor("leader", cast.root), DUE).counts
    assert (whole.due_today, whole.waiting) == (3, 7)


@pytest.mark.parametrize("count", [41, 60])
def test_today_of_many_organisations_finds_what_few_would(count: int) -> None:
    cast = work.cast()
    task_force = work.launch(cast, work.schools(cast, count))
    do(task_force, "notice", {"items": 1}, work.later(hours=1), count - 1)
    found = today.for_actor(registry.actor("leader", cast.root), DUE)
    assert (found.counts.due_today, len(found.due_today)) == (count - 1, today.FIRST)
    assert [item.measure for item in found.due_soon] == ["materials"]


def test_reading_takes_as_many_queries_for_much_work_as_for_little() -> None:
    cast, other = work.cast(), work.cast("410104")
    little, much = work.launch(cast, work.schools(cast, 2)), work.launch(other, work.schools(other, 30))
    pairs = {
        "today": lambda who, what: today.for_actor(who.clerk, DUE),
        "whole": lambda who, what: today.for_actor(who.system, DUE),
        "coverage": lambda who, what: task_forces.coverage(TaskForce.objects.get(pk=what.pk), DUE),
        "matrix": lambda who, what: task_forces.matrix(TaskForce.objects.get(pk=what.pk), DUE),
        "task forces": lambda who, what: task_forces.listing(who.clerk, DUE),
        "work": lambda who, what: work_orders.listing(who.clerk, DUE),
        "newest": lambda who, what: work_orders.listing(who.clerk, DUE, sort="newest"),
        "case": lambda who, what: cases.detail(work.first_case(what), DUE),
        "order": lambda who, what: work_orders.detail(work.order(work.first_case(what), "notice"), DUE),
        "ledger": lambda who, what: ledger.listing(who.district),
    }
    for ask in pairs.values():
        ask(cast, little), ask(other, much)  # playbooks are read once per process
    counts = {name: (queries_of(ask, cast, little), queries_of(ask, other, much)) for name, ask in pairs.items()}
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}


def test_the_coverage_page_adds_up() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 1}, work.later(hours=1))
    page = task_forces.coverage(task_force, DUE + dt.timedelta(days=1))
    notice = next(row for row in page.measures if row.measure == "notice").tally
    assert (notice.done, notice.ready, notice.overdue, notice.total) == (1, 2, 2, 3)
    assert page.totals.total == page.item.total == WorkOrder.objects.filter(task_force=task_force).count()
    assert sum(row.tally.total for row in page.organisations) == page.totals.total
    assert (page.item.done, page.item.overdue) == (1, 2)


def test_the_organisations_of_a_coverage_page_come_by_pages() -> None:
    cast = work.cast()
    task_force = work.launch(cast, work.schools(cast, 55))
    first = task_forces.coverage(task_force, DUE)
    second = task_forces.coverage(task_force, DUE, after_organisation=first.next_organisation)
    assert (len(first.organisations), len(second.organisations), second.next_organisation) == (50, 6, None)


def test_the_matrix_has_a_row_per_target_and_a_cell_per_measure() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    order = do(task_force, "notice", {"items": 1}, work.later(hours=1))
    found = task_forces.matrix(task_force, DUE, size=2)
    assert [one.id for one in found.measures] == ["notice", "materials", "inspection", "rectification", "stamp"]
    row = found.rows[0]
    assert [cell and cell.state for cell in row.cells] == ["done", "ready", "waiting", None, "waiting"]
    assert row.cells[0] is not None
    assert row.cells[0].work_order_id == order.pk
    last = task_forces.matrix(task_force, DUE, after=found.next_after, size=2)
    assert [row.target for row in (*found.rows, *last.rows)] == [
        "样本学校schools1",
        "样本学校schools2",
        "样本学校schools3",
    ]
    assert last.next_after is None


def test_a_task_force_is_listed_to_its_lead_and_its_members_only() -> None:
    cast = work.cast()
    work.launch(cast)
    stranger = registry.actor("staff", registry.organisation(cast.district, "样本另一局"))
    assert len(task_forces.listing(cast.clerk, DUE)) == 1
    assert len(task_forces.listing(cast.health_clerk, DUE)) == 1
    assert task_forces.listing(stranger, DUE) == ()


def walk(actor: Actor, filters: Filters = EVERYTHING, sort: Any = "due") -> list[int]:
    found, key = [], None
    while True:
        page = work_orders.listing(actor, DUE, filters, after_key=key, sort=sort, size=2)
        found += [item.id for item in page.items]
        key = page.next_key
        if key is None:
            return found


@pytest.mark.parametrize("sort", ["due", "newest"])
def test_a_list_read_page_by_page_shows_every_work_order_once(sort: str) -> None:
    cast = work.cast()
    work.launch(cast)
    every = list(WorkOrder.objects.filter(organisation=cast.bureau).values_list("id", flat=True))
    found = walk(cast.clerk, sort=sort)
    assert sorted(found) == sorted(every)
    assert len(found) == len(every)


def test_a_list_begins_with_what_is_due_first_and_ends_with_what_has_no_due_day() -> None:
    cast = work.cast()
    work.launch(cast)
    due = [WorkOrder.objects.get(pk=pk).due_at for pk in walk(cast.clerk)]
    assert due[:3] == [dt.datetime(2020, 6, 2, 23, 59, 59, tzinfo=work.ZONE)] * 3
    assert due[3:] == [None] * 4


def test_a_list_is_narrowed_by_every_filter() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    person = registry.person(cast.district)
    order = work.order(work.first_case(task_force), "notice")
    actions.assign(work_order=order, person=person, by=cast.system, at=work.later(hours=1))
    narrowed = {
        "task_force": Filters(task_force=task_force.pk), "measure": Filters(task_force=task_force.pk, measure="notice"),
        "states": Filters(states=("ready",)), "organisation": Filters(organisation=cast.bureau.pk),
        "person": Filters(person=person.pk), "overdue": Filters(overdue=True),
    }  # fmt: skip
    counts = {name: len(walk(cast.leader, filters)) for name, filters in narrowed.items()}
    assert counts == {"task_force": 10, "measure": 3, "states": 3, "organisation": 7, "person": 1, "overdue": 0}


def test_a_list_narrowed_to_somebody_elses_work_stays_empty() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    assert walk(cast.health_clerk, Filters(task_force=task_force.pk)) == []
    assert walk(cast.health_clerk, Filters(organisation=cast.bureau.pk), sort="newest") == []


def test_a_key_that_cannot_be_read_starts_again() -> None:
    cast = work.cast()
    work.launch(cast)
    assert work_orders.listing(cast.clerk, DUE, after_key="!!").items == work_orders.listing(cast.clerk, DUE).items


def test_a_work_order_shows_what_is_asked_and_who_may_what() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    order = do(task_force, "notice", {"items": 1}, work.later(hours=1))
    found = work_orders.detail(order, DUE, "en", actor=cast.clerk)
    assert [(field.label, field.unit, field.required) for field in found.fields] == [("Items", "items", True)]
    assert found.record is not None
    assert found.record.values == (("items", "Items", "1 items"),)
    assert [line.action for line in found.history] == ["work_order.complete"]
    assert {verb for verb, may in found.may.items() if may} == {"correct"}
    assert found.deadline[-1].day == dt.date(2020, 6, 2)
    assert "1 working day" in found.due_rule
    assert not any(work_orders.detail(order, DUE).may.values())


def test_a_case_shows_the_facts_with_names_and_the_work_in_order() -> None:
    task_force = work.launch(work.cast())
    found = cases.detail(work.first_case(task_force), DUE, "en")
    assert [(fact.label, fact.text) for fact in found.facts] == [
        ("Sub-district", "样本街道"), ("Needs a stamp", "yes"), ("Fee", ""),
    ]  # fmt: skip
    assert [item.measure for item in found.work] == ["notice", "materials", "inspection", "stamp"]


def test_the_ledger_is_read_backwards_page_by_page() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 1}, work.later(hours=1))
    first = ledger.listing(cast.district, size=1)
    assert [line.action for line in first.entries] == ["work_order.complete"]
    rest = ledger.listing(cast.district, before_number=first.next_before)
    assert [line.action for line in rest.entries] == ["task_force.launch"]
    assert rest.next_before is None


def test_figures_see_records_as_they_stood() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    order = do(task_force, "notice", {"items": 3}, work.later(hours=1))
    actions.correct(
        record=order.records.get(), values={"items": 5}, reason="漏记", by=cast.system, at=work.later(hours=5)
    )

    def items(hours: int) -> list[int]:
        found = figures_source.records(cast.district, "errands", ["notice"], work.later(hours=hours))
        return [view.values["items"] for view in found]

    assert (items(0), items(1), items(4), items(5)) == ([], [3], [3], [5])


def test_figures_count_a_reviewed_record_once_it_is_accepted() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 3}, work.later(hours=1))
    order = do(task_force, "materials", {"papers": 2}, work.later(hours=2))
    actions.accept(work_order=order, by=cast.clerk, at=work.later(hours=4))

    def count(hours: int) -> int:
        return len(list(figures_source.records(cast.district, "errands", ["materials"], work.later(hours=hours))))

    assert (count(3), count(4)) == (0, 1)


def test_figures_see_work_in_the_state_it_was_in() -> None:
    cast = work.cast()
    task_force = work.launch(cast)
    do(task_force, "notice", {"items": 3}, work.later(hours=1))
    order = do(task_force, "materials", {"papers": 2}, work.later(hours=2))
    actions.accept(work_order=order, by=cast.clerk, at=work.later(hours=4))

    def states(hours: float) -> list[str]:
        found = figures_source.work(cast.district, "errands", ["notice", "materials"], work.later(hours=hours))
        return [view.state for view in found][:2]

    assert states(0.5) == ["ready", "waiting"]
    assert states(1.5) == ["done", "ready"]
    assert states(3) == ["done", "submitted"]
    assert states(4) == ["done", "done"]
    assert list(figures_source.work(cast.district, "errands", [], work.later(hours=-1))) == []


def test_figures_see_every_target_once() -> None:
    cast = work.cast()
    roster = work.schools(cast)
    work.launch(cast, roster, title="一")
    work.launch(cast, roster, title="二")
    found = list(figures_source.targets(cast.district, "errands", DUE))
    assert [target.name for target in found] == ["样本学校schools1", "样本学校schools2", "样本学校schools3"]
    assert found[0].facts == {"subdistrict": cast.subdistrict.pk, "stamp": True}
