from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from paotui.playbooks.burden import burden, by_role, seconds_of
from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.expand import expand
from paotui.playbooks.loader import load
from paotui.playbooks.preview import preview
from tests.playbooks.cast import CALENDAR, LAUNCH, clock, loaded, school, site

REOPENING, EXAM = loaded("reopening").playbook, loaded("exam").playbook


def test_filling_in_is_counted_by_field_and_doing_by_the_minutes_of_the_measure() -> None:
    assert seconds_of(REOPENING.measure("visit")) == 4 + 8 + 12
    lines = [line for line in burden(REOPENING, {"visit": 24}) if line.part == "does"]
    (line,) = lines
    assert (line.role, line.times, line.fields, line.seconds_per) == ("health", 24, 3, 24)
    assert line.minutes_total == Decimal("24") * 60 + Decimal("9.6")


def test_those_acting_together_spend_the_time_but_fill_in_nothing() -> None:
    lines = {(line.role, line.part): line for line in burden(REOPENING, {"visit": 24})}
    assert lines["market", "takes_part"].fields == 0
    assert lines["market", "takes_part"].minutes_total == 24 * 60
    assert lines["lead", "reviews"].minutes_total == 24


def test_each_of_several_roles_carries_its_share() -> None:
    assert [(line.role, line.times) for line in burden(EXAM, {"disinfect": 5})] == [("centre", 3), ("facilities", 2)]


def test_a_playbook_may_say_itself_how_long_a_field_takes() -> None:
    text = loaded("reopening").source.replace(
        "{name: items, label: {zh: 告知事项数, en: Items told}, type: integer}",
        "{name: items, label: {zh: 告知事项数, en: Items told}, type: integer, seconds: 45}",
    )
    assert seconds_of(load(text, name="x").playbook.measure("notice")) == 45


def test_minutes_add_up_by_role() -> None:
    lines = burden(REOPENING, {"notice": 2, "visit": 1})
    assert by_role(lines)["lead"] == Decimal("30.3") + 1


def test_a_preview_counts_what_expansion_plans() -> None:
    roster = [school("s1", boarding=True), school("s2"), school("s3")]
    found = preview(REOPENING, roster, CALENDAR, LAUNCH)
    work = list(expand(REOPENING, roster, CALENDAR, LAUNCH))
    assert (found.targets, found.work_orders) == (3, len(work)) == (3, 13)
    assert found.by_measure == {"notice": 3, "materials": 3, "canteen": 1, "visit": 3, "decision": 3}
    assert found.by_role == {"lead": 6, "health": 3, "school": 4}
    assert found.waiting == 10
    assert found.without_due == sum(one.due_at is None for one in work)
    assert (found.first_due, found.last_due) == (clock("2020-06-02 23:59:59"), clock("2020-06-11 23:59:59"))
    assert found.samples == tuple(work[:10])
    assert found.arising == ("rectify",)
    assert found.minutes == sum(found.minutes_by_role.values())


def test_a_preview_tells_what_would_be_due_before_it_is_launched() -> None:
    late = replace(LAUNCH, at=clock("2020-07-07 12:00"))
    found = preview(EXAM, [site(inspected_on=dt.date(2020, 7, 4))], CALENDAR, late)
    due = [one.due_at for one in expand(EXAM, [site()], CALENDAR, late) if one.due_at and one.due_at < late.at]
    assert found.due_before_launch == len(due) == 6


def test_the_trips_of_applicants_are_counted() -> None:
    text = loaded("reopening").source.replace("    minutes: 15\n", "    minutes: 15\n    trips: 2\n")
    assert preview(load(text, name="x").playbook, [school(), school("s2")], CALENDAR, LAUNCH).applicant_trips == 4


def test_a_preview_refuses_what_a_launch_would_refuse() -> None:
    with pytest.raises(PlaybookError, match="no organisation holds"):
        preview(REOPENING, [school()], CALENDAR, replace(LAUNCH, members={}))
