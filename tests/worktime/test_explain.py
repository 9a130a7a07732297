"""A deadline told day by day."""

from __future__ import annotations

from datetime import time

import pytest

from paotui.worktime import (
    BeforeClock,
    CalendarDays,
    Extension,
    Hours,
    Pause,
    Statutory,
    WorkingDays,
    WorktimeError,
    deadline,
    explain,
    official,
)

from .moments import day, moment

CALENDAR = official()


def told(lines):
    return [(f"{line.date:%m-%d}", line.counted, line.running, line.reason.zh) for line in lines]


def test_each_day_is_counted_or_skipped_with_its_reason():
    made = deadline(WorkingDays(2), moment("2020-06-23 09:00"), CALENDAR)
    assert told(explain(made, CALENDAR)) == [
        ("06-23", False, 0, "开始的当日不计入"),
        ("06-24", True, 1, "工作日（周三）"),
        ("06-25", False, 1, "端午节放假"),
        ("06-26", False, 1, "端午节放假"),
        ("06-27", False, 1, "端午节放假"),
        ("06-28", True, 2, "端午节调休上班（周日）"),
    ]


def test_every_line_reads_in_english_too_and_names_its_source():
    lines = explain(deadline(WorkingDays(2), moment("2020-06-23 09:00"), CALENDAR), CALENDAR)
    assert lines[2].reason.in_language("en") == "Dragon Boat Festival holiday"
    assert lines[2].reason.in_language("zh-hans") == "端午节放假"
    assert lines[2].source == "国办发明电〔2019〕16号"
    assert all(line.source and line.reason.en for line in lines)


def test_paused_days_give_the_reason_of_the_pause():
    pause = Pause(moment("2020-07-07 10:00"), moment("2020-07-08 10:00"), "现场检验（示例）")
    made = deadline(WorkingDays(2), moment("2020-07-06 09:00"), CALENDAR, pauses=[pause])
    assert told(explain(made, CALENDAR))[1:] == [
        ("07-07", False, 0, "暂停计时：现场检验（示例）"),
        ("07-08", True, 1, "工作日（周三）"),
        ("07-09", True, 2, "工作日（周四）"),
    ]


def test_a_pause_after_the_closing_hour_leaves_the_last_day_counted():
    pause = Pause(moment("2020-07-07 18:00"), moment("2020-07-09 10:00"), "听证（示例）")
    made = deadline(WorkingDays(1, at_clock=time(17, 30)), moment("2020-07-06 09:00"), CALENDAR, pauses=[pause])
    assert told(explain(made, CALENDAR))[1:] == [("07-07", True, 1, "工作日（周二）")]


def test_while_paused_the_story_ends_at_the_pause():
    pause = Pause(moment("2020-07-08 10:00"), None, "听证（示例）")
    made = deadline(WorkingDays(5), moment("2020-07-06 09:00"), CALENDAR, pauses=[pause])
    assert told(explain(made, CALENDAR))[1:] == [
        ("07-07", True, 1, "工作日（周二）"),
        ("07-08", False, 1, "暂停计时：听证（示例）"),
    ]


def test_a_last_day_that_moves_says_so():
    made = deadline(CalendarDays(2), moment("2020-07-02 09:00"), CALENDAR)
    assert told(explain(made, CALENDAR)) == [
        ("07-02", False, 0, "开始的当日不计入"),
        ("07-03", True, 1, "按自然日计入"),
        ("07-04", True, 2, "按自然日计入"),
        ("07-05", False, 2, "周末休息（周日），最后一日顺延"),
        ("07-06", False, 2, "顺延至此日届满"),
    ]


def test_extended_days_name_their_approver():
    granted = Extension(2, "局长（示例）", moment("2020-06-20 10:00"), "案情复杂（示例）")
    made = deadline(Statutory(), moment("2020-06-01 09:00"), CALENDAR, extension=granted)
    counted = [line for line in explain(made, CALENDAR) if line.counted]
    assert len(counted) == 22
    assert [line.running for line in counted if "局长（示例）批准延长" in line.reason.zh] == [21, 22]


def test_hours_say_how_long_the_clock_ran_each_day():
    pause = Pause(moment("2020-07-04 00:00"), moment("2020-07-05 12:00"), "设备故障（示例）")
    made = deadline(Hours(24), moment("2020-07-03 17:30"), CALENDAR, pauses=[pause])
    assert told(explain(made, CALENDAR)) == [
        ("07-03", True, 6, "当日计时 6:30"),
        ("07-04", False, 6, "当日计时 0:00"),
        ("07-05", True, 18, "当日计时 12:00"),
        ("07-06", True, 24, "当日计时 5:30"),
    ]


def test_a_named_moment_has_one_line():
    made = deadline(BeforeClock(time(6), (day("2020-07-07"),)), moment("2020-07-05 09:00"), CALENDAR)
    assert told(explain(made, CALENDAR)) == [("07-07", False, 0, "指定时刻 06:00，不按天数计算")]


@pytest.mark.parametrize("rule", [WorkingDays(0), CalendarDays(0)])
def test_no_days_are_told_without_a_count(rule):
    lines = explain(deadline(rule, moment("2020-07-04 09:00"), CALENDAR), CALENDAR)
    assert [(f"{line.date:%m-%d}", line.counted, line.running) for line in lines] == [
        ("07-04", False, 0),
        ("07-05", False, 0),
        ("07-06", False, 0),
    ]


def test_another_version_of_the_calendar_cannot_explain_a_deadline():
    made = deadline(WorkingDays(5), moment("2020-01-21 09:00"), official(day("2020-01-22")))
    with pytest.raises(WorktimeError, match="recompute it first"):
        explain(made, CALENDAR)
