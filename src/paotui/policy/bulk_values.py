"""Expressions over many cases at once, in whole numbers: a value is an integer array, its decimal places, and a bound.

`bound` limits what the array can hold. Where a result could exceed 64 bits the arrays hold Python's own integers from
there on: slower, and exact all the same. `known` is None where everything is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from paotui.policy import program as p
from paotui.policy.bulk_months import later, months_of
from paotui.policy.columns import Array, Column, PeriodsColumn, SeriesColumn
from paotui.policy.rules import Rounding

if TYPE_CHECKING:
    from paotui.policy.bulk_tests import Chunk

SAFE = 2**62


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers (scaled by 10^places), dates, booleans or choices of many cases: arrays (n,), or () for all alike."""

    array: Any
    places: int
    bound: int
    known: Array | None = None


def nothing(places: int) -> Values:
    """Return a value unknown of every case: no sum needs to be tried with it."""
    return Values(np.int64(0), places, 0, np.asarray(False))


def lost(*many: Values) -> bool:
    """Tell whether one of the values is unknown of every case."""
    return any(one.known is not None and one.known.ndim == 0 and not one.known for one in many)


def both(*many: Array | None) -> Array | None:
    """Return where all are known."""
    found: Array | None = None
    for one in many:
        if one is not None:
            found = one if found is None else np.logical_and(found, one)
    return found


def safe(array: Any, bound: int) -> Any:
    """Return the array in a type that holds ± bound."""
    if bound < SAFE or getattr(array, "dtype", None) == np.object_:
        return array
    # A scalar would keep its 64 bits inside the object array.
    return np.asarray(int(array) if np.ndim(array) == 0 else array, dtype=object)


def scaled(one: Values, places: int) -> Values:
    """Return the same numbers with more decimal places."""
    if places == one.places:
        return one
    if lost(one):
        return nothing(places)
    factor = 10 ** (places - one.places)
    bound = one.bound * factor
    return Values(safe(one.array, bound) * factor, places, bound, one.known)


def aligned(many: list[Values]) -> tuple[list[Values], int]:
    places = max(one.places for one in many)
    return [scaled(one, places) for one in many], places


def added(many: list[Values], sign: int = 1) -> Values:
    lined, places = aligned(many)
    if lost(*many):
        return nothing(places)
    bound = sum(one.bound for one in lined)
    total = safe(lined[0].array, bound)
    for one in lined[1:]:
        total = total + safe(one.array, bound) if sign > 0 else total - safe(one.array, bound)
    return Values(total, places, bound, both(*(one.known for one in many)))


def multiplied(many: list[Values]) -> Values:
    if lost(*many):
        return nothing(sum(one.places for one in many))
    total, bound, places = many[0].array, many[0].bound, many[0].places
    for one in many[1:]:
        bound *= one.bound
        total = safe(total, bound) * safe(one.array, bound)
        places += one.places
    return Values(total, places, bound, both(*(one.known for one in many)))


def extreme(many: list[Values], pick: Callable[[Any, Any], Any]) -> Values:
    lined, places = aligned(many)
    found = lined[0].array
    for one in lined[1:]:
        found = pick(found, one.array)
    return Values(found, places, max(one.bound for one in lined), both(*(one.known for one in many)))


def divided(above: Values, below: Values, rounding: Rounding) -> Values:
    """Return above / below, rounded once; where the divisor is nothing it is unknown."""
    if lost(above, below):
        return nothing(max(0, rounding.places))
    shift = rounding.places + below.places - above.places
    top, bottom = 10 ** max(shift, 0), 10 ** max(-shift, 0)
    bound = max(above.bound * top, below.bound * bottom) * 2
    numerator, denominator = safe(above.array, bound) * top, safe(below.array, bound) * bottom
    defined = np.not_equal(denominator, 0)
    known = both(above.known, below.known)
    if not np.all(defined):
        denominator = np.where(defined, denominator, 1)
        known = both(known, np.asarray(defined, dtype=bool))
    return _restored(_quotient(numerator, denominator, rounding.mode), rounding.places, above.bound * top, known)


def rounded(one: Values, rounding: Rounding) -> Values:
    if lost(one):
        return nothing(max(0, rounding.places))
    shift = one.places - rounding.places
    if shift <= 0:
        return scaled(one, rounding.places)
    divisor = 10**shift
    bound = max(one.bound, divisor) * 2
    return _restored(_quotient(safe(one.array, bound), divisor, rounding.mode), rounding.places, one.bound, one.known)


def _quotient(above: Any, below: Any, mode: str) -> Any:
    """Return above / below as whole numbers, rounded by `mode` away from or towards zero."""
    size, divisor = np.abs(above), np.abs(below)
    whole = size // divisor
    if mode != "down":
        rest = size - whole * divisor
        if mode == "up":
            whole = whole + np.greater(rest, 0)
        elif mode == "half_up":
            whole = whole + np.greater_equal(rest * 2, divisor)
        else:
            tie = np.logical_and(np.equal(rest * 2, divisor), np.equal(whole % 2, 1))
            whole = whole + np.logical_or(np.greater(rest * 2, divisor), tie)
    return whole * (np.sign(above) * np.sign(below))


