"""Twenty working days and ten more (行政许可法 art. 42, 82)."""

from __future__ import annotations

import pytest

from paotui.worktime import (
    Extension,
    Pause,
    Statutory,
    WorkingDays,
    WorktimeError,
    deadline,
    extended,
    official,
    paused,
    resumed,
)

from .moments import end_of, moment

CALENDAR = official()
ACCEPTED = moment("2020-06-01 09:00")


def grant(
    days: int = 10, approver: str = "局长（示例）", at: str = "2020-06-20 10:00", reason: str = "案情复杂（示例）"
) -> Extension:
    return Extension(days, approver, moment(at), reason)


def test_a_licence_is_decided_within_twenty_working_days():
    assert deadline(Statutory(), ACCEPTED, CALENDAR).due == end_of("2020-06-30")


def test_an_extension_adds_ten_working_days():
    assert deadline(Statutory(), ACCEPTED, CALENDAR, extension=grant()).due == end_of("2020-07-14")


def test_several_departments_together_have_forty_five_and_fifteen():
    joint = deadline(Statutory(45, 15), ACCEPTED, CALENDAR, extension=grant(15))
    assert joint.due == deadline(WorkingDays(60), ACCEPTED, CALENDAR).due


@pytest.mark.parametrize(
    ("extension", "sentence"),
    [
        (grant(approver=" "), "takes an approver"),
        (grant(reason=""), "takes an approver and a reason"),
        (grant(11), "1 to 10 working days, not by 11"),
        (grant(0), "not by 0"),
        (grant(at="2020-07-01 00:00"), "granted while the limit runs"),
        (grant(at="2020-05-31 10:00"), "granted while the limit runs"),
    ],
)
def test_an_unlawful_extension_is_refused_with_a_sentence(extension, sentence):
    with pytest.raises(WorktimeError, match=sentence):
        deadline(Statutory(), ACCEPTED, CALENDAR, extension=extension)


def test_an_extension_granted_in_the_last_second_holds():
    last = grant(at="2020-06-30 23:59:59")
    assert deadline(Statutory(), ACCEPTED, CALENDAR, extension=last).due == end_of("2020-07-14")


def test_an_ordinary_deadline_cannot_be_extended():
    with pytest.raises(WorktimeError, match="Only a statutory limit"):
        deadline(WorkingDays(20), ACCEPTED, CALENDAR, extension=grant())


def test_a_second_extension_is_refused():
    once = extended(deadline(Statutory(), ACCEPTED, CALENDAR), CALENDAR, grant(5))
    with pytest.raises(WorktimeError, match="extended once already"):
        extended(once, CALENDAR, grant(5))


def test_a_pause_gives_more_time_to_grant_the_extension():
    running = deadline(Statutory(), ACCEPTED, CALENDAR)
    standing = paused(running, CALENDAR, at=moment("2020-06-29 10:00"), reason="听证（示例）")
    again = resumed(standing, CALENDAR, at=moment("2020-07-08 10:00"))
    assert again.due == end_of("2020-07-09")
    assert extended(again, CALENDAR, grant(at="2020-07-09 10:00")).due == end_of("2020-07-23")


def test_pausing_and_resuming_keeps_the_extension():
    running = deadline(Statutory(), ACCEPTED, CALENDAR, extension=grant())
    standing = paused(running, CALENDAR, at=moment("2020-07-13 09:00"), reason="检测（示例）")
    again = resumed(standing, CALENDAR, at=moment("2020-07-15 09:00"))
    assert (again.due, again.extension) == (end_of("2020-07-16"), running.extension)


def test_a_pause_in_the_extended_days_counts_too():
    pause = Pause(moment("2020-07-13 09:00"), moment("2020-07-15 09:00"), "检测（示例）")
    assert deadline(Statutory(), ACCEPTED, CALENDAR, pauses=[pause], extension=grant()).due == end_of("2020-07-16")
