"""Conditions and sums of a program in words, with the numbers of one case in them.

What is said of a condition is put together once: fixed texts (labels, parameters, limits) with gaps for what differs
from case to case. To say it of a case is to fill the gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from paotui.policy import program as p
from paotui.policy import wording
from paotui.policy.single import Case
from paotui.policy.walking import Node
from paotui.policy.wording import same
from paotui.worktime import LocalText

Gap = Callable[[Case], LocalText]
Parts = tuple["LocalText | Gap", ...]

_BETWEEN = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
_COMPARED = {"is_": "=", "is_not": "≠", "at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}
_CALLED = {
    "smaller_of": LocalText("较小者", "the smaller of"), "larger_of": LocalText("较大者", "the larger of"),
    "round": LocalText("取整", "rounded"),
    "average": LocalText("平均", "average of"), "total": LocalText("合计", "total of"),
    "latest": LocalText("最近一项", "latest of"), "number_of": LocalText("项数", "number of"),
}  # fmt: skip
_ALL, _ANY = LocalText("以下各项", "all of these"), LocalText("以下之一", "one of these")
_TO_BE = {"is_": LocalText("，须为", ", to be "), "is_not": LocalText("，不得为", ", not to be ")}


class Phrases(dict[Node, Gap]):
    """What is said of the conditions and expressions of a program, made when first asked for."""

    def __init__(self, program: p.Program) -> None:
        super().__init__()
        self.program = program

    def __missing__(self, node: Node) -> Gap:
        parts = self.test(node) if isinstance(node, p.Test) else self.expr(node)
        made = self[node] = _filled(parts)
        return made

    def expr(self, expr: p.Expr) -> Parts:
        """Return an expression with its values: `label value`, operations spelled out."""
        match expr:
            case p.FactRef():
                return self._fact(expr.name)
            case p.Param():
                parameter = self.program.parameters[expr.name][0]
                return (_label(parameter.label.local), wording.parameter_value(parameter, expr.value))
            case p.NamedRef():
                return (_label(self.program.named[expr.name].label.local), value_of(expr))
            case p.Arithmetic():
                return self._arithmetic(expr)
            case p.OfSeries():
                called, label = _CALLED[expr.operation], self.program.facts[expr.fact].label.local
                return (LocalText(f"{label.zh}的{called.zh}", f"{called.en} {label.en}"),)
            case p.Months():
                return self._fact(expr.fact)
            case p.Later():
                before, after = LocalText("", f"{expr.months} months after "), LocalText(f" 后 {expr.months} 个月", "")
                return (before, *self.expr(expr.date), after)
            case p.Choose():
                return (self._chosen(expr),)
        return (value_of(expr),)

    def _fact(self, name: str) -> Parts:
        fact = self.program.facts[name]

        def value(case: Case) -> LocalText:
            found = case.words.get(name)
            if found is None:
                found = case.words[name] = wording.fact_value(fact, case.facts.get(name))
            return found

        return (_label(fact.label.local), value)

    def _arithmetic(self, expr: p.Arithmetic) -> Parts:
        brackets = expr.operation in ("multiply", "divide", "subtract")
        parts = [self._grouped(one) if brackets else self.expr(one) for one in expr.arguments]
        if expr.operation in _BETWEEN:
            return tuple(_joined(parts, same(_BETWEEN[expr.operation])))
        called = _CALLED[expr.operation]
        inside = _joined(parts, same("; "))
        return (LocalText(f"{called.zh}（", f"{called.en} ("), *inside, LocalText("）", ")"))

    def _grouped(self, inner: p.Expr) -> Parts:
        """Return a part of a product or difference, a sum within it in brackets."""
        if isinstance(inner, p.Arithmetic) and inner.operation in ("add", "subtract"):
            return (same("("), *self.expr(inner), same(")"))
        return self.expr(inner)

    def _chosen(self, expr: p.Choose) -> Gap:
        def chosen(case: Case) -> LocalText:
            for test, then in expr.branches:
                met = case.test(test)
                if met is None:
                    return wording.UNKNOWN
                if met:
                    why, what = self[test](case), self[then](case)
                    return LocalText(f"{what.zh}（因{why.zh}）", f"{what.en} (as {why.en})")
            return self[expr.otherwise](case)

        return chosen

    def test(self, test: p.Test) -> Parts:
        """Return what a test compares, with the values of the case: 10 ÷ 200 = 5 % ≤ 4.5 %."""
        match test:
            case p.Compare():
                return self._compare(test)
            case p.Ratio():
                return self._ratio(test)
            case p.OneOf():
                options = [self._option(test.left, one) for one in test.options]
                to_be = LocalText("，须为 ", ", to be one of ")
                return (*self.expr(test.left), to_be, *_joined(options, LocalText("、", ", ")))
            case p.IsKnown():
                known = (
                    LocalText("（须已知）", " (to be known)") if test.known else LocalText("（未知时）", " (not known)")
                )
                return (*self.expr(test.left), known)
            case p.Not():
                return (LocalText("并非：", "not: "), *self.test(test.child))
        if test.meta.label is not None:
            return (test.meta.label.local,)
        return (_ALL if isinstance(test, p.All) else _ANY,)

    def _compare(self, test: p.Compare) -> Parts:
        compared = same(f" {_COMPARED[test.operator]} ")
        if test.left.kind in ("boolean", "choice"):
            compared = _TO_BE.get(test.operator, _TO_BE["is_not"])
        return (*self.expr(test.left), compared, *self._right(test))

    def _right(self, test: p.Compare) -> Parts:
        if not isinstance(test.right, p.Const):
            return self.expr(test.right)
        if test.left.kind == "number":
            assert isinstance(test.right.value, Decimal)
            return (same(wording.number(test.right.value, money=test.left.money)),)
        return self._option(test.left, test.right)

    def _option(self, left: p.Expr, option: p.Expr) -> Parts:
        if isinstance(left, p.FactRef) and isinstance(option, p.Const) and left.kind != "number":
            return (wording.fact_value(self.program.facts[left.name], option.value),)
        return (value_of(option),)

    def _ratio(self, test: p.Ratio) -> Parts:
        def percentage(case: Case) -> LocalText:
            above, below = case.value(test.numerator), case.value(test.denominator)
            if above is None or below is None or below <= 0:
                return same("")
            percent = above * 100 / below
            shown = round(percent, 2)
            return same(f" = {shown:f} %" if percent == shown else f" ≈ {shown:f} %")

        shares = _joined([self._grouped(test.numerator), self._grouped(test.denominator)], same(" ÷ "))
        limit = test.right.value if isinstance(test.right, p.Const) else None
        right = (same(wording.number(limit, rate=True)),) if isinstance(limit, Decimal) else self.expr(test.right)
        return (*shares, percentage, same(f" {_COMPARED[test.operator]} "), *right)


@lru_cache(maxsize=1024)
def phrases(program: p.Program) -> Phrases:
    """Return the phrases of a program."""
    return Phrases(program)


def value_of(expr: p.Expr) -> LocalText | Gap:
    """Return the value of an expression alone."""
    if isinstance(expr, p.Const):
        return wording.value(expr, expr.value)
    return lambda case: wording.value(expr, case.value(expr))


def _label(local: LocalText) -> LocalText:
    return LocalText(f"{local.zh} ", f"{local.en} ")


def _joined(many: list[Parts], between: LocalText) -> Iterator[LocalText | Gap]:
    for number, parts in enumerate(many):
        if number:
            yield between
        yield from parts


def _filled(parts: Parts) -> Gap:
    """Return what says some parts one after the other, fixed ones side by side put together once."""
    merged: list[LocalText | Gap] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, LocalText) and isinstance(last, LocalText):
            merged[-1] = LocalText(last.zh + part.zh, last.en + part.en)
        else:
            merged.append(part)
    if len(merged) == 1:
        only = merged[0]
        return (lambda case: only) if isinstance(only, LocalText) else only

    def said(case: Case) -> LocalText:
        found = [part if isinstance(part, LocalText) else part(case) for part in merged]
        return LocalText("".join([one.zh for one in found]), "".join([one.en for one in found]))

    return said
