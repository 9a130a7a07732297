"""Months of service: whole ones and days left over, one by one and in bulk."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.policy import bulk_months, service
from paotui.policy.program import day_number

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2050, 12, 31))


@pytest.mark.parametrize(
    ("first", "after", "months"),
    [
        (dt.date(2020, 1, 1), dt.date(2020, 7, 1), (6, 0)),
        (dt.date(2020, 1, 2), dt.date(2020, 7, 1), (5, 29)),
        (dt.date(2020, 1, 31), dt.date(2020, 2, 29), (1, 0)),
        (dt.date(2021, 1, 31), dt.date(2021, 2, 28), (1, 0)),
        (dt.date(2021, 1, 31), dt.date(2021, 3, 1), (1, 1)),
        (dt.date(2020, 2, 29), dt.date(2021, 2, 28), (12, 0)),
        (dt.date(2019, 12, 31), dt.date(2020, 1, 1), (0, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(first, after, months):
    assert service.months_between(first, after) == months


def test_periods_are_added_and_thirty_days_left_over_make_a_month():
    periods = [
        service.numbers(dt.date(2015, 1, 1), dt.date(2015, 6, 20)),
        service.numbers(dt.date(2016, 1, 1), dt.date(2016, 1, 15)),
    ]
    assert service.length(periods, None, None) == (6, 5)
    assert service.length(periods, day_number(dt.date(2016, 1, 1)), None) == (0, 15)
    assert service.length(periods, None, day_number(dt.date(2014, 12, 31))) == (0, 0)


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(0, 12_000))
def test_both_ways_count_the_same_months(first, days):
    after = first + dt.timedelta(days)
    months, left = bulk_months.between(np.array([day_number(first)]), np.array([day_number(after)]))
    assert (months[0], left[0]) == service.months_between(first, after)
    assert 0 <= left[0] < 31


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(-300, 300))
def test_both_ways_find_the_same_later_day(day, months):
    assert bulk_months.later(np.array([day_number(day)]), months)[0] == day_number(service.later(day, months))
