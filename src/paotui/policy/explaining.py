"""An answer with everything that has to be told: conditions, sum, what is missing, what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paotui.policy import changes as changing
from paotui.policy import missing, telling, unverified, walking, wording, working
from paotui.policy import program as p
from paotui.policy.answering import Answer, answer, date_of, outside
from paotui.policy.changes import Change
from paotui.policy.compiling import children
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
    known = _known(program)
    return Explanation(
        found,
        loaded.policy.title.local,
        loaded.policy.subject.local,
        loaded.policy.kind,
        known.source,
        program.version.clause,
        tuple(_inputs(case)),
        tuple(_findings(case, known.told, [])),
        tuple(working.lines(case, found)),
        tuple(missing.missing(case, found)),
        unverified.unverified(program, found.outcome == "qualifies" or found.reason == p.AMOUNT),
        changing.changes(case, found),
        program.version.procedure,
        dict(program.facts),
        known.moments,
    )


def _undated(loaded: Loaded) -> Explanation:
    fact = next(one for one in loaded.policy.facts if one.name == loaded.policy.dated_by)
    found = Answer(loaded.policy.policy, None, None, "unknown", p.DATE, None, {})
    needed = Missing(fact.name, fact.label.local, fact.holder.local, LocalText("适用哪个版本", "which version holds"))
    title, subject = loaded.policy.title.local, loaded.policy.subject.local
    return Explanation(found, title, subject, loaded.policy.kind, None, "", (), (), (), (needed,), (), (), None, {}, {})


def _inputs(case: Case) -> Iterator[tuple[str, LocalText, LocalText]]:
    for name, value in case.facts.items():
        fact = case.program.facts[name]
        said = case.words[name] = wording.fact_value(fact, value)
        yield name, fact.label.local, said


class _Told:
    """What is told of a condition: fixed texts, and what was compared in the case.

    Of what can come out in few ways (groups, yes and no, choices) each way is kept.
    """

    def __init__(self, program: p.Program, section: str, depth: int, test: p.Test, known: _Known) -> None:
        self.section, self.depth, self.test, self.said = section, depth, test, phrases(program)[test]
        self.source, self.fixed = known.sources.get(test.meta.source) or known.source, known.fixed(test.meta.fixed)
        self.children = tuple(_Told(program, section, depth + 1, one, known) for one in children(test))
        names = () if isinstance(test, p.All | p.Any) else walking.facts_of(program, test)
        few = len(names) <= 1 and all(program.facts[one].type in ("boolean", "choice") for one in names)
        self.names = names if few else None
        self.kept: dict[object, Finding] = {}

    def of(self, case: Case) -> Finding:
        if self.names is None:
            return self._made(case)
        key = (case.test(self.test), *(case.facts.get(one) for one in self.names))
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = self._made(case)
        return found

    def _made(self, case: Case) -> Finding:
        meta, compared = self.test.meta, self.said(case)
        label, met = meta.label.local if meta.label else compared, case.test(self.test)
        return Finding(self.section, meta.code, self.depth, met, label, compared, meta.clause, self.source, self.fixed)


class _Known:
    """Sources and moments of a policy by name, and what is told of every condition of one of its programs."""

    def __init__(self, program: p.Program) -> None:
        self.sources = {one.id: one for one in program.policy.sources}
        self.source = self.sources[program.version.source]
        self.moments = {one.name: one.label.local for one in program.policy.moments}
        self.told = [_Told(program, one.section, 0, one.test, self) for one in program.requirements]

    def fixed(self, day: dt.date | str | None) -> LocalText | None:
        if day is None:
            return None
        return self.moments.get(day, wording.same(day)) if isinstance(day, str) else wording.same(str(day))


_known = lru_cache(maxsize=1024)(_Known)


def _findings(case: Case, told: Iterable[_Told], found: list[Finding]) -> list[Finding]:
    """Add what is to be told of conditions, and of what made each come out as it did."""
    for one in told:
        found.append(one.of(case))
        if one.children:
            _findings(case, _decisive(case, one), found)
    return found


def _decisive(case: Case, told: _Told) -> Sequence[_Told]:
    """Return the children that made a group come out as it did: of alternatives the one that is met, of several
    conditions those that are not."""
    found, test = case.test(told.test), told.test
    if (isinstance(test, p.Any) and found is not False) or (isinstance(test, p.All) and found is not True):
        return [one for one in told.children if case.test(one.test) is found]
    return told.children
