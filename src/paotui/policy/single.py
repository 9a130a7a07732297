"""One case, evaluated in Decimal and three-valued.

Conditions and expressions of a program become functions of a case once (`Ready`); a case walks no tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from paotui.policy import exact, service, walking
from paotui.policy import program as p
from paotui.worktime import LocalText

Function = Callable[["Case"], Any]
"""The value of an expression for a case, None where it is not known; of a condition True, False, or None."""


class Ready(dict[walking.Node, Function]):
    """The functions of a program, made when first asked for; and what rests on each fact."""

    def __init__(self, program: p.Program) -> None:
        super().__init__()
        self.program = program
        self.tests_on, self.named_on = walking.resting(program)

    def __missing__(self, node: walking.Node) -> Function:
        made = self[node] = _MAKE[type(node)](self, node)
        return made


@lru_cache(maxsize=1024)
def ready(program: p.Program) -> Ready:
    """Return a program made ready for cases."""
    return Ready(program)


class Case:
    """The facts of one case under a program; values are None where they are not known."""

    __slots__ = ("facts", "named_values", "program", "ready", "tests", "words")

    def __init__(self, program: p.Program, facts: Mapping[str, Any]) -> None:
        self.program, self.facts, self.ready = program, facts, ready(program)
        self.named_values: dict[str, Any] = {}
        self.tests: dict[p.Test, bool | None] = {}
        self.words: dict[str, LocalText] = {}
        """Facts put into words, kept by whoever explains the case."""

    def value(self, expr: p.Expr) -> Any:
        return self.ready[expr](self)

    def named(self, name: str) -> Any:
        """Return the value of a formula or step, worked out once."""
        if name not in self.named_values:
            self.named_values[name] = self.ready[self.program.named[name].expr](self)
        return self.named_values[name]

    def test(self, test: p.Test) -> bool | None:
        """Return True, False, or None where it cannot be told; worked out once."""
        tests = self.tests
        if test in tests:
            return tests[test]
        found: bool | None = self.ready[test](self)
        tests[test] = found
        return found

    def otherwise(self, facts: Mapping[str, Any]) -> Case:
        """Return the case with some facts changed, keeping all that does not rest on them."""
        found = Case(self.program, {**self.facts, **facts})
        found.tests, found.named_values = self.tests.copy(), self.named_values.copy()
        for fact in facts:
            for test in self.ready.tests_on.get(fact, ()):
                found.tests.pop(test, None)
            for name in self.ready.named_on.get(fact, ()):
                found.named_values.pop(name, None)
        return found

    def met(self, requirement: p.Requirement) -> bool | None:
        found = self.test(requirement.test)
        return found if requirement.section != "excluded" or found is None else not found


class Trial(Case):
    """A case one fact of which is tried with many values."""

    __slots__ = ("fact",)

    def __init__(self, case: Case, fact: str) -> None:
        super().__init__(case.program, dict(case.facts))
        self.fact = fact

    def holds(self, test: p.Test, value: Any) -> bool | None:
        """Return how a test comes out were the fact `value`."""
        found: bool | None = self.at(value).ready[test](self)
        return found

    def at(self, value: Any) -> Trial:
        self.facts[self.fact] = value  # type: ignore[index]
        self.named_values.clear()
        self.tests.clear()
        return self


def _constant(ready: Ready, expr: p.Const | p.Param) -> Function:
    value = expr.value
    return lambda case: value


def _fact(ready: Ready, expr: p.FactRef) -> Function:
    name = expr.name
    return lambda case: case.facts.get(name)


def _named(ready: Ready, expr: p.NamedRef) -> Function:
    name = expr.name
    return lambda case: case.named(name)


def _arithmetic(ready: Ready, expr: p.Arithmetic) -> Function:
    arguments = [ready[one] for one in expr.arguments]
    work, rounding = exact.ARITHMETIC[expr.operation], expr.rounding

    def value(case: Case) -> Decimal | None:
        values = [one(case) for one in arguments]
        return None if None in values else work(values, rounding)

    return value


def _of_series(ready: Ready, expr: p.OfSeries) -> Function:
    work = _SERIES[expr.operation]

    def value(case: Case) -> Decimal | None:
        found = case.facts.get(expr.fact)
        return None if found is None else work(expr, found[-expr.last :] if expr.last else found)

    return value


def _average(expr: p.OfSeries, entries: list[Decimal]) -> Decimal | None:
    assert expr.rounding is not None
    return exact.divided(exact.total(entries), Decimal(len(entries)), expr.rounding) if entries else None


_SERIES: dict[str, Callable[[p.OfSeries, list[Decimal]], Decimal | None]] = {
    "number_of": lambda expr, entries: Decimal(len(entries)),
    "total": lambda expr, entries: exact.total([Decimal(0), *entries]),
    "latest": lambda expr, entries: entries[-1] if entries else None,
    "average": _average,
}


def _months(ready: Ready, expr: p.Months) -> Function:
    first, last = (None if one is None else ready[one] for one in (expr.first, expr.last))

    def value(case: Case) -> Decimal | None:
        periods = case.facts.get(expr.fact)
        begins, ends = (None if one is None else one(case) for one in (first, last))
        if periods is None or (first is not None and begins is None) or (last is not None and ends is None):
            return None
        months, days = service.length(periods, begins, ends)
        return Decimal(months + (1 if expr.started and days else 0))

    return value


def _later(ready: Ready, expr: p.Later) -> Function:
    date, months = ready[expr.date], expr.months

    def value(case: Case) -> int | None:
        day = date(case)
        return None if day is None else p.day_number(service.later(p.day_of(day), months))

    return value


def _choose(ready: Ready, expr: p.Choose) -> Function:
    branches, otherwise = [(test, ready[then]) for test, then in expr.branches], ready[expr.otherwise]

    def value(case: Case) -> Any:
        for test, then in branches:
            found = case.test(test)
            if found is None:
                return None
            if found:
                return then(case)
        return otherwise(case)

    return value


def _group(ready: Ready, test: p.All | p.Any) -> Function:
    settles = isinstance(test, p.Any)
    """What a single child settles the group with: of alternatives one that holds, of several one that does not."""

    def holds(case: Case) -> bool | None:
        held: bool | None = not settles
        for one in test.children:
            found = case.test(one)
            if found is settles:
                return settles
            held = None if found is None else held
        return held

    return holds


def _not(ready: Ready, test: p.Not) -> Function:
    def holds(case: Case) -> bool | None:
        found = case.test(test.child)
        return None if found is None else not found

    return holds


def _compare(ready: Ready, test: p.Compare) -> Function:
    left, right, compare = ready[test.left], ready[test.right], exact.COMPARE[test.operator]

    def holds(case: Case) -> bool | None:
        one, other = left(case), right(case)
        return None if one is None or other is None else compare(one, other)

    fixed = test.right.value if isinstance(test.right, p.Const | p.Param) else None
    if fixed is None or not isinstance(test.left, p.FactRef):
        return holds
    name = test.left.name

    def fact_holds(case: Case) -> bool | None:
        """Do the same for the commonest of comparisons: a fact with a number that stands fast."""
        one = case.facts.get(name)
        return None if one is None else compare(one, fixed)

    return fact_holds


def _ratio(ready: Ready, test: p.Ratio) -> Function:
    numerator, denominator, right = ready[test.numerator], ready[test.denominator], ready[test.right]
    compare, multiply, without_base = exact.COMPARE[test.operator], exact.EXACT.multiply, test.without_base

    def holds(case: Case) -> bool | None:
        below = denominator(case)
        if below is None:
            return None
        if below <= 0:
            return without_base
        above, limit = numerator(case), right(case)
        return None if above is None or limit is None else compare(above, multiply(limit, below))

    return holds


def _one_of(ready: Ready, test: p.OneOf) -> Function:
    left, options = ready[test.left], [ready[one] for one in test.options]

    def holds(case: Case) -> bool | None:
        one = left(case)
        if one is None:
            return None
        many = [option(case) for option in options]
        return True if one in many else None if None in many else False

    return holds


def _is_known(ready: Ready, test: p.IsKnown) -> Function:
    left, known = ready[test.left], test.known
    return lambda case: (left(case) is not None) == known


_MAKE: dict[type[walking.Node], Callable[[Ready, Any], Function]] = {
    p.Const: _constant, p.Param: _constant, p.FactRef: _fact, p.NamedRef: _named, p.Arithmetic: _arithmetic,
    p.OfSeries: _of_series, p.Months: _months, p.Later: _later, p.Choose: _choose,
    p.All: _group, p.Any: _group, p.Not: _not, p.Compare: _compare, p.Ratio: _ratio, p.OneOf: _one_of,
    p.IsKnown: _is_known,
}  # fmt: skip
