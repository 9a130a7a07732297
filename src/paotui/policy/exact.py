"""Arithmetic of policies in Decimal: exact, nothing rounded but where the policy says so."""

from __future__ import annotations

import decimal
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from paotui.policy.rules import Rounding

EXACT = decimal.Context(prec=300, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])
"""Sums and products of a policy are exact; should one ever not be, it fails instead of being a fen off."""

MODES = {
    "half_up": decimal.ROUND_HALF_UP, "half_even": decimal.ROUND_HALF_EVEN,
    "down": decimal.ROUND_DOWN, "up": decimal.ROUND_UP,
}  # fmt: skip
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is_": operator.eq, "is_not": operator.ne, "at_least": operator.ge, "at_most": operator.le,
    "more_than": operator.gt, "less_than": operator.lt,
}  # fmt: skip
_WIDE = decimal.Context(prec=300)


def total(values: Sequence[Decimal]) -> Decimal:
    return reduce(EXACT.add, values)


def divided(above: Decimal, below: Decimal, rounding: Rounding) -> Decimal:
    """Return above / below to so many places, rounded once and exactly: by the remainder, not by a long quotient."""
    whole, rest = _WIDE.divmod(above.scaleb(rounding.places, _WIDE), below)
    away = Decimal(1).copy_sign(above) * Decimal(1).copy_sign(below)
    twice, size = abs(rest) * 2, abs(below)
    up = (
        (rounding.mode == "up" and rest != 0)
        or (rounding.mode == "half_up" and twice >= size)
        or (rounding.mode == "half_even" and (twice > size or (twice == size and whole % 2 != 0)))
    )
    return _WIDE.add(whole, away if up else Decimal(0)).scaleb(-rounding.places, _WIDE)


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """Return a number rounded to so many places; places below zero round to tens, hundreds and so on."""
    return value.quantize(Decimal(1).scaleb(-rounding.places), MODES[rounding.mode], _WIDE)


def _quotient(values: list[Decimal], rounding: Rounding | None) -> Decimal | None:
    assert rounding is not None
    return divided(values[0], values[1], rounding) if values[1] else None


def _rounded(values: list[Decimal], rounding: Rounding | None) -> Decimal:
    assert rounding is not None
    return rounded(values[0], rounding)


ARITHMETIC: dict[str, Callable[[list[Decimal], Rounding | None], Decimal | None]] = {
    "add": lambda values, _rounding: total(values),
    "subtract": lambda values, _rounding: EXACT.subtract(values[0], values[1]),
    "multiply": lambda values, _rounding: reduce(EXACT.multiply, values),
    "divide": _quotient,
    "smaller_of": lambda values, _rounding: min(values),
    "larger_of": lambda values, _rounding: max(values),
    "round": _rounded,
}
