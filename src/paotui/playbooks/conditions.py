"""Conditions: comparisons on facts, values and the clock.

What is not known satisfies none of them, except `known: false`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from paotui.authored.base import in_zone
from paotui.playbooks.schema import Condition

Facts = Mapping[str, Any]
Test = Callable[[Facts, Facts, dt.datetime | None], bool]
"""(facts, values, at) -> does it hold?"""

NOTHING: Facts = {}


def holds(
    conditions: Iterable[Condition], *, facts: Facts, values: Facts | None = None, at: dt.datetime | None = None
) -> bool:
    """Tell whether all `conditions` hold for typed facts of a target, typed values of a record, and its moment `at`."""
    return all(_test(one)(facts, NOTHING if values is None else values, at) for one in conditions)


def compiled(conditions: Iterable[Condition]) -> Test | None:
    """Return the conditions as one function to call many times; None when there are none, which always holds."""
    tests = tuple(_test(one) for one in conditions)
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return lambda facts, values, at: all(test(facts, values, at) for test in tests)


def _test(condition: Condition) -> Test:
    name, right = condition.comparison
    if name == "known":
        return _on_left(condition, lambda left: is_known(left) is right)
    compare = _COMPARE[name]
    if name == "is_":  # by far the most frequent: a value of the very same type needs no aligning
        kind = right.__class__
        return _on_left(
            condition, lambda left: left == right if left.__class__ is kind else is_known(left) and compare(left, right)
        )
    return _on_left(condition, lambda left: is_known(left) and compare(left, right))


def _on_left(condition: Condition, check: Callable[[Any], bool]) -> Test:
    if condition.clock:
        return lambda facts, values, at: check(at)
    if condition.fact is not None:
        fact = condition.fact
        return lambda facts, values, at: check(facts.get(fact))
    value = condition.value or ""
    return lambda facts, values, at: check(values.get(value))


def is_known(value: Any) -> bool:
    """Tell whether a fact or value is known: a blank is not."""
    return value is not None and value != ""


def same(left: Any, right: Any) -> bool:
    """Tell whether two typed values are equal; true is not 1, and a moment equals its day or its clock time."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    pair = aligned(left, right)
    return pair is not None and bool(pair[0] == pair[1])


def aligned(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Return both sides as values of one type, in the coarser of the two; None when they cannot be compared."""
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left, right
    if isinstance(left, dt.datetime | dt.date | dt.time) and isinstance(right, str):
        return _as_written(left, right)
    if isinstance(right, dt.datetime | dt.date | dt.time) and isinstance(left, str):
        return _as_written(right, left, swapped=True)
    if isinstance(left, dt.datetime) or isinstance(right, dt.datetime):
        return _moments(left, right)
    return (left, right) if type(left) is type(right) else None


def _moments(left: Any, right: Any) -> tuple[Any, Any] | None:
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        return in_zone(left), in_zone(right)
    if isinstance(left, dt.datetime):
        part = _part(left, right)
        return None if part is None else (part, right)
    part = _part(right, left)
    return None if part is None else (left, part)


def _part(moment: dt.datetime, like: Any) -> dt.date | dt.time | None:
    if isinstance(like, dt.time):
        return in_zone(moment).time()
    return in_zone(moment).date() if isinstance(like, dt.date) else None


def _as_written(typed: Any, text: str, *, swapped: bool = False) -> tuple[Any, Any] | None:
    for kind in (dt.time, dt.date, dt.datetime):
        try:
            read = kind.fromisoformat(text)
        except ValueError:
            continue
        return aligned(read, typed) if swapped else aligned(typed, read)
    return None


def _ordered(left: Any, right: Any, check: Callable[[Any, Any], bool]) -> bool:
    pair = aligned(left, right)
    return pair is not None and not isinstance(pair[0], str) and check(*pair)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is_": same,
    "is_not": lambda left, right: not same(left, right),
    "in_": lambda left, right: any(same(left, one) for one in right),
    "at_least": lambda left, right: _ordered(left, right, lambda a, b: a >= b),
    "at_most": lambda left, right: _ordered(left, right, lambda a, b: a <= b),
    "before": lambda left, right: _ordered(left, right, lambda a, b: a < b),
    "after": lambda left, right: _ordered(left, right, lambda a, b: a > b),
}
