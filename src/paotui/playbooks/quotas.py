"""Quotas: who is behind now, who will be behind at this pace, and what can no longer be reached.

For a period of `total` days of which `elapsed` are over at the moment asked (today is not over yet):

- expected now   = floor(required × elapsed / total), and `required` once the period has ended;
- behind         = done < expected now;
- behind at pace = done / elapsed × total < required: going on like this, the period ends short;
- unreachable    = missing > working days left × max_per_day, today being one of the days left.

Behind is what can be held against somebody today; behind at pace is an early warning and never anything more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from paotui.authored.base import in_zone
from paotui.worktime import Calendar, official


@dataclass(frozen=True, slots=True)
class Standing:
    """How one quota stands at a moment."""

    behind: bool
    behind_at_pace: bool
    unreachable: bool
    required: int
    done: int
    expected_now: int


def standing(
    required: int,
    done_times: Iterable[dt.datetime],
    period_start: dt.date,
    period_end: dt.date,
    at: dt.datetime,
    *,
    calendar: Calendar | None = None,
    max_per_day: int = 1,
) -> Standing:
    """Return how a quota of `required` stands at `at`.

    `done_times` are those of the work counting towards this period, late work included; what lies after `at` is not
    done yet. `calendar` says which days left are working days (default: the official one); raises UnknownYear.
    """
    done = sum(one <= at for one in done_times)
    total = (period_end - period_start).days + 1
    elapsed = min(max((in_zone(at).date() - period_start).days, 0), total)
    expected = required * elapsed // total
    return Standing(
        behind=done < expected,
        behind_at_pace=done * total < required * elapsed,
        unreachable=required > done
        and required - done > days_left(period_start, period_end, at, calendar) * max_per_day,
        required=required,
        done=done,
        expected_now=expected,
    )


def days_left(start: dt.date, end: dt.date, at: dt.datetime, calendar: Calendar | None = None) -> int:
    """Return the working days from the day of `at` or the period's start, whichever is later, to the period's end."""
    first = max(in_zone(at).date(), start)
    if first > end:
        return 0
    days = calendar or official()
    return days.working_before(end) - days.working_before(first) + days.is_working(end)