def _restored(array: Any, places: int, bound: int, known: Array | None) -> Values:
    """Return rounded numbers with no fewer than no decimal places: hundreds become units again."""
    found = Values(array, places, bound + 1, known)
    if places >= 0:
        return found
    return scaled(found, 0)


def constant(expr: p.Const | p.Param) -> Values:
    if expr.value is None:
        return Values(np.int64(0), expr.places, 0, np.asarray(False))
    if expr.kind == "number":
        whole = int(expr.value.scaleb(expr.places))  # type: ignore[union-attr]
        return Values(whole, expr.places, abs(whole))
    return Values(expr.value, 0, abs(expr.value) if isinstance(expr.value, int) else 0)


def _fact(chunk: Chunk, expr: p.FactRef) -> Values:
    column = chunk.columns.get(expr.name)
    if column is None:
        return Values(np.int64(0), expr.places, 0, np.asarray(False))
    if isinstance(column, Column):
        return Values(column.values, expr.places, chunk.bound(expr.name), column.known)
    return Values(column.count, 0, 0, column.known)


def _arithmetic(chunk: Chunk, expr: p.Arithmetic) -> Values:
    many = [chunk.value(one) for one in expr.arguments]
    if expr.operation == "divide":
        assert expr.rounding is not None
        return divided(many[0], many[1], expr.rounding)
    if expr.operation == "round":
        assert expr.rounding is not None
        return rounded(many[0], expr.rounding)
    if expr.operation == "multiply":
        return multiplied(many)
    if expr.operation in ("smaller_of", "larger_of"):
        return extreme(many, np.minimum if expr.operation == "smaller_of" else np.maximum)
    return added(many, -1 if expr.operation == "subtract" else 1)


def _of_series(chunk: Chunk, expr: p.OfSeries) -> Values:
    column = chunk.columns.get(expr.fact)
    if not isinstance(column, SeriesColumn):
        return Values(np.int64(0), expr.places, 0, np.asarray(False))
    last = expr.last or column.values.shape[1]
    count = np.minimum(column.count, last)
    if expr.operation == "number_of":
        return Values(count, 0, last, column.known)
    known = column.known if expr.operation == "total" else both(column.known, column.count > 0)
    most = chunk.bound(expr.fact)
    if expr.operation == "latest":
        return Values(column.values[:, -1], 2, most, known)
    total = Values(column.values[:, -last:].sum(axis=1), 2, most * last, known)
    if expr.operation == "total":
        return total
    assert expr.rounding is not None
    return divided(total, Values(count, 0, last), expr.rounding)


def _months(chunk: Chunk, expr: p.Months) -> Values:
    column = chunk.columns.get(expr.fact)
    if not isinstance(column, PeriodsColumn):
        return Values(np.int64(0), 0, 0, np.asarray(False))
    first, last = (None if one is None else chunk.value(one) for one in (expr.first, expr.last))
    limits = [None if one is None else one.array for one in (first, last)]
    months, days = months_of(column, *limits)
    known = both(column.known, *(one.known for one in (first, last) if one is not None))
    return Values(months + (days > 0) if expr.started else months, 0, 120_000, known)


def _later(chunk: Chunk, expr: p.Later) -> Values:
    day = chunk.value(expr.date)
    return Values(later(np.asarray(day.array), expr.months), 0, 0, day.known)


def _choose(chunk: Chunk, expr: p.Choose) -> Values:
    """Return, case by case, the value of the first branch that holds; unknown where a test before it is unknown."""
    found = scaled(chunk.value(expr.otherwise), expr.places)
    array, known, bound = found.array, found.known, found.bound
    for test, then in reversed(expr.branches):
        verdict = chunk.test(test)
        value = scaled(chunk.value(then), expr.places)
        bound = max(bound, value.bound)
        array = np.where(verdict.yes, safe(value.array, bound), safe(array, bound))
        here = (
            None
            if value.known is None and known is None
            else np.where(verdict.yes, True if value.known is None else value.known, True if known is None else known)
        )
        known = both(here, verdict.decided)
    return Values(array, expr.places, bound, known)


VALUE: dict[type[p.Expr], Callable[[Any, Any], Values]] = {
    p.Const: lambda chunk, expr: constant(expr),
    p.Param: lambda chunk, expr: constant(expr),
    p.FactRef: _fact,
    p.NamedRef: lambda chunk, expr: chunk.named(expr.name),
    p.Arithmetic: _arithmetic,
    p.OfSeries: _of_series,
    p.Months: _months,
    p.Later: _later,
    p.Choose: _choose,
}
