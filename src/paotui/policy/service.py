"""Lengths of service: whole months and days left over, as the Civil Code counts months (art. 202).

A month from the 31st ends on the last day of a shorter month. Segments are added: months to months, days to days, and
thirty days left over make one month more.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from paotui.policy.program import day_number, day_of

DAYS_OF_A_MONTH = 30


def months_between(first: dt.date, after: dt.date) -> tuple[int, int]:
    """Return (whole months, days left over) from `first` up to, not including, `after`."""
    months = (after.year - first.year) * 12 + after.month - first.month
    if later(first, months) > after:
        months -= 1
    return months, (after - later(first, months)).days


def later(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` later, the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def length(periods: Iterable[tuple[int, int]], first: int | None, last: int | None) -> tuple[int, int]:
    """Return (whole months, days left over) of periods given as first and last day numbers, within first and last."""
    months = days = 0
    for begins, ends in periods:
        begins = begins if first is None else max(begins, first)
        ends = ends if last is None else min(ends, last)
        if begins <= ends:
            more, left = months_between(day_of(begins), day_of(ends + 1))
            months, days = months + more, days + left
    return months + days // DAYS_OF_A_MONTH, days % DAYS_OF_A_MONTH


def in_order(periods: Iterable[tuple[int, int]]) -> bool:
    """Tell whether periods end after they begin and do not overlap, in the order given."""
    end = None
    for begins, ends in periods:
        if ends < begins or (end is not None and begins <= end):
            return False
        end = ends
    return True


def numbers(first: dt.date, last: dt.date) -> tuple[int, int]:
    return day_number(first), day_number(last)
