"""One case, evaluated in Decimal: exact, three-valued, nothing rounded but where the policy says so."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from paotui.policy import program as p
from paotui.policy import service
from paotui.policy.rules import Rounding
from paotui.policy.walking import top_tests
from paotui.worktime import LocalText

EXACT = decimal.Context(prec=300, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])
"""Sums and products of a policy are exact; should one ever not be, it fails instead of being a fen off."""

MODES = {
    "half_up": decimal.ROUND_HALF_UP, "half_even": decimal.ROUND_HALF_EVEN,
    "down": decimal.ROUND_DOWN, "up": decimal.ROUND_UP,
}  # fmt: skip
_WIDE = decimal.Context(prec=300)


class Case:
    """The facts of one case under a program; values are None where they are not known."""

    def __init__(self, program: p.Program, facts: Mapping[str, Any]) -> None:
        self.program, self.facts = program, facts
        self._named: dict[str, Any] = {}
        self._tests: dict[p.Test, bool | None] = {}
        self.words: dict[str, LocalText] = {}
        """Facts put into words, kept by whoever explains the case."""

    def value(self, expr: p.Expr) -> Any:
        return _VALUE[type(expr)](self, expr)

    def named(self, name: str) -> Any:
        """Return the value of a formula or step, worked out once."""
        if name not in self._named:
            self._named[name] = self.value(self.program.named[name].expr)
        return self._named[name]

    def test(self, test: p.Test) -> bool | None:
        """Return True, False, or None where it cannot be told."""
        if test not in self._tests:
            self._tests[test] = _TEST[type(test)](self, test)
        return self._tests[test]

    def otherwise(self, facts: Mapping[str, Any]) -> Case:
        """Return the case with some facts changed, keeping the conditions that do not rest on them."""
        found = Case(self.program, {**self.facts, **facts})
        changed = facts.keys()
        for test, rests_on in top_tests(self.program):
            if test in self._tests and rests_on.isdisjoint(changed):
                found._tests[test] = self._tests[test]
        return found

    def met(self, requirement: p.Requirement) -> bool | None:
        found = self.test(requirement.test)
        return found if requirement.section != "excluded" or found is None else not found


def _arithmetic(case: Case, expr: p.Arithmetic) -> Decimal | None:
    values = [case.value(one) for one in expr.arguments]
    if None in values:
        return None
    return _ARITHMETIC[expr.operation](values, expr.rounding)


def _add(values: list[Decimal], _rounding: Rounding | None) -> Decimal:
    total = values[0]
    for one in values[1:]:
        total = EXACT.add(total, one)
    return total


def _multiply(values: list[Decimal], _rounding: Rounding | None) -> Decimal:
    total = values[0]
    for one in values[1:]:
        total = EXACT.multiply(total, one)
    return total


def _divide(values: list[Decimal], rounding: Rounding | None) -> Decimal | None:
    assert rounding is not None
    return divided(values[0], values[1], rounding) if values[1] else None


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


def _round(values: list[Decimal], rounding: Rounding | None) -> Decimal:
    assert rounding is not None
    return rounded(values[0], rounding)


_ARITHMETIC: dict[str, Callable[[list[Decimal], Rounding | None], Decimal | None]] = {
    "add": _add,
    "subtract": lambda values, _rounding: EXACT.subtract(values[0], values[1]),
    "multiply": _multiply,
    "divide": _divide,
    "smaller_of": lambda values, _rounding: min(values),
    "larger_of": lambda values, _rounding: max(values),
    "round": _round,
}


def _of_series(case: Case, expr: p.OfSeries) -> Decimal | None:
    found = case.facts.get(expr.fact)
    if found is None:
        return None
    entries = found[-expr.last :] if expr.last else found
    if expr.operation == "number_of":
        return Decimal(len(entries))
    if expr.operation == "total":
        return _add([Decimal(0), *entries], None)
    if not entries:
        return None
    if expr.operation == "latest":
        return cast(Decimal, entries[-1])
    assert expr.rounding is not None
    return divided(_add(entries, None), Decimal(len(entries)), expr.rounding)


def _months(case: Case, expr: p.Months) -> Decimal | None:
    periods = case.facts.get(expr.fact)
    limits = [None if one is None else case.value(one) for one in (expr.first, expr.last)]
    if periods is None or any(
        one is not None and found is None for one, found in zip((expr.first, expr.last), limits, strict=True)
    ):
        return None
    months, days = service.length(periods, limits[0], limits[1])
    return Decimal(months + (1 if expr.started and days else 0))


def _later(case: Case, expr: p.Later) -> int | None:
    day = case.value(expr.date)
    return None if day is None else p.day_number(service.later(p.day_of(day), expr.months))


def _choose(case: Case, expr: p.Choose) -> Any:
    for test, then in expr.branches:
        found = case.test(test)
        if found is None:
            return None
        if found:
            return case.value(then)
    return case.value(expr.otherwise)


_VALUE: dict[type[p.Expr], Callable[[Case, Any], Any]] = {
    p.Const: lambda case, expr: expr.value,
    p.Param: lambda case, expr: expr.value,
    p.FactRef: lambda case, expr: case.facts.get(expr.name),
    p.NamedRef: lambda case, expr: case.named(expr.name),
    p.Arithmetic: _arithmetic,
    p.OfSeries: _of_series,
    p.Months: _months,
    p.Later: _later,
    p.Choose: _choose,
}


def _all(case: Case, test: p.All) -> bool | None:
    found = [case.test(one) for one in test.children]
    return False if False in found else None if None in found else True


def _any(case: Case, test: p.Any) -> bool | None:
    found = [case.test(one) for one in test.children]
    return True if True in found else None if None in found else False


def _not(case: Case, test: p.Not) -> bool | None:
    found = case.test(test.child)
    return None if found is None else not found


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is_": lambda left, right: left == right,
    "is_not": lambda left, right: left != right,
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "more_than": lambda left, right: left > right,
    "less_than": lambda left, right: left < right,
}


def _compare(case: Case, test: p.Compare) -> bool | None:
    left, right = case.value(test.left), case.value(test.right)
    return None if left is None or right is None else bool(COMPARE[test.operator](left, right))


def _ratio(case: Case, test: p.Ratio) -> bool | None:
    above, below, limit = case.value(test.numerator), case.value(test.denominator), case.value(test.right)
    if below is not None and below <= 0:
        return test.without_base
    if above is None or below is None or limit is None:
        return None
    return bool(COMPARE[test.operator](above, EXACT.multiply(limit, below)))


def _one_of(case: Case, test: p.OneOf) -> bool | None:
    left = case.value(test.left)
    options = [case.value(one) for one in test.options]
    if left is None:
        return None
    return True if left in options else None if None in options else False


def _is_known(case: Case, test: p.IsKnown) -> bool:
    return (case.value(test.left) is not None) == test.known


_TEST: dict[type[p.Test], Callable[[Case, Any], bool | None]] = {
    p.All: _all, p.Any: _any, p.Not: _not, p.Compare: _compare, p.Ratio: _ratio, p.OneOf: _one_of, p.IsKnown: _is_known,
}  # fmt: skip
