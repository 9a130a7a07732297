"""Columns of facts for the bulk evaluation: whole numbers in arrays, and which of them are known.

integer: int64. money: int64 fen. decimal: int64, scaled by its places. boolean: bool. date: int64 days since
1970-01-01. choice: int64, the number of the choice in the policy. text and credit_code: bool, whether it is sound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np

from paotui import credit_code
from paotui.policy.program import day_number, day_of
from paotui.policy.schema import Fact, Policy

Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one fact, shape (n,); `known` is a bool array of the same shape, None when all are known."""

    values: Array
    known: Array | None = None

    def __len__(self) -> int:
        return len(self.values)

    def part(self, rows: Any) -> Column:
        return Column(self.values[rows], None if self.known is None else self.known[rows])


@dataclass(frozen=True, slots=True)
class SeriesColumn:
    """Amounts in fen, shape (n, k), each row's own at the end of it; `count` of them are used, shape (n,)."""

    values: Array
    count: Array
    known: Array | None = None

    def __len__(self) -> int:
        return len(self.values)

    def part(self, rows: Any) -> SeriesColumn:
        return SeriesColumn(self.values[rows], self.count[rows], None if self.known is None else self.known[rows])


@dataclass(frozen=True, slots=True)
class PeriodsColumn:
    """First and last days, shape (n, k), the first `count` of a row used, shape (n,)."""

    first: Array
    last: Array
    count: Array
    known: Array | None = None

    def __len__(self) -> int:
        return len(self.first)

    def part(self, rows: Any) -> PeriodsColumn:
        known = None if self.known is None else self.known[rows]
        return PeriodsColumn(self.first[rows], self.last[rows], self.count[rows], known)


AnyColumn = Column | SeriesColumn | PeriodsColumn
Columns = Mapping[str, AnyColumn]


def of_rows(policy: Policy, rows: Sequence[Mapping[str, Any]]) -> dict[str, AnyColumn]:
    """Return columns of the facts of many cases, given as for one (see `facts.Facts`); a wrong type raises TypeError.

    Facts no row has are left out: they are unknown.
    """
    names = {name for row in rows for name in row}
    return {
        fact.name: of_values(fact, [row.get(fact.name) for row in rows]) for fact in policy.facts if fact.name in names
    }


def of_values(fact: Fact, values: Sequence[Any]) -> AnyColumn:
    """Return the column of one fact; None is unknown."""
    known = np.fromiter((one is not None for one in values), bool, len(values))
    mask = None if known.all() else known
    if fact.type == "series":
        return _series([[] if one is None else one for one in values], mask)
    if fact.type == "periods":
        return _periods([[] if one is None else one for one in values], mask)
    make = _whole(fact)
    found = [0 if one is None else make(one) for one in values]
    kind = bool if fact.type in ("boolean", "text", "credit_code") else np.int64
    try:
        return Column(np.array(found, dtype=kind), mask)
    except OverflowError:
        # Beyond 64 bits: surely refused, and refused as what it is.
        return Column(np.array([max(-WRONG, min(one, WRONG)) for one in found], dtype=np.int64), mask)


WRONG = 2**63 - 1
"""Stands for a number that is none of its type: beyond every limit, so that its row is refused."""


def _whole(fact: Fact) -> Any:
    if fact.type in ("integer", "money", "decimal"):
        return partial(_scaled, places=fact.kept_places)
    if fact.type == "choice":
        options = {one.value: number for number, one in enumerate(fact.choices)}
        return lambda one: options.get(one, -1)
    if fact.type == "date":
        return lambda one: day_number(one) if isinstance(one, dt.date) and not isinstance(one, dt.datetime) else WRONG
    return {"boolean": _boolean, "text": lambda one: True, "credit_code": _sound}[fact.type]


def _scaled(one: Any, places: int) -> int:
    if isinstance(one, bool) or not isinstance(one, int | Decimal) or not Decimal(one).is_finite():
        return WRONG
    found = Decimal(one).scaleb(places)
    return int(found) if found == found.to_integral_value() else WRONG


def _boolean(one: Any) -> bool:
    if not isinstance(one, bool):
        raise TypeError(f"{one!r} is neither true nor false")
    return one


def _sound(one: Any) -> bool:
    return credit_code.is_sound(str(one))


def _series(lists: Sequence[Sequence[Any]], known: Array | None) -> SeriesColumn:
    width = max((len(one) for one in lists), default=0)
    values = np.zeros((len(lists), max(width, 1)), np.int64)
    for row, one in enumerate(lists):
        if one:
            values[row, values.shape[1] - len(one) :] = [min(_scaled(each, 2), WRONG) for each in one]
    return SeriesColumn(values, np.array([len(one) for one in lists], np.int64), known)


def _periods(lists: Sequence[Sequence[tuple[dt.date, dt.date]]], known: Array | None) -> PeriodsColumn:
    width = max((len(one) for one in lists), default=0)
    first = np.zeros((len(lists), max(width, 1)), np.int64)
    last = np.zeros_like(first)
    for row, one in enumerate(lists):
        for place, (begins, ends) in enumerate(one):
            first[row, place], last[row, place] = day_number(begins), day_number(ends)
    return PeriodsColumn(first, last, np.array([len(one) for one in lists], np.int64), known)


def broadcast(fact: Fact, value: Any, size: int) -> AnyColumn:
    """Return a column that says the same for everybody: a fact told once for a run."""
    return of_values(fact, [value]).part(np.zeros(size, np.intp))


def row_of(policy: Policy, columns: Columns, row: int) -> dict[str, Any]:
    """Return the facts of one row as `assess` takes them; what is not known is left out."""
    known = {fact.name: fact for fact in policy.facts}
    found = {name: _cell(known[name], column, row) for name, column in columns.items()}
    return {name: value for name, value in found.items() if value is not None}


def _cell(fact: Fact, column: AnyColumn, row: int) -> Any:
    if column.known is not None and not column.known[row]:
        return None
    if isinstance(column, SeriesColumn):
        used = column.values[row, column.values.shape[1] - int(column.count[row]) :]
        return [Decimal(int(one)).scaleb(-2) for one in used]
    if isinstance(column, PeriodsColumn):
        places = range(int(column.count[row]))
        return [(day_of(column.first[row, at]), day_of(column.last[row, at])) for at in places]
    value = column.values[row]
    if fact.type == "choice":
        return fact.choices[value].value if 0 <= value < len(fact.choices) else "?"
    if fact.type == "date":
        return day_of(int(value))
    if fact.type in ("boolean", "text", "credit_code"):
        return bool(value) if fact.type == "boolean" else None
    return Decimal(int(value)).scaleb(-fact.kept_places)
