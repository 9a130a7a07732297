"""A launch turns a playbook and a roster into cases and dated work, all of it or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from paotui.registry import ledger
from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry
from paotui.work.actions import task_forces
from paotui.work.coverage import recount
from paotui.work.models import Case, Coverage, Participation, TaskForce, WorkOrder
from tests.factories import registry, work

pytestmark = pytest.mark.django_db


def test_every_target_gets_a_case_and_every_measure_that_applies_a_work_order():
    task_force = work.launch(work.cast())
    assert Case.objects.filter(task_force=task_force, state="open").count() == 3
    measures = WorkOrder.objects.filter(case=work.first_case(task_force)).order_by("id").values_list("measure", "state")
    assert list(measures) == [
        ("notice", "ready"), ("materials", "waiting"), ("inspection", "waiting"), ("stamp", "waiting"),
    ]  # fmt: skip


def test_work_is_due_by_the_calendar_known_at_the_launch():
    task_force = work.launch(work.cast())
    due = work.order(work.first_case(task_force), "notice").due_at
    assert due == dt.datetime(2020, 6, 2, 23, 59, 59, tzinfo=work.ZONE)


def test_those_acting_together_take_part_in_the_work():
    cast = work.cast()
    inspection = work.order(work.first_case(work.launch(cast)), "inspection")
    beside = Participation.objects.filter(work_order=inspection).order_by("id").values_list("role", "organisation")
    assert inspection.organisation == cast.bureau
    assert list(beside) == [("health", cast.health.pk), ("subdistrict", cast.subdistrict.pk)]


def test_the_counters_say_what_a_recount_says():
    task_force = work.launch(work.cast())
    assert recount(task_force) == []
    assert sum(row.ready for row in Coverage.objects.filter(task_force=task_force)) == 3


def test_a_recount_finds_a_counter_that_was_tampered_with():
    task_force = work.launch(work.cast())
    Coverage.objects.filter(task_force=task_force, measure="notice").update(ready=1)
    (difference,) = recount(task_force)
    assert (difference.counter, difference.kept, difference.counted) == ("coverage", {"ready": 1}, {"ready": 3})


def test_the_ledger_tells_what_was_launched_and_still_verifies():
    cast = work.cast()
    task_force = work.launch(cast)
    entry = LedgerEntry.objects.get(action="task_force.launch", subject_id=task_force.pk)
    assert entry.data["cases"] == 3
    assert entry.data["work_orders"] == 10
    assert len(entry.data["plan_sha256"]) == 64
    assert ledger.verify(cast.district).ok


def test_the_same_plan_has_the_same_hash_whatever_numbers_it_was_given():
    cast = work.cast()
    roster = work.schools(cast)
    work.launch(cast, roster, title="一")
    work.launch(cast, roster, title="二")
    first, second = LedgerEntry.objects.filter(action="task_force.launch").order_by("number")
    assert first.data["plan_sha256"] == second.data["plan_sha256"]


def test_a_target_without_any_work_is_a_closed_case():
    cast = work.cast()
    text = work.ERRANDS.read_text().replace(
        "roles: [bureau]\n    due: {working_days: 1}",
        "roles: [bureau]\n    when: [{fact: stamp, is: true}]\n    due: {working_days: 1}",
    )
    for measure in ("materials", "inspection"):
        text = text.replace(f"id: {measure}\n", f"id: {measure}\n    when: [{{fact: stamp, is: true}}]\n", 1)
    playbook = work.load(text, name="stamp only")
    task_force = work.launch(cast, playbook=playbook)
    assert list(Case.objects.filter(task_force=task_force).order_by("id").values_list("state", "open_work")) == [
        ("open", 4), ("closed", 0), ("closed", 0),
    ]  # fmt: skip
    assert (task_force.cases_total, task_force.cases_open) == (3, 1)
    assert recount(task_force) == []


def test_a_second_launch_under_the_same_key_changes_nothing():
    cast = work.cast()
    roster = work.schools(cast)
    first = work.launch(cast, roster, key="k1")
    assert work.launch(cast, roster, key="k1") == first
    assert TaskForce.objects.count() == 1


def test_the_same_key_with_another_title_is_a_conflict():
    cast = work.cast()
    roster = work.schools(cast)
    work.launch(cast, roster, key="k1")
    with pytest.raises(Conflict, match="k1"):
        work.launch(cast, roster, key="k1", title="另一个")


def test_a_title_is_given_once():
    cast = work.cast()
    roster = work.schools(cast)
    work.launch(cast, roster)
    with pytest.raises(Conflict):
        work.launch(cast, roster)


def test_a_version_number_stands_for_one_text():
    cast = work.cast()
    roster = work.schools(cast)
    work.launch(cast, roster)
    other = work.load(work.ERRANDS.read_text().replace("working_days: 1}", "working_days: 2}"), name="other")
    with pytest.raises(Conflict):
        work.launch(cast, roster, title="二", playbook=other)


def test_a_role_nobody_holds_is_named():
    cast = work.cast()
    with pytest.raises(Invalid) as refusal:
        work.launch(cast, members={"bureau": [cast.bureau]})
    assert [field for field, _ in refusal.value.problems] == ["members.health"]


def test_a_role_that_follows_from_the_roster_takes_no_member():
    cast = work.cast()
    members = {"bureau": [cast.bureau], "health": [cast.health], "school": [cast.health]}
    with pytest.raises(Invalid) as refusal:
        work.launch(cast, members=members)
    assert [field for field, _ in refusal.value.problems] == ["members.school"]


def test_a_roster_of_another_playbook_is_refused():
    cast = work.cast()
    roster = registry.roster(cast.district, playbook="streets")
    with pytest.raises(Invalid) as refusal:
        work.launch(cast, roster)
    assert [field for field, _ in refusal.value.problems] == ["roster"]


def test_a_period_runs_forward():
    cast = work.cast()
    with pytest.raises(Invalid) as refusal:
        work.launch(cast, period=(work.PERIOD[1], work.PERIOD[0]))
    assert [field for field, _ in refusal.value.problems] == ["period"]


def test_a_target_without_the_organisation_its_work_needs_stops_the_launch_and_leaves_nothing():
    cast = work.cast()
    roster = work.schools(cast, subdistrict=None)
    with pytest.raises(Invalid):
        work.launch(cast, roster)
    assert not TaskForce.objects.exists()
    assert not Case.objects.exists()


def test_a_year_without_a_calendar_is_refused():
    cast = work.cast()
    with pytest.raises(Invalid):
        work.launch(cast, at=dt.datetime(2017, 6, 1, 9, tzinfo=work.ZONE))


def test_staff_may_not_launch():
    cast = work.cast()
    with pytest.raises(NotAllowed):
        work.launch(cast, by=cast.clerk)


def test_a_leader_of_another_organisation_may_not_launch():
    cast = work.cast()
    with pytest.raises(NotAllowed):
        work.launch(cast, by=registry.actor("leader", cast.health))


def test_a_leader_of_another_district_may_not_launch():
    cast, other = work.cast(), work.cast("410104")
    with pytest.raises(NotAllowed):
        work.launch(cast, by=other.leader)


def test_progress_counts_the_targets():
    seen: list[tuple[int, int]] = []
    work.launch(work.cast(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(3, 3)]


def test_a_task_force_with_open_cases_is_not_closed():
    cast = work.cast()
    task_force = work.launch(cast)
    with pytest.raises(Conflict):
        task_forces.close(task_force=task_force, by=cast.leader, at=work.later(days=1))
