from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.expand import expand
from paotui.playbooks.loader import load
from paotui.playbooks.plan import Launch, PlannedWork, RosterTarget
from paotui.playbooks.schema import Occurrence, Playbook
from tests.playbooks.cast import CALENDAR, LAUNCH, clock, loaded, school, site


def planned(playbook: Playbook, *targets: RosterTarget, launch: Launch = LAUNCH) -> list[PlannedWork]:
    return list(expand(playbook, targets, CALENDAR, launch))


def of(work: list[PlannedWork], measure: str) -> list[PlannedWork]:
    return [one for one in work if one.measure == measure]


REOPENING, EXAM, STUDY = (loaded(name).playbook for name in ("reopening", "exam", "study"))


def test_work_without_predecessors_is_open_at_launch_and_due_by_its_rule() -> None:
    (notice,) = of(planned(REOPENING, school()), "notice")
    assert notice == PlannedWork(
        "s1", "notice", 1, "lead", "lead", (), None, clock("2020-06-01 09:00"), clock("2020-06-02 23:59:59"), False
    )


def test_work_with_predecessors_waits_and_has_no_opening_nor_a_due_date_that_depends_on_them() -> None:
    (materials,) = of(planned(REOPENING, school()), "materials")
    assert (materials.waits, materials.opens_at, materials.due_at) == (True, None, None)


def test_a_condition_on_facts_decides_whether_a_measure_applies() -> None:
    assert len(of(planned(REOPENING, school(boarding=True)), "canteen")) == 1
    assert not of(planned(REOPENING, school(boarding=False)), "canteen")
    assert not of(planned(REOPENING, school(boarding=None)), "canteen")


def test_a_measure_waits_only_for_predecessors_that_apply() -> None:
    text = loaded("reopening").source.replace("after: [materials, canteen]", "after: [canteen]")
    playbook = load(text, name="x").playbook
    assert of(planned(playbook, school(boarding=True)), "visit")[0].waits
    (visit,) = of(planned(playbook, school(boarding=False)), "visit")
    assert (visit.waits, visit.due_at) == (False, clock("2020-06-04 23:59:59"))


def test_together_makes_one_work_order_with_the_others_as_participants() -> None:
    launch = replace(LAUNCH, members={**LAUNCH.members, "health": ("health", "clinic")})
    (visit,) = of(planned(REOPENING, school(street="south"), launch=launch), "visit")
    assert (visit.role, visit.organisation) == ("health", "health")
    assert visit.participants == (("health", "clinic"), ("market", "market"), ("street", "south"))


def test_an_organisation_does_not_act_together_with_itself() -> None:
    launch = replace(LAUNCH, members={**LAUNCH.members, "market": ("health",)})
    (visit,) = of(planned(REOPENING, school(), launch=launch), "visit")
    assert visit.participants == (("street", "north"),)


def test_each_makes_one_work_order_per_organisation_numbered_through() -> None:
    launch = replace(LAUNCH, members={**LAUNCH.members, "facilities": ("f1", "f2")})
    work = of(planned(EXAM, site(), launch=launch), "disinfect")
    assert [(one.sequence, one.role, one.organisation) for one in work] == [
        (1, "centre", "centre"),
        (2, "facilities", "f1"),
        (3, "facilities", "f2"),
    ]
    assert {one.due_at for one in work} == {clock("2020-07-05 18:00")}


def test_measures_that_arise_from_records_are_not_planned() -> None:
    assert not of(planned(REOPENING, school()), "rectify")


def test_a_quota_gives_so_many_per_period_clipped_to_the_launch() -> None:
    launch = replace(LAUNCH, period_start=dt.date(2020, 6, 15), period_end=dt.date(2020, 8, 3))
    work = planned(STUDY, school(), launch=launch)
    assert [(one.sequence, one.opens_at, one.due_at) for one in work] == [
        (1, clock("2020-06-15 00:00"), clock("2020-06-30 23:59:59")),
        (2, clock("2020-06-15 00:00"), clock("2020-06-30 23:59:59")),
        (3, clock("2020-07-01 00:00"), clock("2020-07-31 23:59:59")),
        (4, clock("2020-07-01 00:00"), clock("2020-07-31 23:59:59")),
        (5, clock("2020-08-01 00:00"), clock("2020-08-03 23:59:59")),
        (6, clock("2020-08-01 00:00"), clock("2020-08-03 23:59:59")),
    ]


def test_work_once_per_day_of_an_event_is_due_before_its_clock_time_on_that_day() -> None:
    work = of(planned(EXAM, site()), "sweep")
    assert [(one.opens_at, one.due_at) for one in work] == [
        (clock("2020-07-07 00:00"), clock("2020-07-07 06:00")),
        (clock("2020-07-08 00:00"), clock("2020-07-08 06:00")),
    ]


