"""An amended calendar and the deadlines in flight."""

from __future__ import annotations

from datetime import time

from paotui.worktime import (
    BeforeClock,
    EndOfMonth,
    Extension,
    Hours,
    Statutory,
    WorkingDays,
    amended,
    deadline,
    explain,
    official,
    recompute,
)

from .moments import day, end_of, moment

BEFORE, AFTER = official(day("2020-01-26")), official(day("2020-01-27"))
START = moment("2020-01-21 09:00")


def test_the_amendment_of_2020_says_which_open_deadlines_moved_and_from_where_to_where():
    rules = {
        "notice": WorkingDays(5),
        "tomorrow": WorkingDays(1),
        "hotline": Hours(24),
        "month": EndOfMonth(),
        "streets": BeforeClock(time(6), (day("2020-02-01"),)),
    }
    moved = recompute(((key, deadline(rule, START, BEFORE)) for key, rule in rules.items()), AFTER)
    assert [(each.key, each.before.due, each.after.due) for each in moved] == [
        ("notice", end_of("2020-02-03"), end_of("2020-02-05"))
    ]
    assert (moved[0].before.calendar_version, moved[0].after.calendar_version) == (BEFORE.version, AFTER.version)


def test_a_moved_deadline_can_be_explained_with_the_new_calendar():
    (moved,) = recompute([("notice", deadline(WorkingDays(5), START, BEFORE))], AFTER)
    assert explain(moved.after, AFTER)[-1].date == day("2020-02-05")


def test_an_extension_granted_in_time_stays_when_the_calendar_later_makes_the_limit_shorter():
    granted = Extension(10, "局长（示例）", moment("2020-06-30 10:00"), "案情复杂（示例）")
    running = deadline(Statutory(), moment("2020-06-01 09:00"), AFTER, extension=granted)
    shorter = amended(AFTER, {day("2020-06-13"): True}, "saturday", "区政府办通知（示例）")
    assert deadline(Statutory(), running.start, shorter).due < granted.granted_at
    (moved,) = recompute([("licence", running)], shorter)
    assert (moved.before.due, moved.after.due) == (end_of("2020-07-14"), end_of("2020-07-13"))
    assert moved.after.extension == granted


def test_recomputing_with_the_same_calendar_moves_nothing():
    assert recompute([(n, deadline(WorkingDays(n), START, AFTER)) for n in range(1, 30)], AFTER) == []
