"""An answer with everything that has to be told: conditions, sum, what is missing, what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paotui.policy import changes as changing
from paotui.policy import missing, telling, unverified, wording, working
from paotui.policy import program as p
from paotui.policy.answering import Answer, answer, date_of, outside
from paotui.policy.changes import Change
from paotui.policy.compiling import children, walk
from paotui.policy.facts import Facts, check
from paotui.policy.loader import Loaded
from paotui.policy.missing import Missing
from paotui.policy.phrases import phrases
from paotui.policy.refusals import FactsError
from paotui.policy.rules import Source
from paotui.policy.schema import Fact, Procedure
from paotui.policy.single import Case
from paotui.policy.unverified import Unverified
from paotui.policy.working import Line
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
        return list(telling.lines(self, language))


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
    said = _said(program)
    return Explanation(
        found,
        wording.text(loaded.policy.title),
        wording.text(loaded.policy.subject),
        loaded.policy.kind,
        said.source,
        program.version.clause,
        tuple(_inputs(case)),
        tuple(_findings(case, said)),
        tuple(working.lines(case, found)),
        tuple(missing.missing(case, found)),
        unverified.unverified(program, found.outcome == "qualifies" or found.reason == p.AMOUNT),
        changing.changes(case, found),
        program.version.procedure,
        dict(program.facts),
        said.moments,
    )


def _undated(loaded: Loaded) -> Explanation:
    fact = next(one for one in loaded.policy.facts if one.name == loaded.policy.dated_by)
    found = Answer(loaded.policy.policy, None, None, "unknown", p.DATE, None, {})
    needed = Missing(
        fact.name, wording.text(fact.label), wording.text(fact.holder), LocalText("适用哪个版本", "which version holds")
    )
    title, subject = wording.text(loaded.policy.title), wording.text(loaded.policy.subject)
    return Explanation(found, title, subject, loaded.policy.kind, None, "", (), (), (), (needed,), (), (), None, {}, {})


def _inputs(case: Case) -> Iterator[tuple[str, LocalText, LocalText]]:
    for name, value in case.facts.items():
        fact = case.program.facts[name]
        said = case.words[name] = wording.fact_value(fact, value)
        yield name, fact.label.local, said


class _Said:
    """What is said of every condition of a program whatever the case: source, clause, the day its facts are fixed."""

    def __init__(self, program: p.Program) -> None:
        sources = {one.id: one for one in program.policy.sources}
        self.source = sources[program.version.source]
        self.moments = {one.name: wording.text(one.label) for one in program.policy.moments}
        self.phrases = phrases(program)
        self.sources: dict[p.Test, Source] = {}
        self.fixed: dict[p.Test, LocalText | None] = {}
        for one in program.requirements:
            for test in walk(one.test):
                self.sources[test] = sources.get(test.meta.source) or self.source
                self.fixed[test] = self._fixed(test.meta.fixed)

    def _fixed(self, day: dt.date | str | None) -> LocalText | None:
        if day is None:
            return None
        return self.moments.get(day, wording.same(day)) if isinstance(day, str) else wording.same(str(day))


_said = lru_cache(maxsize=1024)(_Said)


def _findings(case: Case, said: _Said) -> list[Finding]:
    found: list[Finding] = []
    for one in case.program.requirements:
        _find(case, one.section, one.test, 0, said, found)
    return found


def _find(case: Case, section: str, test: p.Test, depth: int, said: _Said, found: list[Finding]) -> None:
    """Add what is to be told of a test, and of what made it come out as it did."""
    meta, compared = test.meta, said.phrases[test](case)
    label = meta.label.local if meta.label else compared
    found.append(Finding(
        section, meta.code, depth, case.test(test), label, compared, meta.clause, said.sources[test], said.fixed[test]
    ))  # fmt: skip
    for child in _decisive(case, test):
        _find(case, section, child, depth + 1, said, found)


def _decisive(case: Case, test: p.Test) -> Sequence[p.Test]:
    """Return the children that made a group come out as it did: of alternatives the one that is met, of several
    conditions those that are not."""
    inside = children(test)
    if not inside or isinstance(test, p.Not):
        return inside
    found = case.test(test)
    if (found is not False) if isinstance(test, p.Any) else (found is not True):
        return [one for one in inside if case.test(one) is found]
    return inside
