"""An answer with everything that has to be told: conditions, sum, what is missing, what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from paotui.policy import changes as changing
from paotui.policy import program as p
from paotui.policy import telling, walking, wording
from paotui.policy.answering import Answer, answer, date_of, outside
from paotui.policy.changes import Change
from paotui.policy.compiling import children
from paotui.policy.facts import Facts, check
from paotui.policy.loader import Loaded
from paotui.policy.refusals import FactsError
from paotui.policy.rules import Source
from paotui.policy.schema import Fact, Procedure
from paotui.policy.single import Case
from paotui.worktime import LocalText


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: whether it is met (None: unknown), what was compared, the clause, the day its facts are fixed."""

    section: str
    code: str
    depth: int
    met: bool | None
    label: LocalText
    compared: LocalText
    clause: str
    source: Source
    fixed: LocalText | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: label = what it is worked out from = value."""

    name: str
    label: LocalText
    working: LocalText
    value: LocalText
    clause: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not known that the answer hangs on, who holds it, and what it is needed for."""

    name: str
    label: LocalText
    holder: LocalText
    needed_for: LocalText


@dataclass(frozen=True, slots=True)
class Unverified:
    """Something the answer rests on that nobody has verified in its source."""

    label: LocalText
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with its reasons; `inputs` are the facts used, `sentences` tells it all."""

    answer: Answer
    title: LocalText
    subject: LocalText
    kind: str
    source: Source | None
    clause: str
    inputs: tuple[tuple[str, LocalText, LocalText], ...]
    findings: tuple[Finding, ...]
    working: tuple[Line, ...]
    missing: tuple[Missing, ...]
    unverified: tuple[Unverified, ...]
    changes: tuple[Change, ...]
    procedure: Procedure | None
    facts: dict[str, Fact]
    moments: dict[str, LocalText]

    def sentences(self, language: str) -> list[str]:
        """Return the explanation as lines of text in `language` ("zh-hans", "en")."""
        return [one.in_language(language) for one in telling.lines(self)]


def explain(loaded: Loaded, facts: Facts, day: dt.date | None = None, *, version: str | None = None) -> Explanation:
    """Return the answer for one case, explained; arguments and errors as for `assess`."""
    checked = check(loaded.policy, facts)
    on = date_of(loaded, checked, day)
    if on is None:
        return _undated(loaded)
    program = loaded.program(on, version)
    if program is None:
        raise FactsError([outside(loaded, on)])
    case = Case(program, checked)
    found = answer(case, on)
    known = _Known(program)
    return Explanation(
        found,
        wording.text(loaded.policy.title),
        wording.text(loaded.policy.subject),
        loaded.policy.kind,
        known.sources[program.version.source],
        program.version.clause,
        tuple(_inputs(case)),
        tuple(_findings(case, known)),
        tuple(_working(case, found)),
        tuple(_missing(case, found)),
        _unverified(program, found.outcome == "qualifies" or found.reason == p.AMOUNT),
        changing.changes(case, found),
        program.version.procedure,
        dict(program.facts),
        known.moments,
    )


class _Known:
    """Sources and moments of a policy by name."""

    def __init__(self, program: p.Program) -> None:
        self.sources = {one.id: one for one in program.policy.sources}
        self.moments = {one.name: wording.text(one.label) for one in program.policy.moments}

    def fixed(self, day: dt.date | str | None) -> LocalText | None:
        if day is None:
            return None
        return self.moments.get(day, wording.same(day)) if isinstance(day, str) else wording.same(str(day))


def _undated(loaded: Loaded) -> Explanation:
    fact = next(one for one in loaded.policy.facts if one.name == loaded.policy.dated_by)
    found = Answer(loaded.policy.policy, None, None, "unknown", p.DATE, None, {})
    missing = Missing(
        fact.name, wording.text(fact.label), wording.text(fact.holder), LocalText("适用哪个版本", "which version holds")
    )
    title, subject = wording.text(loaded.policy.title), wording.text(loaded.policy.subject)
    return Explanation(
        found, title, subject, loaded.policy.kind, None, "", (), (), (), (missing,), (), (), None, {}, {}
    )


def _inputs(case: Case) -> Iterator[tuple[str, LocalText, LocalText]]:
    for name, value in case.facts.items():
        fact = case.program.facts[name]
        yield name, wording.text(fact.label), wording.fact_value(fact, value)


def _findings(case: Case, known: _Known) -> Iterator[Finding]:
    for one in case.program.requirements:
        yield from _found(case, one.section, one.test, 0, known)


def _found(case: Case, section: str, test: p.Test, depth: int, known: _Known) -> Iterator[Finding]:
    meta = test.meta
    compared = wording.test_said(case, test)
    label = wording.text(meta.label) if meta.label else compared
    yield Finding(
        section,
        meta.code,
        depth,
        case.test(test),
        label,
        compared,
        meta.clause,
        known.sources.get(meta.source) or known.sources[case.program.version.source],
        known.fixed(meta.fixed),
    )
    for child in _decisive(case, test):
        yield from _found(case, section, child, depth + 1, known)


def _decisive(case: Case, test: p.Test) -> list[p.Test]:
    """Return the children that made a group come out as it did: of alternatives the one that is met, of several
    conditions those that are not."""
    found = case.test(test)
    if (isinstance(test, p.Any) and found is not False) or (isinstance(test, p.All) and found is not True):
        return [one for one in test.children if case.test(one) is found]
    return list(children(test))


def _working(case: Case, found: Answer) -> Iterator[Line]:
    """Yield the lines of the sum in the order they are worked out, the amount last."""
    if found.outcome != "qualifies" and found.reason != p.AMOUNT:
        return
    program = case.program
    amount = program.version.amount
    done: set[str] = set()
    ends = [*(p.NamedRef("number", 0, False, name) for name in program.steps), program.result]
    for expr in ends if program.cap is None else [*ends, program.cap]:
        yield from _lines(case, expr, done)
    label = wording.text(amount.label) if amount.label else LocalText("金额", "Amount")
    result = case.value(program.result)
    if amount.cap is not None and program.cap is not None:
        yield Line(
            "adopted",
            LocalText("按采用标准", "At the rate adopted"),
            wording.said(case, program.result),
            _money(result),
            amount.clause,
        )
        yield Line(
            "cap",
            wording.text(amount.cap.label),
            wording.said(case, program.cap),
            _money(case.value(program.cap)),
            amount.cap.clause,
        )
        working = LocalText("两者取低", "the lower of the two")
    else:
        working = wording.said(case, program.result)
    yield Line("amount", label, working, _money(found.amount), amount.clause)
    for name in program.also:
        yield from _lines(case, p.NamedRef("number", 0, False, name), done)


def _money(value: Any) -> LocalText:
    if value is None:
        return wording.UNKNOWN
    shown = wording.number(value, money=True)
    return LocalText(f"{shown} 元", f"{shown} yuan")


def _lines(case: Case, expr: p.Expr, done: set[str]) -> Iterator[Line]:
    """Yield a line for every formula an expression rests on, inner ones first, each once."""
    if isinstance(expr, p.NamedRef) and expr.name not in done:
        done.add(expr.name)
        named = case.program.named[expr.name]
        yield from _lines(case, named.expr, done)
        if isinstance(named.expr, p.NamedRef):
            return  # another name for a line that stands already
        yield Line(
            expr.name,
            wording.text(named.label),
            wording.said(case, named.expr),
            wording.value_of(case, named.expr),
            named.clause,
        )
    elif isinstance(expr, p.Arithmetic):
        for one in expr.arguments:
            yield from _lines(case, one, done)
    elif isinstance(expr, p.Choose):
        yield from _lines_chosen(case, expr, done)


def _lines_chosen(case: Case, expr: p.Choose, done: set[str]) -> Iterator[Line]:
    for test, then in expr.branches:
        for one in (getattr(test, "left", None), getattr(test, "right", None)):
            if one is not None:
                yield from _lines(case, one, done)
        met = case.test(test)
        if met is not False:
            if met:
                yield from _lines(case, then, done)
            return
    yield from _lines(case, expr.otherwise, done)


def _missing(case: Case, found: Answer) -> Iterator[Missing]:
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
        what = wording.text(label) if label else LocalText("金额", "the amount")
        for expr in (case.program.result, case.program.cap):
            for name in _unknown_names(case, expr) if expr else ():
                told.setdefault(name, _missed(case, name, what))
    yield from told.values()


def _missed(case: Case, name: str, what: LocalText) -> Missing:
    if name in case.program.facts:
        fact = case.program.facts[name]
        return Missing(name, wording.text(fact.label), wording.text(fact.holder), what)
    parameter = case.program.parameters[name][0]
    holder = (
        wording.text(parameter.holder) if parameter.holder else LocalText("政策制定机关", "whoever sets the policy")
    )
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
        what = wording.text(test.meta.label) if test.meta.label else wording.test_said(case, test)
        names = [
            name
            for part in ("left", "numerator", "denominator", "right")
            for name in _unknown_names(case, getattr(test, part, None))
        ]
        for name in names or [one for one in _all_names(case, test) if one in case.program.facts]:
            yield name, what


def _all_names(case: Case, test: p.Test) -> list[str]:
    """Return the facts of a comparison that cannot be made though all are known: a ratio without a base."""
    return [one.name for one in (getattr(test, "denominator", None),) if isinstance(one, p.FactRef)]


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


@lru_cache(maxsize=512)
def _unverified(program: p.Program, with_amount: bool) -> tuple[Unverified, ...]:
    """Return the parameters, conditions and the version an answer rests on without anybody having verified them."""
    sources = {one.id: one for one in program.policy.sources}
    found: dict[str, Unverified] = {}
    version = sources.get(program.version.source)
    if version is not None and not version.verified:
        found[version.id] = Unverified(
            LocalText(f"版本 {program.version.version}", f"version {program.version.version}"), version.title
        )
    roots: list[walking.Node | None] = [one.test for one in program.requirements]
    if with_amount:
        roots += [program.result, program.cap, *(program.named[name].expr for name in (*program.steps, *program.also))]
    for node in walking.nodes(program, tuple(one for one in roots if one is not None)):
        if (
            isinstance(node, p.Test)
            and node.meta.label
            and (source := sources.get(node.meta.source))
            and not source.verified
        ):
            found.setdefault(node.meta.code, Unverified(wording.text(node.meta.label), source.title))
        if isinstance(node, p.Param) and (value := program.parameters[node.name][1]):
            source = sources.get(value.source or "")
            if not (value.verified if value.verified is not None else bool(source and source.verified)):
                label = program.parameters[node.name][0].label
                found.setdefault(node.name, Unverified(wording.text(label), source.title if source else ""))
    return tuple(found.values())
