"""What would change an answer: the smallest change of a fact that turns a condition, tried out on the whole case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from paotui.policy import facts as checking
from paotui.policy import program as p
from paotui.policy.answering import Answer, answer
from paotui.policy.exact import EXACT
from paotui.policy.refusals import FactsError
from paotui.policy.rules import Curable
from paotui.policy.schema import Fact
from paotui.policy.single import Case, Function, Trial, ready
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
        for bundle in islice(_options(case, one.test, target), MOST_OPTIONS):
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


def _options(case: Case, test: p.Test, want: bool) -> Iterator[Bundle]:
    """Yield ways to make a test come out as wanted, each a set of facts to be otherwise; worked out as asked for."""
    if case.test(test) is want:
        yield ()
    elif isinstance(test, p.Not):
        yield from _options(case, test.child, not want)
    elif isinstance(test, p.All | p.Any):
        every = isinstance(test, p.All) == want
        yield from _each_of(case, test, want) if every else _one_of(case, test, want)
    else:
        for turn in turns(case, test, want):
            yield (turn,)


def _one_of(case: Case, test: p.All | p.Any, want: bool) -> Iterator[Bundle]:
    for child in test.children:
        yield from _options(case, child, want)


def _each_of(case: Case, test: p.All | p.Any, want: bool) -> Iterator[Bundle]:
    """Yield the first way of every child together; further ways only where one child alone is in the way."""
    ways = [_options(case, child, want) for child in test.children if case.test(child) is not want]
    if len(ways) == 1:
        yield from ways[0]
        return
    firsts: list[Bundle] = []
    for way in ways:
        first = next(way, None)
        if first is None:
            return
        firsts.append(first)
    if merged := _merged(firsts):
        yield merged


def turns(case: Case, test: p.Test, want: bool) -> Iterator[Turn]:
    """Yield each fact that alone would make a single comparison come out as wanted, with its nearest such value."""
    for fact in levers(case.program, test):
        now = case.facts.get(fact.name)
        if now is None:
            continue
        if fact.type in NUMBERED:
            found = _nearest(case, test, fact, want)
        else:
            trial = Trial(case, fact.name)
            options = [not now] if fact.type == "boolean" else [one for one in fact.options if one != now]
            found = [one for one in options if trial.holds(test, one) is want]
        if found:
            yield Turn(fact.name, now, found[0], tuple(found[1:]), test.meta.fixed, test.meta.curable)


NUMBERED = ("integer", "money", "decimal", "date")


@lru_cache(maxsize=65536)
def levers(program: p.Program, test: p.Test) -> tuple[Fact, ...]:
    """Return the facts of a comparison that can be tried with other values; numbers only where it is one of numbers."""
    facts = [program.facts[name] for name in facts_of(program, test)]
    types = ("boolean", "choice", *(NUMBERED if isinstance(test, p.Compare | p.Ratio) else ()))
    return tuple(one for one in facts if one.type in types)


def _nearest(case: Case, test: p.Test, fact: Fact, want: bool) -> list[Any]:
    """Return the value nearest to a fact's own that turns a comparison proportional to it."""
    now, step, gap = case.facts[fact.name], 1 if fact.type == "date" else fact.step, gap_of(case.program, test)
    here = gap(case)
    if here is None:
        return []
    trial = Trial(case, fact.name)
    further = gap(trial.at(now + step))
    if further is None or further == here:
        return []
    units = int(EXACT.divide_int(-here, EXACT.subtract(further, here)))
    for number in sorted((units - 1, units, units + 1), key=abs):
        value = now + number * step
        if number and _allowed(fact, value) and trial.holds(test, value) is want:
            return [value]
    return []


@lru_cache(maxsize=65536)
def gap_of(program: p.Program, test: p.Test) -> Function:
    """Return what gives left minus right of a comparison, of a ratio numerator minus right times denominator."""
    functions = ready(program)
    if isinstance(test, p.Compare):
        left, right = functions[test.left], functions[test.right]

        def difference(case: Case) -> Decimal | None:
            one, other = left(case), right(case)
            return None if one is None or other is None else EXACT.subtract(Decimal(one), Decimal(other))

        return difference
    assert isinstance(test, p.Ratio)
    numerator, denominator, limit = (functions[one] for one in (test.numerator, test.denominator, test.right))

    def excess(case: Case) -> Decimal | None:
        above, base, most = numerator(case), denominator(case), limit(case)
        if above is None or base is None or most is None:
            return None
        return EXACT.subtract(above, EXACT.multiply(most, base))

    return excess


def _allowed(fact: Fact, value: Any) -> bool:
    if fact.type == "date":
        return checking.FIRST_DAY <= value <= checking.LAST_DAY
    least, most = fact.limits
    return bool(least <= value <= most)
