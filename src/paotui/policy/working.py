"""The working of a sum, line by line, in the order it is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from paotui.policy import program as p
from paotui.policy import wording
from paotui.policy.answering import Answer
from paotui.policy.phrases import phrases
from paotui.policy.single import Case
from paotui.worktime import LocalText

AMOUNT, ADOPTED = LocalText("金额", "Amount"), LocalText("按采用标准", "At the rate adopted")
LOWER = LocalText("两者取低", "the lower of the two")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: label = what it is worked out from = value."""

    name: str
    label: LocalText
    working: LocalText
    value: LocalText
    clause: str


def lines(case: Case, found: Answer) -> Iterator[Line]:
    """Yield the lines of the sum, the amount last, then what goes with it; none where nothing is due."""
    if found.outcome != "qualifies" and found.reason != p.AMOUNT:
        return
    program, amount = case.program, case.program.version.amount
    done: set[str] = set()
    before, after = _ends(program)
    for expr in before:
        yield from _under(case, expr, done)
    working = phrases(program)[program.result](case)
    if amount.cap is not None and program.cap is not None:
        yield Line("adopted", ADOPTED, working, wording.yuan(case.value(program.result)), amount.clause)
        cap = phrases(program)[program.cap](case)
        yield Line("cap", amount.cap.label.local, cap, wording.yuan(case.value(program.cap)), amount.cap.clause)
        working = LOWER
    label = amount.label.local if amount.label else AMOUNT
    yield Line("amount", label, working, wording.yuan(found.amount), amount.clause)
    for expr in after:
        yield from _under(case, expr, done)


@lru_cache(maxsize=1024)
def _ends(program: p.Program) -> tuple[tuple[p.Expr, ...], tuple[p.Expr, ...]]:
    """Return what the amount is worked out from, and what goes with it."""
    steps, also = ([p.NamedRef("number", 0, False, one) for one in many] for many in (program.steps, program.also))
    return (*steps, program.result, *(() if program.cap is None else (program.cap,))), tuple(also)


def _under(case: Case, expr: p.Expr, done: set[str]) -> Iterator[Line]:
    """Yield a line for every formula an expression rests on, inner ones first, each once."""
    if isinstance(expr, p.NamedRef):
        if expr.name not in done:
            done.add(expr.name)
            yield from _named(case, case.program.named[expr.name], done)
    elif isinstance(expr, p.Arithmetic):
        for one in expr.arguments:
            yield from _under(case, one, done)
    elif isinstance(expr, p.Choose):
        yield from _chosen(case, expr, done)


def _named(case: Case, named: p.Named, done: set[str]) -> Iterator[Line]:
    yield from _under(case, named.expr, done)
    if isinstance(named.expr, p.NamedRef):
        return  # another name for a line that stands already
    working, value = phrases(case.program)[named.expr](case), wording.value(named.expr, case.named(named.name))
    yield Line(named.name, named.label.local, working, value, named.clause)


def _chosen(case: Case, expr: p.Choose, done: set[str]) -> Iterator[Line]:
    for test, then in expr.branches:
        for one in (getattr(test, "left", None), getattr(test, "right", None)):
            if one is not None:
                yield from _under(case, one, done)
        met = case.test(test)
        if met is not False:
            if met:
                yield from _under(case, then, done)
            return
    yield from _under(case, expr.otherwise, done)