def test_rounds_run_around_an_event_and_leave_out_its_quiet_hours() -> None:
    work = [one for one in of(planned(EXAM, site()), "follow") if one.due_at and one.due_at < clock("2020-07-07 13:00")]
    assert [(one.opens_at, one.due_at) for one in work] == [
        (clock("2020-07-07 08:00"), clock("2020-07-07 08:30")),
        (clock("2020-07-07 08:30"), clock("2020-07-07 09:00")),
        (clock("2020-07-07 11:30"), clock("2020-07-07 12:00")),
        (clock("2020-07-07 12:00"), clock("2020-07-07 12:15")),
    ]


def test_work_per_occurrence_counts_hours_from_the_end_of_its_own_occurrence() -> None:
    work = of(planned(EXAM, site()), "masks")
    assert [one.due_at for one in work] == [
        clock("2020-07-07 13:00"),
        clock("2020-07-07 18:30"),
        clock("2020-07-08 13:00"),
    ]


def test_event_times_given_at_launch_replace_those_of_the_playbook() -> None:
    given_times = (Occurrence(starts=clock("2021-06-07 09:00"), ends=clock("2021-06-07 11:30")),)
    launch = replace(LAUNCH, occurrences={"paper": given_times})
    assert [one.due_at for one in of(planned(EXAM, site(), launch=launch), "sweep")] == [clock("2021-06-07 06:00")]


def test_an_event_from_a_fact_takes_the_date_of_each_target() -> None:
    other = site("p2", inspected_on=dt.date(2020, 7, 6))
    work = of(planned(EXAM, site(), other), "accept")
    assert [(one.target, one.opens_at) for one in work] == [
        ("p1", clock("2020-07-04 00:00")),
        ("p2", clock("2020-07-06 00:00")),
    ]


def test_a_target_without_the_date_of_its_event_is_refused_saying_what_to_fill_in() -> None:
    with pytest.raises(PlaybookError, match="inspected_on is blank") as caught:
        planned(EXAM, site(inspected_on=None))
    assert "名册" in caught.value.in_language("zh-hans")


def test_a_launch_without_a_member_for_a_role_is_refused_before_the_first_row() -> None:
    with pytest.raises(PlaybookError, match="no organisation holds the role market") as caught:
        expand(REOPENING, [], CALENDAR, replace(LAUNCH, members={"lead": ("lead",), "health": ("health",)}))
    assert [one.path for one in caught.value.problems] == ["roles.market"]


def test_a_target_that_stands_for_no_organisation_cannot_hold_a_role() -> None:
    with pytest.raises(PlaybookError, match="Nobody's school has no school"):
        planned(REOPENING, RosterTarget("x", "Nobody's school", {"street": "north"}))


def test_work_for_a_person_names_the_person() -> None:
    target = RosterTarget("n", "某人", organisation="body", person="person-1")
    assert {one.person for one in planned(STUDY, target)} == {"person-1"}


def test_rows_come_one_by_one_without_reading_the_whole_roster() -> None:
    def endless():  # type: ignore[no-untyped-def]
        number = 0
        while True:
            number += 1
            yield school(f"s{number}")

    rows = expand(REOPENING, endless(), CALENDAR, LAUNCH)
    assert [next(rows).target for _ in range(9)] == ["s1"] * 4 + ["s2"] * 4 + ["s3"]


schools = st.builds(
    school,
    st.integers(1, 10**6).map(lambda number: f"s{number}"),
    boarding=st.sampled_from([True, False, None]),
    street=st.sampled_from(["north", "south", "west"]),
)


@given(st.lists(schools, max_size=30))
def test_the_same_roster_always_gives_the_same_work(roster: list[RosterTarget]) -> None:
    assert planned(REOPENING, *roster) == planned(REOPENING, *roster)


@given(st.lists(schools, max_size=30, unique_by=lambda one: one.key))
def test_the_work_of_a_roster_is_the_work_of_its_targets_one_after_another(roster: list[RosterTarget]) -> None:
    alone = [one for target in roster for one in planned(REOPENING, target)]
    assert planned(REOPENING, *roster) == alone
    assert len(alone) == 4 * len(roster) + sum(target.facts["boarding"] is True for target in roster)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2022, 12, 31)), st.integers(0, 800))
def test_quota_windows_cover_the_period_without_gap_or_overlap(start: dt.date, days: int) -> None:
    end = start + dt.timedelta(days)
    work = planned(STUDY, school(), launch=replace(LAUNCH, period_start=start, period_end=end))
    spans = [(one.opens_at.date(), one.due_at.date()) for one in work[::2] if one.opens_at and one.due_at]
    assert len(work) == 2 * len(spans)
    assert (spans[0][0], spans[-1][1]) == (start, end)
    assert all(b[0] - a[1] == dt.timedelta(1) for a, b in itertools.pairwise(spans))


@given(st.lists(schools, max_size=20, unique_by=lambda one: one.key))
def test_no_two_work_orders_share_target_measure_and_sequence(roster: list[RosterTarget]) -> None:
    keys = [(one.target, one.measure, one.sequence) for one in planned(REOPENING, *roster)]
    assert len(set(keys)) == len(keys)
