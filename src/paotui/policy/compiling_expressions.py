"""Expressions compiled: names resolved to facts, parameters, formulas, steps; kinds and places worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from paotui.authored.source import join
from paotui.authored.suggest import choose
from paotui.policy import program as p
from paotui.policy.rules import Expression, Formula, Operation
from paotui.policy.schema import Parameter, ParameterValue, Policy, Version

Report = Callable[[str, str, tuple[str, str], tuple[str, str]], None]
Values = Mapping[str, tuple[Parameter, ParameterValue | None]]

KIND_OF_FACT: dict[str, p.Kind] = {
    "integer": "number",
    "money": "number",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "choice": "choice",
    "text": "text",
    "credit_code": "text",
    "series": "series",
    "periods": "periods",
}
ZERO = p.Const("number", 0, False, Decimal(0))


def places_of(value: Decimal | int) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class ExpressionCompiler:
    """One version at one day; what was compiled under a name is kept in `done`."""

    def __init__(self, policy: Policy, version: Version, day: dt.date, values: Values, report: Report) -> None:
        self.policy, self.version, self.day, self.values, self.report = policy, version, day, values, report
        self.facts = {one.name: one for one in policy.facts}
        self.formulas: dict[str, tuple[Formula, str]] = {}
        place = next(number for number, one in enumerate(policy.versions) if one is version)
        for path, many in (
            ("formulas", policy.formulas),
            (f"versions[{place}].amount.steps", version.amount.steps),
            (f"versions[{place}].amount.also", version.amount.also),
        ):
            for number, one in enumerate(many):
                self.formulas[one.name] = (one, f"{path}[{number}]")
        self.done: dict[str, p.Named] = {}
        self.doing: list[str] = []

    def condition(self, condition: Any, path: str, outer: p.Meta | None) -> p.Test:
        raise NotImplementedError

    def number(self, expression: Expression, path: str) -> p.Expr:
        """Return a compiled number; anything else is reported."""
        found = self.expression(expression, path)
        if found.kind != "number":
            self.report(
                path,
                "kind",
                (f"这里要写数，不是{found.kind}", f"this must be a number, not a {found.kind}"),
                ("改用数值型的事实、参数或公式。", "Use a fact, parameter or formula that is a number."),
            )
            return ZERO
        return found

    def expression(self, expression: Expression, path: str) -> p.Expr:
        if isinstance(expression, Operation):
            return self._operation(expression, path)
        if isinstance(expression, bool):
            return p.Const("boolean", 0, False, expression)
        if isinstance(expression, int | Decimal):
            return p.Const("number", places_of(expression), False, Decimal(expression))
        if isinstance(expression, dt.date):
            return p.Const("date", 0, False, p.day_number(expression))
        return self.name(expression, path)

    def name(self, name: str, path: str) -> p.Expr:
        if name in self.facts:
            fact = self.facts[name]
            return p.FactRef(KIND_OF_FACT[fact.type], fact.kept_places, fact.type in ("money", "series"), name)
        if name in self.values:
            return self._parameter(name)
        if name in self.formulas:
            named = self.named(name, path)
            return p.NamedRef(named.expr.kind, named.expr.places, named.expr.money, name)
        known = [*self.facts, *self.values, *self.formulas]
        hint = choose(name, known)
        self.report(
            path, "unknown-name", (f"没有叫“{name}”的事实、参数或公式", f"nothing is called {name}"), (hint.zh, hint.en)
        )
        return ZERO

    def _parameter(self, name: str) -> p.Expr:
        parameter, found = self.values[name]
        money = parameter.type == "money"
        if parameter.type == "date":
            day = found.value if found else None
            return p.Param("date", 0, False, name, p.day_number(day) if isinstance(day, dt.date) else None)
        places = max(places_of(one.value) for one in parameter.values if not isinstance(one.value, dt.date))
        value = Decimal(found.value) if found and not isinstance(found.value, dt.date) else None
        return p.Param("number", places, money, name, value)

    def named(self, name: str, path: str) -> p.Named:
        """Return a formula or step compiled once; one that needs itself is reported."""
        formula, place = self.formulas[name]
        if name in self.done:
            return self.done[name]
        if name in self.doing:
            way = " → ".join([*self.doing[self.doing.index(name) :], name])
            self.report(
                path,
                "cycle",
                (f"公式绕回自身：{way}", f"the formula refers to itself: {way}"),
                ("去掉其中一处引用。", "Take one of these references out."),
            )
            return p.Named(name, formula.label, formula.clause, ZERO)
        self.doing.append(name)
        found = p.Named(name, formula.label, formula.clause, self.expression(formula.is_, join(place, "is")))
        self.doing.pop()
        return self.done.setdefault(name, found)

    def _operation(self, one: Operation, path: str) -> p.Expr:
        kind = one.kind
        below = join(path, kind)
        if kind in ("average", "total", "latest", "number_of"):
            return self._of_series(one, kind, below)
        if kind == "months":
            return self._months(one, path)
        if kind == "later":
            date = self._date(one.later, below)
            assert date is not None
            assert one.by_months is not None
            return p.Later("date", 0, False, date, one.by_months)
        if kind == "choose":
            return self._choose(one, below)
        given = getattr(one, kind)
        arguments = tuple(
            self.number(each, join(below, i) if isinstance(given, tuple) else below)
            for i, each in enumerate(given if isinstance(given, tuple) else (given,))
        )
        operation = cast(p.Operation, kind)
        return p.Arithmetic(
            "number", _places(kind, arguments, one), _money(kind, arguments), operation, arguments, one.rounding
        )

    def _fact(self, name: str, path: str, kind: p.Kind) -> str:
        if name not in self.facts or KIND_OF_FACT[self.facts[name].type] != kind:
            hint = choose(name, [one.name for one in self.policy.facts if KIND_OF_FACT[one.type] == kind])
            self.report(
                path,
                "unknown-name",
                (f"没有叫“{name}”的 {kind} 事实", f"no fact of type {kind} is called {name}"),
                (hint.zh, hint.en),
            )
            return ""
        return name

    def _of_series(self, one: Operation, kind: str, path: str) -> p.Expr:
        fact = self._fact(getattr(one, kind), path, "series")
        if not fact:
            return ZERO
        places = 0 if kind == "number_of" else max(0, one.rounding.places) if one.rounding else 2
        return p.OfSeries("number", places, kind != "number_of", kind, fact, one.last, one.rounding)  # type: ignore[arg-type]

    def _months(self, one: Operation, path: str) -> p.Expr:
        fact = self._fact(str(one.months), join(path, "months"), "periods")
        first = self._date(one.from_, join(path, "from"))
        last = self._date(one.until, join(path, "until"))
        return p.Months("number", 0, False, fact, first, last, one.counting == "started") if fact else ZERO

    def _date(self, expression: Expression | None, path: str) -> p.Expr | None:
        if expression is None:
            return None
        found = self.expression(expression, path)
        if found.kind != "date":
            self.report(
                path, "kind", ("这里要写日期", "this must be a date"), ("例如 2008-01-01。", "Such as 2008-01-01.")
            )
        return found

    def _choose(self, one: Operation, path: str) -> p.Expr:
        branches = tuple(
            (
                self.condition(each.if_, join(join(path, i), "if"), None),
                self.number(each.then, join(join(path, i), "then")),
            )
            for i, each in enumerate(one.choose or ())
        )
        assert one.otherwise is not None
        otherwise = self.number(one.otherwise, f"{path.removesuffix('choose')}otherwise")
        values = (*(then for _test, then in branches), otherwise)
        places, money = max(each.places for each in values), any(each.money for each in values)
        return p.Choose("number", places, money, branches, otherwise)


def _places(kind: str, arguments: tuple[p.Expr, ...], one: Operation) -> int:
    if one.rounding is not None:
        return max(0, one.rounding.places)
    return sum(each.places for each in arguments) if kind == "multiply" else max(each.places for each in arguments)


def _money(kind: str, arguments: tuple[p.Expr, ...]) -> bool:
    if kind == "divide":
        return arguments[0].money and not arguments[1].money
    return any(each.money for each in arguments)
