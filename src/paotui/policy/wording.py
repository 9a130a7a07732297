"""Numbers, amounts, dates and facts in words, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from paotui.policy import program as p
from paotui.policy.rules import Text
from paotui.policy.schema import Fact, Parameter
from paotui.worktime import LocalText

UNKNOWN = LocalText("未知", "unknown")
YES, NO = LocalText("是", "yes"), LocalText("否", "no")
_FEN, _ONE = Decimal("0.01"), Decimal(1)


def same(plain: str) -> LocalText:
    return LocalText(plain, plain)


def number(value: Decimal, *, money: bool = False, rate: bool = False) -> str:
    """Return 1,520.00 for money, 5.5 % for a rate, 12.5 for anything else."""
    if money and (value.same_quantum(_FEN) or value == round(value, 2)):
        return f"{value:,.2f}"
    if rate:
        return f"{(value * 100).normalize():f} %"
    if value and value.same_quantum(_ONE):
        return f"{value:,}"
    return f"{value.normalize():,f}" if value else "0"


def yuan(value: Decimal | None) -> LocalText:
    if value is None:
        return UNKNOWN
    shown = number(value, money=True)
    return LocalText(f"{shown} 元", f"{shown} yuan")


def fact_value(fact: Fact, value: Any) -> LocalText:
    """Return the value of a fact as one would say it; None is unknown."""
    return UNKNOWN if value is None else _FACT[fact.type](fact, value)


def _of_number(fact: Fact, value: Decimal) -> LocalText:
    return with_unit(number(value, money=fact.type == "money"), fact.unit)


_FACT: dict[str, Callable[[Fact, Any], LocalText]] = {
    "integer": _of_number,
    "money": _of_number,
    "decimal": _of_number,
    "boolean": lambda fact, value: YES if value else NO,
    "choice": lambda fact, value: fact.options[value].local,
    "date": lambda fact, value: same(str(p.day_of(value))),
    "text": lambda fact, value: same(str(value)),
    "credit_code": lambda fact, value: same(str(value)),
    "series": lambda fact, value: same("; ".join(number(one, money=True) for one in value)),
    "periods": lambda fact, value: same("; ".join(f"{p.day_of(first)}/{p.day_of(last)}" for first, last in value)),
}


def with_unit(shown: str, unit: Text | None) -> LocalText:
    if unit is None:
        return LocalText(shown, shown)
    local = unit.local
    return LocalText(f"{shown} {local.zh}", f"{shown} {local.en}")


def parameter_value(parameter: Parameter, value: Any) -> LocalText:
    if value is None:
        return UNKNOWN
    if parameter.type == "date":
        return same(str(p.day_of(value)))
    return with_unit(number(value, money=parameter.type == "money", rate=parameter.type == "rate"), parameter.unit)


def value(expr: p.Expr, found: Any) -> LocalText:
    """Return the value of an expression as one would say it."""
    if found is None:
        return UNKNOWN
    if expr.kind == "date":
        return same(str(p.day_of(found)))
    return same(number(found, money=expr.money) if isinstance(found, Decimal) else str(found))
