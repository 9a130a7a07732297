"""What may happen to a work order, what follows from it, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry, Organisation
from paotui.work.actions import work_orders
from paotui.work.models import Case, Participation, Record, TaskForce, WorkOrder
from paotui.work.states import WrongState
from tests.factories import registry, work
from tests.work.story import VALUES, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story()


def test_completing_keeps_a_record_and_ends_the_work(story: Story) -> None:
    record = story.do("notice", by=story.cast.clerk, happened_at=work.later(hours=2))
    order = story.order("notice")
    assert (order.state, order.done_at, order.ended_at) == ("done", work.later(hours=2), work.later(days=1))
    stored = Record.objects.get(pk=record.pk)
    assert (stored.values, stored.person_id) == ({"items": 7}, story.cast.clerk.person_id)
    story.check()


def test_what_waited_may_start_when_its_predecessor_is_done_and_is_due_from_then(story: Story) -> None:
    story.do("notice", happened_at=work.later(hours=2))
    order = story.order("materials")
    assert (order.state, order.opens_at) == ("ready", work.later(hours=2))
    assert order.due_at == dt.datetime(2020, 6, 8, 23, 59, 59, tzinfo=work.ZONE)
    assert story.order("inspection").state == "waiting"
    story.check()


def test_reviewed_work_is_submitted_and_ends_when_accepted(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    assert story.order("materials").state == "submitted"
    assert story.order("inspection").state == "waiting"
    story.accept()
    order = story.order("materials")
    assert (order.state, order.done_at, order.ended_at) == ("done", work.later(days=1), work.later(days=2))
    assert story.order("inspection").state == "ready"
    story.check()


def test_submitted_work_lies_on_the_desk_of_who_reviews_it_until_it_is_decided(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    review = Participation.objects.get(work_order=story.order("materials"), reviews=True)
    assert (review.organisation, review.state) == (story.cast.bureau, "submitted")
    story.accept()
    assert not Participation.objects.filter(reviews=True).exists()


def test_returned_work_is_done_again_and_the_first_record_is_kept_as_withdrawn(story: Story) -> None:
    story.do("notice")
    first = story.do("materials")
    order = work_orders.return_(
        work_order=story.order("materials"), reason="缺承诺书", by=story.by, at=work.later(days=2)
    )
    assert (order.state, order.reason) == ("returned", "缺承诺书")
    second = story.do("materials", {"papers": 4}, at=work.later(days=3))
    first.refresh_from_db()
    assert (first.withdrawn_at, second.replaces_id) == (work.later(days=3), first.pk)
    story.accept(at=work.later(days=4))
    story.check()


def test_a_record_calls_for_work_when_it_says_so(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    record = story.do("inspection", {"finding": "整改"}, at=work.later(days=3))
    order = story.order("rectification")
    assert (order.state, order.triggered_by_id) == ("ready", record.pk)
    assert order.due_at == dt.datetime(2020, 6, 9, 23, 59, 59, tzinfo=work.ZONE)
    story.check()


def test_a_record_that_says_nothing_of_it_calls_for_nothing(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    story.do("inspection", at=work.later(days=3))
    assert not WorkOrder.objects.filter(measure="rectification").exists()


def test_the_case_closes_with_its_last_work(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    story.do("inspection", at=work.later(days=3))
    assert Case.objects.get(pk=story.case.pk).state == "open"
    story.do("stamp", at=work.later(days=4))
    case = Case.objects.get(pk=story.case.pk)
    assert (case.state, case.open_work, case.closed_at) == ("closed", 0, work.later(days=4))
    assert TaskForce.objects.get(pk=story.task_force.pk).cases_open == 2
    story.check()


def test_a_correction_that_calls_for_work_opens_the_case_again(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    record = story.do("inspection", at=work.later(days=3))
    story.do("stamp", at=work.later(days=4))
    new = work_orders.correct(
        record=record, values={"finding": "rectify"}, reason="看错一间教室", by=story.by, at=work.later(days=5)
    )
    assert Case.objects.get(pk=story.case.pk).state == "open"
    assert story.order("rectification").triggered_by_id == new.pk
    assert TaskForce.objects.get(pk=story.task_force.pk).cases_open == 3
    story.check()


def test_a_correction_does_not_call_for_the_same_work_twice(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    record = story.do("inspection", {"finding": "rectify"}, at=work.later(days=3))
    work_orders.correct(record=record, values={"finding": "rectify"}, reason="补记", by=story.by, at=work.later(days=4))
    assert WorkOrder.objects.filter(measure="rectification").count() == 1


def test_a_corrected_record_keeps_the_old_one_and_the_reason_in_the_ledger(story: Story) -> None:
    record = story.do("notice")
    new = work_orders.correct(
        record=record, values={"items": 9}, reason="漏两项", by=story.cast.clerk, at=work.later(days=2)
    )
    assert Record.objects.filter(work_order=new.work_order_id, withdrawn_at=None).get() == new
    entry = LedgerEntry.objects.get(action="work_order.correct")
    assert (entry.data["replaces"], entry.data["reason"]) == (record.pk, "漏两项")
    story.check()


def test_a_replaced_record_is_not_corrected_again(story: Story) -> None:
    record = story.do("notice")
    given: dict[str, Any] = {"record": record, "values": {"items": 9}, "reason": "x", "by": story.by}
    work_orders.correct(**given, at=work.later(days=2))
    with pytest.raises(Conflict):
        work_orders.correct(**given, at=work.later(days=3))


def test_waived_work_needs_a_reason_and_lets_what_waited_start(story: Story) -> None:
    order = work_orders.waive(
        work_order=story.order("notice"), reason=" 已在 会上告知 ", by=story.by, at=work.later(days=1)
    )
    assert (order.state, order.reason) == ("waived", "已在 会上告知")
    assert story.order("materials").state == "ready"
    assert story.order("materials").due_at is not None
    story.check()


def test_cancelled_work_no_longer_holds_the_case_open(story: Story) -> None:
    for order in WorkOrder.objects.filter(case=story.case):
        work_orders.cancel(work_order=order, reason="学校停办", by=story.by, at=work.later(days=1))
    assert Case.objects.get(pk=story.case.pk).state == "closed"
    story.check()


def test_cancelling_submitted_work_clears_the_reviewers_desk(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    work_orders.cancel(work_order=story.order("materials"), reason="停办", by=story.by, at=work.later(days=2))
    assert not Participation.objects.filter(reviews=True).exists()
    story.check()


def test_a_stopped_clock_has_no_due_time_and_moves_the_deadline_when_it_runs_again(story: Story) -> None:
    story.do("notice", happened_at=work.later(hours=1))
    order = work_orders.pause(
        work_order=story.order("materials"), reason="等上级文件", by=story.by, at=work.later(days=1)
    )
    assert (order.state, order.due_at) == ("paused", None)
    story.check()
    order = work_orders.resume(work_order=order, by=story.by, at=work.later(days=3))
    assert (order.state, order.reason) == ("ready", "")
    assert order.due_at == dt.datetime(2020, 6, 10, 23, 59, 59, tzinfo=work.ZONE)
    story.check()


def test_a_deadline_that_has_run_out_cannot_be_stopped(story: Story) -> None:
    with pytest.raises(Invalid):
        work_orders.pause(work_order=story.order("notice"), reason="晚了", by=story.by, at=work.later(days=9))


def test_work_is_assigned_to_somebody_and_back(story: Story) -> None:
    person = registry.person(story.cast.district, "样本跑腿员")
    order = work_orders.assign(work_order=story.order("notice"), person=person, by=story.by, at=work.later(days=1))
    assert order.person == person
    order = work_orders.assign(work_order=order, person=None, by=story.by, at=work.later(days=1))
    assert order.person is None


def test_a_second_completion_is_told_what_the_first_one_did(story: Story) -> None:
    story.do("notice")
    with override("en"), pytest.raises(WrongState, match="cannot be completed: it is in the state “Done”"):
        story.do("notice")


def test_the_same_key_leads_to_the_same_record(story: Story) -> None:
    first = story.do("notice", key="a")
    assert story.do("notice", key="a") == first
    assert Record.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict(story: Story) -> None:
    story.do("notice", key="a")
    with pytest.raises(Conflict):
        story.do("notice", {"items": 8}, key="a")


def test_a_refused_call_leaves_its_key_free(story: Story) -> None:
    with pytest.raises(Invalid):
        story.do("notice", {"items": 0}, key="a")
    story.do("notice", key="a")


def test_many_are_completed_together_or_not_at_all(story: Story) -> None:
    orders = list(WorkOrder.objects.filter(task_force=story.task_force, measure="notice").order_by("-id"))
    items = [(order, {"items": 5}, None) for order in orders]
    with pytest.raises(Invalid):
        work_orders.complete_many(items=[*items[:2], (orders[2], {}, None)], by=story.by, at=work.later(days=1))
    assert not Record.objects.exists()
    records = work_orders.complete_many(items=items, by=story.by, at=work.later(days=1), key="many")
    assert [record.work_order_id for record in records] == [order.pk for order in orders]
    again = work_orders.complete_many(items=items, by=story.by, at=work.later(days=1), key="many")
    assert [record.pk for record in again] == [record.pk for record in records]
    story.check()


def test_a_whole_case_done_in_one_call_stands_as_if_done_step_by_step(story: Story) -> None:
    measures = ("notice", "materials")
    orders = [story.order(measure) for measure in measures]
    items = [(order, VALUES[order.measure], work.later(hours=number)) for number, order in enumerate(orders)]
    records = work_orders.complete_many(items=items, by=story.by, at=work.later(days=1))
    assert [story.order(measure).state for measure in measures] == ["done", "submitted"]
    assert story.order("materials").opens_at == work.later(hours=0)
    assert Participation.objects.get(reviews=True).work_order == orders[1]
    actions = LedgerEntry.objects.filter(subject="work_order").order_by("number").values_list("action", "subject_id")
    assert list(actions) == [("work_order.complete", orders[0].pk), ("work_order.submit", orders[1].pk)]
    assert Record.objects.get(pk=records[1].pk).values == {"papers": 3}
    story.check()


def test_what_many_records_call_for_comes_into_being_and_cases_close(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    items = [(story.order("inspection"), {"finding": "rectify"}, None), (story.order("stamp"), {"trips": 1}, None)]
    work_orders.complete_many(items=items, by=story.by, at=work.later(days=3))
    assert Case.objects.get(pk=story.case.pk).open_work == 1
    work_orders.complete_many(
        items=[(story.order("rectification"), {"remedy": "改"}, None)], by=story.by, at=work.later(days=4)
    )
    assert Case.objects.get(pk=story.case.pk).state == "closed"
    story.check()


def test_returned_work_is_redone_among_many(story: Story) -> None:
    story.do("notice")
    first = story.do("materials")
    work_orders.return_(work_order=story.order("materials"), reason="缺", by=story.by, at=work.later(days=2))
    items = [(story.order("materials"), {"papers": 4}, None)]
    (second,) = work_orders.complete_many(items=items, by=story.by, at=work.later(days=3))
    first.refresh_from_db()
    assert (first.withdrawn_at, second.replaces_id) == (work.later(days=3), first.pk)
    story.check()


def test_no_work_order_is_done_twice_in_one_call(story: Story) -> None:
    item = (story.order("notice"), {"items": 1}, None)
    with pytest.raises(WrongState):
        work_orders.complete_many(items=[item, item], by=story.by, at=work.later(days=1))


def test_waiting_work_is_not_done_before_its_turn(story: Story) -> None:
    with pytest.raises(WrongState) as refusal:
        story.do("inspection")
    assert refusal.value.remedy


def test_nothing_is_done_in_the_future(story: Story) -> None:
    with pytest.raises(Invalid) as refusal:
        story.do("notice", happened_at=work.later(days=2))
    assert refusal.value.problems[0][0] == "happened_at"


def test_a_missing_value_is_named(story: Story) -> None:
    with pytest.raises(Invalid) as refusal:
        story.do("notice", {"item": 3})
    assert [field for field, _ in refusal.value.problems] == ["items", "item"]


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_a_reason_is_neither_blank_nor_a_novel(story: Story, reason: str) -> None:
    with pytest.raises(Invalid):
        work_orders.waive(work_order=story.order("notice"), reason=reason, by=story.by, at=work.later(days=1))


def test_evidence_nobody_asked_for_is_refused(story: Story) -> None:
    photo = work_orders.Upload("photo", "a.jpg", b"x", "image/jpeg")
    with pytest.raises(Invalid) as refusal:
        story.do("notice", attachments=[photo])
    assert refusal.value.problems[0][0] == "photo"


def test_the_school_records_its_own_work_and_nobody_elses(story: Story) -> None:
    school = Organisation.objects.get(name="样本学校schools1")
    clerk = registry.actor("staff", school)
    with pytest.raises(NotAllowed):
        story.do("notice", by=clerk)
    story.do("notice")
    story.do("materials", by=clerk)


def test_those_acting_together_may_record(story: Story) -> None:
    story.do("notice")
    story.do("materials")
    story.accept()
    story.do("inspection", by=story.cast.health_clerk, at=work.later(days=3))
    assert story.order("inspection").state == "done"


def test_the_doer_does_not_review(story: Story) -> None:
    school = Organisation.objects.get(name="样本学校schools1")
    story.do("notice")
    story.do("materials")
    with pytest.raises(NotAllowed):
        story.accept(by=registry.actor("staff", school))
    story.accept(by=story.cast.clerk)


def test_the_doer_does_not_change_what_was_accepted(story: Story) -> None:
    school = Organisation.objects.get(name="样本学校schools1")
    story.do("notice")
    record = story.do("materials")
    given: dict[str, Any] = {"record": record, "values": {"papers": 5}, "reason": "x", "at": work.later(days=3)}
    story.accept()
    with pytest.raises(NotAllowed):
        work_orders.correct(**given, by=registry.actor("staff", school))
    work_orders.correct(**given, by=story.cast.clerk)


def test_staff_do_not_waive(story: Story) -> None:
    with pytest.raises(NotAllowed):
        work_orders.waive(work_order=story.order("notice"), reason="x", by=story.cast.clerk, at=work.later(days=1))
    work_orders.waive(work_order=story.order("notice"), reason="x", by=story.cast.leader, at=work.later(days=1))


def test_another_district_sees_nothing_of_it(story: Story) -> None:
    other = work.cast("410104")
    with pytest.raises(NotAllowed):
        story.do("notice", by=other.system)


def test_every_action_leaves_one_entry_in_the_ledger(story: Story) -> None:
    before = LedgerEntry.objects.count()
    story.do("notice")
    story.do("materials")
    story.accept()
    actions = LedgerEntry.objects.filter(number__gt=before).order_by("number").values_list("action", flat=True)
    assert list(actions) == ["work_order.complete", "work_order.submit", "work_order.accept"]
