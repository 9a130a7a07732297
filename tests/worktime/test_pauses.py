"""The clock stopped and started again."""

from __future__ import annotations

from datetime import time

import pytest

from paotui.worktime import (
    CalendarDays,
    EndOfMonth,
    Hours,
    Pause,
    WorkingDays,
    WorktimeError,
    deadline,
    official,
    paused,
    resumed,
)

from .moments import end_of, moment

CALENDAR = official()
MONDAY = moment("2020-07-06 09:00")


def stop(start: str, end: str | None, reason: str = "现场检验（示例）") -> Pause:
    return Pause(moment(start), moment(end) if end else None, reason)


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        (stop("2020-07-08 10:00", "2020-07-10 15:00"), "2020-07-15"),  # Wednesday and Thursday are not counted
        (stop("2020-07-08 10:00", "2020-07-08 15:00"), "2020-07-13"),  # within a day: no day is lost
        (stop("2020-07-08 10:00", "2020-07-09 00:00"), "2020-07-14"),  # a whole day
        (stop("2020-07-11 10:00", "2020-07-12 15:00"), "2020-07-13"),  # a weekend
        (stop("2020-07-13 10:00", "2020-07-15 10:00"), "2020-07-15"),  # begins on the last day
        (stop("2020-07-14 00:00", "2020-07-20 00:00"), "2020-07-13"),  # begins when all is over
        (stop("2020-07-01 10:00", "2020-07-06 08:00"), "2020-07-13"),  # ended before the event
        (stop("2020-07-01 10:00", "2020-07-08 08:00"), "2020-07-14"),  # stood still at the event already
    ],
)
def test_paused_working_days_are_not_counted(pause, expected):
    assert deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[pause]).due == end_of(expected)


def test_a_later_pause_counts_only_because_an_earlier_one_kept_the_clock_from_running_out():
    first, second = stop("2020-07-08 10:00", "2020-07-10 10:00"), stop("2020-07-14 10:00", "2020-07-16 10:00")
    assert deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[second]).due == end_of("2020-07-13")
    assert deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[second, first]).due == end_of("2020-07-17")


def test_two_reasons_at_once_stop_the_clock_once():
    hearing, test = stop("2020-07-08 10:00", "2020-07-10 10:00"), stop("2020-07-09 10:00", "2020-07-13 10:00")
    together = stop("2020-07-08 10:00", "2020-07-13 10:00")
    both = deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[hearing, test])
    assert both.due == deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[together]).due


def test_calendar_days_shift_by_the_paused_days_and_roll_afterwards():
    pause = stop("2020-07-08 10:00", "2020-07-10 10:00")
    assert deadline(CalendarDays(3), MONDAY, CALENDAR).due == end_of("2020-07-09")
    assert deadline(CalendarDays(3), MONDAY, CALENDAR, pauses=[pause]).due == end_of("2020-07-13")
    assert deadline(CalendarDays(3, roll=False), MONDAY, CALENDAR, pauses=[pause]).due == end_of("2020-07-11")


def test_a_pause_begun_on_the_day_of_the_event_does_not_give_that_day_back():
    pause = stop("2020-07-06 10:00", "2020-07-08 10:00")
    assert deadline(CalendarDays(2), MONDAY, CALENDAR, pauses=[pause]).due == end_of("2020-07-09")
    assert deadline(WorkingDays(2), MONDAY, CALENDAR, pauses=[pause]).due == end_of("2020-07-09")


def test_a_pause_in_the_rest_days_before_a_moved_last_day_keeps_it_open():
    saturday_moved_to_monday = stop("2020-07-12 10:00", "2020-07-15 10:00")
    assert deadline(CalendarDays(5), MONDAY, CALENDAR).due == end_of("2020-07-13")
    assert deadline(CalendarDays(5), MONDAY, CALENDAR, pauses=[saturday_moved_to_monday]).due == end_of("2020-07-15")


def test_hours_shift_by_exactly_the_paused_span():
    pause = stop("2020-07-06 12:00", "2020-07-06 13:20")
    assert deadline(Hours(24), MONDAY, CALENDAR, pauses=[pause]).due == moment("2020-07-07 10:20")


def test_hours_paused_before_the_event_run_from_the_end_of_the_pause():
    pause = stop("2020-07-05 12:00", "2020-07-06 10:00")
    assert deadline(Hours(24), MONDAY, CALENDAR, pauses=[pause]).due == moment("2020-07-07 10:00")


def test_a_pause_after_the_closing_hour_of_the_last_day_comes_too_late():
    rule = WorkingDays(1, at_clock=time(17, 30))
    late, in_time = stop("2020-07-07 17:30", "2020-07-09 10:00"), stop("2020-07-07 17:29", "2020-07-09 10:00")
    assert deadline(rule, MONDAY, CALENDAR, pauses=[late]).due == moment("2020-07-07 17:30")
    assert deadline(rule, MONDAY, CALENDAR, pauses=[in_time]).due == moment("2020-07-09 17:30")


def test_a_named_date_is_not_moved_by_a_pause():
    assert deadline(EndOfMonth(), MONDAY, CALENDAR, pauses=[stop("2020-07-08 10:00", None)]).due == end_of("2020-07-31")


@pytest.mark.parametrize("rule", [WorkingDays(5), CalendarDays(5), Hours(100)])
def test_while_the_clock_is_paused_nothing_is_due(rule):
    standing = paused(deadline(rule, MONDAY, CALENDAR), CALENDAR, at=moment("2020-07-08 10:00"), reason="听证（示例）")
    assert standing.due is None
    again = resumed(standing, CALENDAR, at=moment("2020-07-10 10:00"))
    assert again == deadline(
        rule, MONDAY, CALENDAR, pauses=[stop("2020-07-08 10:00", "2020-07-10 10:00", "听证（示例）")]
    )


def test_an_open_pause_after_the_deadline_ran_out_does_not_reopen_it():
    assert deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[stop("2020-07-14 09:00", None)]).due == end_of(
        "2020-07-13"
    )


def test_what_is_paused_cannot_be_paused_and_what_runs_cannot_be_resumed():
    running = deadline(WorkingDays(5), MONDAY, CALENDAR)
    standing = paused(running, CALENDAR, at=moment("2020-07-08 10:00"), reason="听证（示例）")
    with pytest.raises(WorktimeError, match="resume it first"):
        paused(standing, CALENDAR, at=moment("2020-07-09 10:00"), reason="再次（示例）")
    with pytest.raises(WorktimeError, match="nothing to resume"):
        resumed(running, CALENDAR, at=moment("2020-07-09 10:00"))
    with pytest.raises(WorktimeError, match="ran out"):
        paused(running, CALENDAR, at=moment("2020-07-14 10:00"), reason="太晚（示例）")


def test_a_pause_needs_a_reason_and_an_end_after_its_start():
    with pytest.raises(WorktimeError, match="reason"):
        deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[stop("2020-07-08 10:00", None, " ")])
    with pytest.raises(WorktimeError, match="before it starts"):
        deadline(WorkingDays(5), MONDAY, CALENDAR, pauses=[stop("2020-07-08 10:00", "2020-07-08 09:00")])
