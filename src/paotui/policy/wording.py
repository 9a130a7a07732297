"""Conditions and sums in words, in both languages, with the numbers of one case in them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from paotui.policy import program as p
from paotui.policy.rules import Text
from paotui.policy.schema import Fact, Parameter
from paotui.policy.single import Case
from paotui.worktime import LocalText

UNKNOWN = LocalText("未知", "unknown")
YES, NO = LocalText("是", "yes"), LocalText("否", "no")
_BETWEEN = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
_COMPARED = {"is_": "=", "is_not": "≠", "at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}
_CALLED = {
    "smaller_of": LocalText("较小者", "the smaller of"), "larger_of": LocalText("较大者", "the larger of"),
    "round": LocalText("取整", "rounded"),
    "average": LocalText("平均", "average of"), "total": LocalText("合计", "total of"),
    "latest": LocalText("最近一项", "latest of"), "number_of": LocalText("项数", "number of"),
}  # fmt: skip


def text(one: Text) -> LocalText:
    return one.local


def joined(many: list[LocalText], between: str) -> LocalText:
    return LocalText(between.join(one.zh for one in many), between.join(one.en for one in many))


def same(plain: str) -> LocalText:
    return LocalText(plain, plain)


def number(value: Decimal, *, money: bool = False, rate: bool = False) -> str:
    """Return 1,520.00 for money, 5.5 % for a rate, 12.5 for anything else."""
    if money and value.as_tuple().exponent in (-2, -1, 0):
        return f"{value:,.2f}"
    if rate:
        return f"{(value * 100).normalize():f} %"
    if money and value == round(value, 2):
        return f"{value:,.2f}"
    return f"{value.normalize():,f}" if value else "0"


def fact_value(fact: Fact, value: Any) -> LocalText:
    """Return the value of a fact as one would say it; None is unknown."""
    if value is None:
        return UNKNOWN
    if fact.type == "boolean":
        return YES if value else NO
    if fact.type == "choice":
        return next(text(one.label) for one in fact.choices if one.value == value)
    if fact.type == "date":
        return same(str(p.day_of(value)))
    if fact.type == "periods":
        return same("; ".join(f"{p.day_of(first)}/{p.day_of(last)}" for first, last in value))
    if fact.type == "series":
        return same("; ".join(number(one, money=True) for one in value))
    if isinstance(value, Decimal):
        return with_unit(number(value, money=fact.type == "money"), fact.unit)
    return same(str(value))


def with_unit(shown: str, unit: Text | None) -> LocalText:
    if unit is None:
        return LocalText(shown, shown)
    local = unit.local
    return LocalText(f"{shown} {local.zh}", f"{shown} {local.en}")


def _parameter_value(parameter: Parameter, value: Any) -> LocalText:
    if value is None:
        return UNKNOWN
    if parameter.type == "date":
        return same(str(p.day_of(value)))
    return with_unit(number(value, money=parameter.type == "money", rate=parameter.type == "rate"), parameter.unit)


def said(case: Case, expr: p.Expr) -> LocalText:
    """Return an expression with its values: `label value`, operations spelled out."""
    if isinstance(expr, p.FactRef):
        return _fact(case, expr.name)
    if isinstance(expr, p.Param):
        return _parameter(case.program, expr)
    if isinstance(expr, p.NamedRef):
        return _labelled(case.program.named[expr.name].label, value_of(case, expr))
    return _operation(case, expr)


def _fact(case: Case, name: str) -> LocalText:
    """Return label and value of a fact, put into words once for a case."""
    if name not in case.words:
        fact = case.program.facts[name]
        case.words[name] = _labelled(fact.label, fact_value(fact, case.facts.get(name)))
    return case.words[name]


@lru_cache(maxsize=16384)
def _parameter(program: p.Program, expr: p.Param) -> LocalText:
    parameter = program.parameters[expr.name][0]
    return _labelled(parameter.label, _parameter_value(parameter, expr.value))


def _labelled(label: Text, value: LocalText) -> LocalText:
    local = label.local
    return LocalText(f"{local.zh} {value.zh}", f"{local.en} {value.en}")


def _operation(case: Case, expr: p.Expr) -> LocalText:
    if isinstance(expr, p.Arithmetic):
        parts = [_bracketed(case, expr, one) for one in expr.arguments]
        if expr.operation in _BETWEEN:
            return joined(parts, _BETWEEN[expr.operation])
        called, inside = _CALLED[expr.operation], joined(parts, "; ")
        return LocalText(f"{called.zh}（{inside.zh}）", f"{called.en} ({inside.en})")
    if isinstance(expr, p.OfSeries):
        called, label = _CALLED[expr.operation], case.program.facts[expr.fact].label
        return LocalText(f"{label.zh}的{called.zh}", f"{called.en} {label.in_language('en')}")
    if isinstance(expr, p.Months):
        label = case.program.facts[expr.fact].label
        return _labelled(label, fact_value(case.program.facts[expr.fact], case.facts.get(expr.fact)))
    if isinstance(expr, p.Later):
        inner = said(case, expr.date)
        return LocalText(f"{inner.zh} 后 {expr.months} 个月", f"{expr.months} months after {inner.en}")
    if isinstance(expr, p.Choose):
        return _chosen(case, expr)
    return value_of(case, expr)


def _bracketed(case: Case, outer: p.Arithmetic, inner: p.Expr) -> LocalText:
    return _grouped(case, inner) if outer.operation in ("multiply", "divide", "subtract") else said(case, inner)


def _grouped(case: Case, inner: p.Expr) -> LocalText:
    """Return a part of a product or difference, a sum within it in brackets."""
    found = said(case, inner)
    if isinstance(inner, p.Arithmetic) and inner.operation in ("add", "subtract"):
        return LocalText(f"({found.zh})", f"({found.en})")
    return found


def _chosen(case: Case, expr: p.Choose) -> LocalText:
    for test, then in expr.branches:
        met = case.test(test)
        if met is None:
            return UNKNOWN
        if met:
            why, what = test_said(case, test), said(case, then)
            return LocalText(f"{what.zh}（因{why.zh}）", f"{what.en} (as {why.en})")
    return said(case, expr.otherwise)


def value_of(case: Case, expr: p.Expr) -> LocalText:
    """Return the value of an expression alone."""
    value = case.value(expr)
    if value is None:
        return UNKNOWN
    if expr.kind == "date":
        return same(str(p.day_of(value)))
    if isinstance(value, Decimal):
        return same(number(value, money=expr.money))
    return same(str(value))


def test_said(case: Case, test: p.Test) -> LocalText:
    """Return what a test compares, with the values of the case: 10 ÷ 200 = 5 % ≤ 4.5 %."""
    if isinstance(test, p.Compare):
        left, right = said(case, test.left), _right(case, test)
        if test.left.kind in ("boolean", "choice"):
            return _to_be(left, right, test.operator)
        return joined([left, same(_COMPARED[test.operator]), right], " ")
    if isinstance(test, p.Ratio):
        return _ratio(case, test)
    if isinstance(test, p.OneOf):
        left, options = said(case, test.left), [_option(case, test.left, one) for one in test.options]
        return LocalText(
            f"{left.zh}，须为 {joined(options, '、').zh}", f"{left.en}, to be one of {joined(options, ', ').en}"
        )
    if isinstance(test, p.IsKnown):
        inner = said(case, test.left)
        return LocalText(
            f"{inner.zh}（{'须已知' if test.known else '未知时'}）",
            f"{inner.en} ({'to be known' if test.known else 'not known'})",
        )
    if isinstance(test, p.Not):
        inner = test_said(case, test.child)
        return LocalText(f"并非：{inner.zh}", f"not: {inner.en}")
    if test.meta.label is not None:
        return text(test.meta.label)
    return LocalText("以下各项", "all of these") if isinstance(test, p.All) else LocalText("以下之一", "one of these")


def _to_be(left: LocalText, right: LocalText, operator: str) -> LocalText:
    zh, en = ("须为", "to be") if operator == "is_" else ("不得为", "not to be")
    return LocalText(f"{left.zh}，{zh}{right.zh}", f"{left.en}, {en} {right.en}")


def _right(case: Case, test: p.Compare) -> LocalText:
    if isinstance(test.right, p.Const):
        if test.left.kind == "number":
            return same(number(test.right.value, money=test.left.money))  # type: ignore[arg-type]
        return _option(case, test.left, test.right)
    return said(case, test.right)


def _option(case: Case, left: p.Expr, option: p.Expr) -> LocalText:
    if isinstance(left, p.FactRef) and isinstance(option, p.Const) and left.kind != "number":
        return fact_value(case.program.facts[left.name], option.value)
    return value_of(case, option)


def _ratio(case: Case, test: p.Ratio) -> LocalText:
    above, below = case.value(test.numerator), case.value(test.denominator)
    shown = ""
    if above is not None and below is not None and below > 0:
        percent = above * 100 / below
        shown = f" = {round(percent, 2):f} %" if percent == round(percent, 2) else f" ≈ {round(percent, 2):f} %"
    parts = joined([_grouped(case, test.numerator), _grouped(case, test.denominator)], " ÷ ")
    whole = LocalText(f"{parts.zh}{shown}", f"{parts.en}{shown}")
    limit = same(number(test.right.value, rate=True)) if isinstance(test.right, p.Const) else said(case, test.right)  # type: ignore[arg-type]
    return joined([whole, same(_COMPARED[test.operator]), limit], " ")
