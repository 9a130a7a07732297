"""Lengths of service of many cases at once: the same count as `service.length`, on arrays of days."""

from __future__ import annotations

from typing import Any

import numpy as np

from paotui.policy.columns import Array, PeriodsColumn
from paotui.policy.service import DAYS_OF_A_MONTH


def months_of(column: PeriodsColumn, first: Any, last: Any) -> tuple[Array, Array]:
    """Return (whole months, days left over), each of shape (n,), of the periods within first and last."""
    months, days = np.zeros(len(column), np.int64), np.zeros(len(column), np.int64)
    for place in range(column.first.shape[1]):
        begins, ends = column.first[:, place], column.last[:, place]
        begins = begins if first is None else np.maximum(begins, first)
        ends = ends if last is None else np.minimum(ends, last)
        used = np.logical_and(column.count > place, begins <= ends)
        more, left = between(np.where(used, begins, 0), np.where(used, ends + 1, 0))
        months, days = months + more, days + left
    return months + days // DAYS_OF_A_MONTH, days % DAYS_OF_A_MONTH


def between(first: Array, after: Array) -> tuple[Array, Array]:
    """Return (whole months, days left over) from `first` up to, not including, `after`; day numbers in and out."""
    first_month, after_month = (
        one.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) for one in (first, after)
    )
    months = after_month - first_month
    months = months - (_later(first, first_month, months) > after)
    return months, after - _later(first, first_month, months)


def later(day: Array, months: int) -> Array:
    """Return the same day of the month `months` later, as `service.later` does."""
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return _later(day, month, np.asarray(months))


def _later(day: Array, month: Array, months: Array) -> Array:
    """Return the same day of the month `months` later, the last one where that month is shorter."""
    start, next_start = _start(month + months), _start(month + months + 1)
    return start + np.minimum(day - _start(month), next_start - start - 1)


def _start(month: Array) -> Array:
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
