"""What would change an answer: the smallest change of a fact that turns a condition, tried out on the whole case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from paotui.policy import facts as checking
from paotui.policy import program as p
from paotui.policy.answering import Answer, answer
from paotui.policy.exact import EXACT
from paotui.policy.refusals import FactsError
from paotui.policy.rules import Curable
from paotui.policy.schema import Fact
from paotui.policy.single import Case, Trial
from paotui.policy.walking import facts_of

MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact that would have to be otherwise; `fixed` is the day its value was or will be fixed on."""

    fact: str
    now: Any
    then: Any
    others: tuple[Any, ...]
    """For a choice: further values that would do as well."""
    fixed: dt.date | str | None
    curable: Curable | None

    @property
    def difference(self) -> Decimal | None:
        return self.then - self.now if isinstance(self.then, Decimal) and isinstance(self.now, Decimal) else None


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that would have to be otherwise together, the condition they turn, and the answer then.

    `answer` is None where other conditions still stand in the way.
    """

    code: str
    turns: tuple[Turn, ...]
    answer: Answer | None


Bundle = tuple[Turn, ...]


def changes(case: Case, given: Answer) -> tuple[Change, ...]:
    """Return what would change the answer; of one that qualifies, how near it is to failing."""
    assert given.date is not None
    found: list[Change] = []
    wanted = given.outcome != "qualifies"
    for one in case.program.requirements:
        met = case.met(one)
        if met is None or met is wanted:
            continue
        target = wanted if one.section != "excluded" else not wanted
        for bundle in _options(case, one.test, target)[:MOST_OPTIONS]:
            # Of a case that qualifies only numbers are worth telling: that a yes could be a no is plain.
            changed = _changed(case, bundle) if wanted or all(turn.difference is not None for turn in bundle) else None
            if changed is not None and changed.met(one) is wanted and (then := _answered(changed, given.date)):
                found.append(Change(one.test.meta.code, bundle, then if then.outcome != given.outcome else None))
    if wanted and given.outcome == "does_not":
        found += _together(case, found, given)
    return tuple(found)


def _together(case: Case, found: list[Change], given: Answer) -> Iterator[Change]:
    """Yield, where several conditions failed, the changes that turn all of them at once."""
    failed = [one.test.meta.code for one in case.program.requirements if case.met(one) is False]
    firsts = [next((one.turns for one in found if one.code == code), None) for code in failed]
    if len(failed) < 2 or None in firsts:
        return
    bundle = _merged([one for one in firsts if one is not None])
    then = _answered(_changed(case, bundle), given.date) if bundle and given.date else None
    if then is not None and then.outcome != given.outcome:
        yield Change("together", bundle, then)


def _merged(bundles: list[Bundle]) -> Bundle:
    """Return all turns; a fact two of them turn differently makes them impossible together."""
    turns: dict[str, Turn] = {}
    for turn in (one for bundle in bundles for one in bundle):
        if turn.fact in turns and turns[turn.fact].then != turn.then:
            return ()
        turns[turn.fact] = turn
    return tuple(turns.values())


def _changed(case: Case, bundle: Bundle) -> Case:
    return case.otherwise({one.fact: one.then for one in bundle})


def _answered(case: Case, day: dt.date) -> Answer | None:
    """Return the answer of a case, None where its facts contradict each other."""
    try:
        return answer(case, day)
    except FactsError:
        return None


def _options(case: Case, test: p.Test, want: bool) -> list[Bundle]:
    """Return ways to make a test come out as wanted, each a set of facts to be otherwise."""
    if case.test(test) is want:
        return [()]
    if isinstance(test, p.Not):
        return _options(case, test.child, not want)
    if isinstance(test, p.All | p.Any):
        every = isinstance(test, p.All) == want
        return _each_of(case, test, want) if every else _one_of(case, test, want)
    return [(turn,) for turn in turns(case, test, want)]


def _one_of(case: Case, test: p.All | p.Any, want: bool) -> list[Bundle]:
    return [bundle for child in test.children for bundle in _options(case, child, want)]


def _each_of(case: Case, test: p.All | p.Any, want: bool) -> list[Bundle]:
    """Return the first way of every child together; further ways only where one child alone is in the way."""
    ways = [_options(case, child, want) for child in test.children if case.test(child) is not want]
    if not all(ways):
        return []
    if len(ways) == 1:
        return ways[0]
    merged = _merged([one[0] for one in ways])
    return [merged] if merged else []


def turns(case: Case, test: p.Test, want: bool) -> Iterator[Turn]:
    """Yield each fact that alone would make a single comparison come out as wanted, with its nearest such value."""
    for name in facts_of(case.program, test):
        fact, now = case.program.facts[name], case.facts.get(name)
        if now is None:
            continue
        if fact.type in ("boolean", "choice"):
            trial = Trial(case, name)
            options = [not now] if fact.type == "boolean" else [one for one in fact.options if one != now]
            found = [one for one in options if trial.holds(test, one) is want]
        elif fact.type in ("integer", "money", "decimal", "date") and isinstance(test, p.Compare | p.Ratio):
            found = _nearest(case, test, fact, want)
        else:
            continue
        if found:
            yield Turn(name, now, found[0], tuple(found[1:]), test.meta.fixed, test.meta.curable)


def _nearest(case: Case, test: p.Compare | p.Ratio, fact: Fact, want: bool) -> list[Any]:
    """Return the value nearest to a fact's own that turns a comparison proportional to it."""
    now, step = case.facts[fact.name], 1 if fact.type == "date" else fact.step
    here = _gap(case, test)
    if here is None:
        return []
    trial = Trial(case, fact.name)
    further = _gap(trial.at(now + step), test)
    if further is None or further == here:
        return []
    units = int(EXACT.divide_int(-here, EXACT.subtract(further, here)))
    for number in sorted(range(units - 1, units + 2), key=abs):
        value = now + number * step
        if number and _allowed(fact, value) and trial.holds(test, value) is want:
            return [value]
    return []


def _gap(case: Case, test: p.Compare | p.Ratio) -> Decimal | None:
    """Return left minus right, of a ratio numerator minus right times denominator."""
    if isinstance(test, p.Compare):
        left, right = case.value(test.left), case.value(test.right)
        return None if left is None or right is None else EXACT.subtract(Decimal(left), Decimal(right))
    above, base, limit = (case.value(one) for one in (test.numerator, test.denominator, test.right))
    return None if None in (above, base, limit) else EXACT.subtract(above, EXACT.multiply(limit, base))


def _allowed(fact: Fact, value: Any) -> bool:
    if fact.type == "date":
        return checking.FIRST_DAY <= value <= checking.LAST_DAY
    least, most = fact.limits
    return bool(least <= value <= most)
