"""Facts of many cases, checked against their limits: rows with facts that cannot be are set aside with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from paotui.policy import facts
from paotui.policy.bulk_deciding import Codes
from paotui.policy.columns import AnyColumn, Array, Column, PeriodsColumn, SeriesColumn
from paotui.policy.schema import Fact, Policy


@dataclass(frozen=True, slots=True)
class Checked:
    """Columns within their limits; `refused` holds, row by row, the reason code plus one, 0 where nothing is wrong."""

    columns: Mapping[str, AnyColumn]
    bounds: Mapping[str, int]
    refused: Array | None


def check(policy: Policy, columns: Mapping[str, AnyColumn], codes: Codes, size: int) -> Checked:
    """Return the columns with what cannot be taken out, and the rows refused for it, by the first such fact."""
    kept, bounds, refused = dict(columns), {}, None
    for fact in policy.facts:
        column = columns.get(fact.name)
        if column is None:
            continue
        bad, bounds[fact.name] = _bad(fact, column)
        if bad is None:
            continue
        refused = np.zeros(size, np.int16) if refused is None else refused
        refused[np.logical_and(bad, refused == 0)] = codes[f"fact:{fact.name}"] + 1
        kept[fact.name] = _without(column, bad)
        bounds[fact.name] = _bad(fact, kept[fact.name])[1]
    return Checked(kept, bounds, refused)


def _bad(fact: Fact, column: AnyColumn) -> tuple[Array | None, int]:
    """Return where a column cannot be (None: nowhere), and the largest size in it."""
    if isinstance(column, PeriodsColumn):
        return _periods(column), 0
    if fact.type in ("boolean", "text"):
        return None, 1
    if fact.type == "credit_code":
        sound = column.values if column.known is None else column.values | ~column.known
        return (None if sound.all() else ~sound), 1
    least, most = _limits(fact)
    values = column.values
    low, high = _range(values, least >= 0)
    if least <= low and high <= most:
        return None, max(-low, high)
    outside: Array = np.logical_or(values < least, values > most)
    if isinstance(column, SeriesColumn):
        outside = np.asarray(outside.any(axis=1))
    if column.known is not None:
        outside = np.logical_and(outside, column.known)
    return (outside if outside.any() else None), max(-low, high)


def _range(values: Array, from_zero: bool) -> tuple[int, int]:
    """Return the least and the largest value; where only those from zero on are right, in one pass instead of two."""
    if not values.size:
        return 0, 0
    if from_zero and values.dtype == np.int64:
        # As an unsigned number anything negative is beyond every limit.
        high = int(values.view(np.uint64).max())
        if high < 2**63:
            return 0, high
    return int(values.min()), int(values.max())


def _limits(fact: Fact) -> tuple[int, int]:
    if fact.type == "choice":
        return 0, len(fact.choices) - 1
    if fact.type == "date":
        return facts.FIRST_DAY, facts.LAST_DAY
    least, most = fact.limits
    places = fact.kept_places
    return int(least.scaleb(places)), int(most.scaleb(places))


def _periods(column: PeriodsColumn) -> Array | None:
    place = np.arange(column.first.shape[1])
    used = place < column.count[:, None]
    wrong = used & (column.last < column.first)
    wrong[:, 1:] |= used[:, 1:] & (column.first[:, 1:] <= column.last[:, :-1])
    bad: Array = np.asarray(wrong.any(axis=1))
    if column.known is not None:
        bad = np.logical_and(bad, column.known)
    return bad if bad.any() else None


def _without(column: AnyColumn, bad: Array) -> AnyColumn:
    """Return the column with nothing in the rows set aside, so that no sum can be spoilt by them."""
    if isinstance(column, Column):
        return Column(np.where(bad, 0, column.values).astype(column.values.dtype), column.known)
    count = np.where(bad, 0, column.count)
    if isinstance(column, SeriesColumn):
        return SeriesColumn(np.where(bad[:, None], 0, column.values), count, column.known)
    return PeriodsColumn(column.first, column.last, count, column.known)
