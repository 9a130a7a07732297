"""A district's own notice laid over the official calendar."""

from __future__ import annotations

import pytest

from paotui.worktime import UnknownYear, WorkingDays, WorktimeError, amended, deadline, official

from .moments import day, end_of, moment

NOTICE = "区政府办通知（示例）"


def test_a_district_notice_moves_a_deadline_and_is_named_as_the_source():
    calendar = amended(official(), {day("2020-07-07"): False, day("2020-07-11"): True}, "exam", NOTICE)
    assert calendar.day(day("2020-07-07")).source == NOTICE
    assert calendar.day(day("2020-07-11")).reason.en == "Working by notice (Saturday)"
    assert deadline(WorkingDays(3), moment("2020-07-03 15:00"), calendar).due == end_of("2020-07-09")


def test_an_amended_calendar_is_another_version_and_leaves_the_first_alone():
    first = official()
    second = amended(first, {day("2020-07-07"): False}, "exam", NOTICE)
    assert second.version == f"{first.version}+exam"
    assert first.is_working(day("2020-07-07"))
    assert first != second


def test_a_calendar_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        official().marked[day("2020-07-07")] = official().day(day("2020-07-04"))


def test_an_amendment_without_source_is_refused():
    with pytest.raises(WorktimeError, match="Name the version and the notice"):
        amended(official(), {day("2020-07-07"): False}, "exam", "")


def test_an_amendment_outside_the_known_years_is_refused():
    with pytest.raises(UnknownYear):
        amended(official(), {day("2027-01-01"): False}, "2027", NOTICE)
