from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from paotui.playbooks.quotas import Standing, days_left, standing
from tests.playbooks.cast import CALENDAR, clock

JUNE = (dt.date(2020, 6, 1), dt.date(2020, 6, 30))


def june(at: str, *done: str) -> Standing:
    return standing(2, [clock(one) for one in done], *JUNE, clock(at), calendar=CALENDAR)


def test_nobody_is_behind_before_the_share_of_the_period_makes_a_whole_one() -> None:
    assert not june("2020-06-15 23:00").behind
    assert june("2020-06-16 00:00").behind
    assert june("2020-06-16 00:00").expected_now == 1


def test_a_closed_period_that_was_not_met_is_behind() -> None:
    assert not june("2020-06-30 23:59", "2020-06-10 15:00").behind
    assert june("2020-07-01 00:00", "2020-06-10 15:00").behind
    assert not june("2020-07-01 00:00", "2020-06-10 15:00", "2020-06-29 15:00").behind


def test_what_happens_later_is_not_done_yet() -> None:
    assert june("2020-06-16 00:00", "2020-06-17 09:00").done == 0


def test_going_on_at_this_pace_is_an_early_warning() -> None:
    one = june("2020-06-20 09:00", "2020-06-05 15:00")
    assert (one.behind, one.behind_at_pace) == (False, True)
    assert not june("2020-06-10 09:00", "2020-06-05 15:00").behind_at_pace


def test_a_quota_is_out_of_reach_when_fewer_working_days_are_left_than_sessions_missing() -> None:
    assert days_left(*JUNE, clock("2020-06-30 09:00"), CALENDAR) == 1
    assert june("2020-06-30 09:00").unreachable
    assert not june("2020-06-29 09:00").unreachable
    assert not june("2020-06-30 09:00", "2020-06-10 15:00").unreachable


def test_rest_days_do_not_count_as_days_left_and_shifted_working_days_do() -> None:
    # Dragon Boat Festival 25-27 June 2020; Sunday 28 June was a working day in exchange.
    assert days_left(*JUNE, clock("2020-06-25 09:00"), CALENDAR) == 3


def test_several_a_day_reach_further() -> None:
    at = clock("2020-06-30 09:00")
    assert not standing(2, [], *JUNE, at, calendar=CALENDAR, max_per_day=2).unreachable


def test_before_the_period_nobody_is_behind() -> None:
    one = june("2020-05-20 09:00")
    assert one == Standing(False, False, False, 2, 0, 0)


days = st.integers(0, 200)


@given(st.integers(1, 20), days, st.integers(0, 25))
def test_who_is_behind_now_is_also_behind_at_pace(required: int, day: int, done: int) -> None:
    start, end = dt.date(2020, 1, 1), dt.date(2020, 6, 30)
    at = clock("2020-01-01 12:00") + dt.timedelta(day)
    one = standing(required, [clock("2020-01-01 09:00")] * done, start, end, at, calendar=CALENDAR)
    assert one.behind_at_pace or not one.behind
    if at.date() > end:
        assert one.behind == one.behind_at_pace == (done < required)
        assert one.unreachable == (done < required)


@given(st.integers(1, 20), days, st.integers(0, 25))
def test_one_more_done_never_makes_a_standing_worse(required: int, day: int, done: int) -> None:
    start, end = dt.date(2020, 1, 1), dt.date(2020, 6, 30)
    at = clock("2020-01-01 12:00") + dt.timedelta(day)
    fewer, more = (
        standing(required, [clock("2020-01-01 09:00")] * n, start, end, at, calendar=CALENDAR) for n in (done, done + 1)
    )
    for name in ("behind", "behind_at_pace", "unreachable"):
        assert getattr(fewer, name) or not getattr(more, name)
