"""When things are due, rule by rule."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

import pytest

from paotui.worktime import (
    BeforeClock,
    CalendarDays,
    EndOfMonth,
    EndOfYear,
    Hours,
    Rule,
    UnknownYear,
    WorkingDays,
    WorktimeError,
    deadline,
    official,
)

from .moments import day, end_of, moment

CALENDAR = official()
EXAM_DAYS = (day("2020-07-07"), day("2020-07-08"))


def due(rule: Rule, start: str) -> datetime | None:
    return deadline(rule, moment(start), CALENDAR).due


def test_five_working_days_from_21_january_2020_depend_on_when_the_calendar_is_read():
    start = moment("2020-01-21 09:00")
    before = deadline(WorkingDays(5), start, official(day("2020-01-26")))
    after = deadline(WorkingDays(5), start, official(day("2020-01-27")))
    assert before.due == end_of("2020-02-03")
    assert after.due == end_of("2020-02-05")


def test_the_day_of_the_event_is_not_counted_however_early_it_happens():
    assert due(WorkingDays(1), "2020-07-06 00:00") == end_of("2020-07-07")
    assert due(CalendarDays(1), "2020-07-06 23:59") == end_of("2020-07-07")


def test_a_shifted_working_sunday_counts():
    assert due(WorkingDays(1), "2020-06-24 10:00") == end_of("2020-06-28")


def test_an_event_on_a_rest_day_counts_from_the_next_working_day():
    assert due(WorkingDays(1), "2020-07-04 10:00") == end_of("2020-07-06")


def test_no_working_days_means_the_same_day_or_the_next_working_day():
    assert due(WorkingDays(0), "2020-07-03 10:00") == end_of("2020-07-03")
    assert due(WorkingDays(0), "2020-07-04 10:00") == end_of("2020-07-06")


def test_a_closing_hour_ends_the_last_day():
    assert due(WorkingDays(2, at_clock=time(17, 30)), "2020-07-03 16:00") == moment("2020-07-07 17:30")


def test_a_closing_hour_before_the_event_is_refused():
    with pytest.raises(WorktimeError, match="lies before its event"):
        due(WorkingDays(0, at_clock=time(12)), "2020-07-03 15:00")


def test_fifteen_calendar_days_ending_on_a_holiday_move_to_the_next_working_day():
    assert due(CalendarDays(15), "2020-09-18 10:00") == end_of("2020-10-09")


def test_calendar_days_that_do_not_roll_end_on_the_rest_day():
    assert due(CalendarDays(15, roll=False), "2020-09-18 10:00") == end_of("2020-10-03")


def test_hours_run_through_the_night_and_the_weekend():
    assert due(Hours(24), "2020-07-03 17:30") == moment("2020-07-04 17:30")
    assert due(Hours(Decimal("0.5")), "2020-07-03 23:45") == moment("2020-07-04 00:15")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2020-07-05 08:00", "2020-07-07 06:00"),
        ("2020-07-07 06:00", "2020-07-07 06:00"),
        ("2020-07-07 06:01", "2020-07-08 06:00"),
    ],
)
def test_streets_are_swept_before_six_on_the_first_exam_day_still_ahead(start, expected):
    assert due(BeforeClock(time(6), EXAM_DAYS), start) == moment(expected)


def test_when_every_given_day_has_passed_a_later_one_is_asked_for():
    with pytest.raises(WorktimeError, match="give a later day"):
        due(BeforeClock(time(6), EXAM_DAYS), "2020-07-08 07:00")


@pytest.mark.parametrize(("start", "last"), [("2020-02-03 09:00", "2020-02-29"), ("2020-05-31 09:00", "2020-05-31")])
def test_the_end_of_the_month_is_its_last_day_even_on_a_rest_day(start, last):
    assert due(EndOfMonth(), start) == end_of(last)


def test_the_end_of_the_year_needs_no_notice():
    assert due(EndOfYear(), "2031-03-01 09:00") == end_of("2031-12-31")


def test_a_moment_elsewhere_is_taken_to_the_zone_of_the_district():
    late_in_london = datetime.fromisoformat("2020-07-05T17:00:00+00:00")
    assert deadline(WorkingDays(1), late_in_london, CALENDAR).due == end_of("2020-07-07")


def test_a_moment_without_zone_is_refused():
    with pytest.raises(WorktimeError, match="has no time zone"):
        deadline(WorkingDays(1), datetime.fromisoformat("2020-07-06 09:00"), CALENDAR)


@pytest.mark.parametrize("start", ["2018-11-01 09:00", "2026-12-30 09:00", "2027-03-01 09:00"])
def test_a_deadline_that_needs_an_unknown_year_is_an_error(start):
    with pytest.raises(UnknownYear):
        due(WorkingDays(5), start)


@pytest.mark.parametrize(
    "rule", [lambda: WorkingDays(-1), lambda: CalendarDays(-1), lambda: Hours(0), lambda: BeforeClock(time(6), ())]
)
def test_a_rule_that_cannot_be_is_refused(rule):
    with pytest.raises(WorktimeError):
        rule()


def test_a_deadline_remembers_what_it_was_computed_from():
    made = deadline(WorkingDays(5), moment("2020-01-21 09:00"), official(day("2020-01-22")))
    assert (made.rule, made.start) == (WorkingDays(5), moment("2020-01-21 09:00"))
    assert (made.calendar_name, made.calendar_version) == ("CN", "2019-11-21 国办发明电〔2019〕16号")
