"""What is not known and keeps an answer open, and who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from paotui.policy import program as p
from paotui.policy.answering import Answer
from paotui.policy.compiling import children
from paotui.policy.phrases import phrases
from paotui.policy.single import Case
from paotui.worktime import LocalText


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not known that the answer hangs on, who holds it, and what it is needed for."""

    name: str
    label: LocalText
    holder: LocalText
    needed_for: LocalText


def missing(case: Case, found: Answer) -> Iterator[Missing]:
    """Yield what is not known and keeps the answer open, each once."""
    if found.outcome != "unknown":
        return
    told: dict[str, Missing] = {}
    for one in case.program.requirements:
        if case.met(one) is None:
            for name, what in _unknowns(case, one.test):
                told.setdefault(name, _missed(case, name, what))
    if found.reason == p.AMOUNT:
        label = case.program.version.amount.label
        what = label.local if label else LocalText("金额", "the amount")
        for expr in (case.program.result, case.program.cap):
            for name in _unknown_names(case, expr) if expr else ():
                told.setdefault(name, _missed(case, name, what))
    yield from told.values()


def _missed(case: Case, name: str, what: LocalText) -> Missing:
    if name in case.program.facts:
        fact = case.program.facts[name]
        return Missing(name, fact.label.local, fact.holder.local, what)
    parameter = case.program.parameters[name][0]
    holder = parameter.holder.local if parameter.holder else LocalText("政策制定机关", "whoever sets the policy")
    label = LocalText(
        f"{parameter.label.zh}（{case.program.date} 无值）",
        f"{parameter.label.in_language('en')} (no value on {case.program.date})",
    )
    return Missing(name, label, holder, what)


def _unknowns(case: Case, test: p.Test) -> Iterator[tuple[str, LocalText]]:
    if case.test(test) is not None:
        return
    inside = children(test)
    for child in inside:
        yield from _unknowns(case, child)
    if not inside:
        what = test.meta.label.local if test.meta.label else phrases(case.program)[test](case)
        names = [
            name
            for part in ("left", "numerator", "denominator", "right")
            for name in _unknown_names(case, getattr(test, part, None))
        ]
        for name in names or _base(test):
            yield name, what


def _base(test: p.Test) -> list[str]:
    """Return the fact a ratio lacks although it is known: a base of nothing."""
    base = test.denominator if isinstance(test, p.Ratio) else None
    return [base.name] if isinstance(base, p.FactRef) else []


def _unknown_names(case: Case, expr: p.Expr | None) -> Iterator[str]:
    """Yield the facts and parameters that make an expression unknown."""
    if expr is None or case.value(expr) is not None:
        return
    if isinstance(expr, p.FactRef | p.Param):
        yield expr.name
    elif isinstance(expr, p.NamedRef):
        yield from _unknown_names(case, case.program.named[expr.name].expr)
    elif isinstance(expr, p.Arithmetic):
        for one in expr.arguments:
            yield from _unknown_names(case, one)
    elif isinstance(expr, p.OfSeries | p.Months):
        yield expr.fact
    elif isinstance(expr, p.Later):
        yield from _unknown_names(case, expr.date)
    elif isinstance(expr, p.Choose):
        for test, then in expr.branches:
            yield from (name for name, _what in _unknowns(case, test))
            if case.test(test):
                yield from _unknown_names(case, then)
                return
        yield from _unknown_names(case, expr.otherwise)
