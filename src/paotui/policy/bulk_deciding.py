"""Outcome, reason and amount of many cases under one program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paotui.policy import program as p
from paotui.policy.answering import offers_ways
from paotui.policy.bulk_tests import Chunk, Verdict
from paotui.policy.bulk_values import Values, extreme, rounded, scaled
from paotui.policy.columns import Array
from paotui.policy.compiling import walk

OUTCOMES = ("does_not", "unknown", "qualifies", "refused")
DOES_NOT, UNKNOWN, QUALIFIES, REFUSED = range(4)


class Codes:
    """Reason codes as small numbers, given out as they come up."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


FigureArrays = tuple[Array, int, Array]


@dataclass(slots=True)
class Decided:
    """Answers to some rows; `figures` are (values, places, known) by name."""

    outcome: Array
    reason: Array
    amount: Array
    version: Array
    figures: dict[str, FigureArrays]

    @classmethod
    def empty(cls, size: int, names: Sequence[str], codes: Codes) -> Decided:
        nothing = {name: (np.zeros(size, np.int64), 0, np.zeros(size, bool)) for name in names}
        reason = np.full(size, codes[p.DATE], np.int16)
        return cls(
            np.full(size, UNKNOWN, np.int8), reason, np.zeros(size, np.int64), np.full(size, -1, np.int16), nothing
        )

    def set(self, rows: Array | None, outcome: int, reason: int) -> None:
        where: Any = slice(None) if rows is None else rows
        self.outcome[where], self.reason[where] = outcome, reason

    def refuse(self, rows: Array, codes_plus_one: Array) -> None:
        self.outcome[rows], self.amount[rows] = REFUSED, 0
        self.reason[rows] = codes_plus_one[rows] - 1
        for _values, _places, known in self.figures.values():
            known[rows] = False

    def put(self, rows: Array, part: Decided) -> Decided:
        """Return itself with the answers to some of its rows in their places."""
        for name in ("outcome", "reason", "amount", "version"):
            getattr(self, name)[rows] = getattr(part, name)
        for name, (values, places, known) in part.figures.items():
            mine, own_places, own_known = self.figures[name]
            most = max(places, own_places)
            mine = _more_places(mine, own_places, most)
            mine[rows], own_known[rows] = _more_places(values, places, most), known
            self.figures[name] = (mine, most, own_known)
        return self

    @classmethod
    def joined(cls, parts: Sequence[Decided], names: Sequence[str], codes: Codes) -> Decided:
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.empty(0, names, codes)
        outcome, reason, amount, version = (
            np.concatenate([getattr(one, name) for one in parts]) for name in ("outcome", "reason", "amount", "version")
        )
        figures = {}
        for name in names:
            most = max(one.figures[name][1] for one in parts)
            values = np.concatenate([_more_places(one.figures[name][0], one.figures[name][1], most) for one in parts])
            figures[name] = (values, most, np.concatenate([one.figures[name][2] for one in parts]))
        return cls(outcome, reason, amount, version, figures)


def _more_places(values: Array, places: int, most: int) -> Array:
    if places == most:
        return values
    return values.astype(object) * 10 ** (most - places) if most - places > 4 else values * 10 ** (most - places)


def decide(chunk: Chunk, codes: Codes, version: int, names: Sequence[str]) -> Decided:
    """Return the answers to the rows of a chunk under its program."""
    size = chunk.size
    met = [_met(chunk, one) for one in chunk.program.requirements]
    yes = np.broadcast_to(_every([one.yes for one in met]), size)
    reason = np.full(size, codes[p.QUALIFIES], np.int16)
    outcome = np.where(yes, np.int8(QUALIFIES), np.int8(DOES_NOT))
    _Reasons(chunk, codes, reason).write(met, yes, outcome)
    amount, figures = _amounts(chunk, codes, outcome, reason, names)
    _contradictions(chunk, codes, outcome, reason, amount)
    for _values, _places, known in figures.values():
        known &= outcome == QUALIFIES
    return Decided(outcome, reason, amount, np.full(size, version, np.int16), figures)


def _every(many: list[Any]) -> Any:
    found = many[0]
    for one in many[1:]:
        found = np.logical_and(found, one)
    return found


def _met(chunk: Chunk, requirement: p.Requirement) -> Verdict:
    found = chunk.test(requirement.test)
    if requirement.section != "excluded":
        return found
    return Verdict(np.logical_not(found.yes)) if found.fails is None else Verdict(found.no, found.yes)


class _Reasons:
    """Writes reason codes: of the first requirement that failed, else the first unknown one, else the way in."""

    def __init__(self, chunk: Chunk, codes: Codes, reason: Array) -> None:
        self.chunk, self.codes, self.reason = chunk, codes, reason

    def write(self, met: list[Verdict], yes: Array, outcome: Array) -> None:
        requirements = self.chunk.program.requirements
        way = next((one.test for one in requirements if offers_ways(one)), None)
        if way is not None:
            self._descend(way, True, yes)
        rest = np.logical_not(yes)
        if not rest.any():
            return
        for requirement, verdict in zip(requirements, met, strict=True):
            here = np.logical_and(rest, verdict.no)
            self._descend(requirement.test, requirement.section == "excluded", here)
            rest = np.logical_and(rest, np.logical_not(here))
        if not any(one.fails is not None for one in met):
            return
        outcome[rest] = UNKNOWN
        for requirement, verdict in zip(requirements, met, strict=True):
            if verdict.decided is not None:
                here = np.logical_and(rest, np.logical_not(verdict.decided))
                self._descend(requirement.test, None, here)
                rest = np.logical_and(rest, verdict.decided)

    def _descend(self, test: p.Test, value: bool | None, rows: Array) -> None:
        """Write, in these rows, the code of the innermost test that made `test` come out as `value`."""
        if not isinstance(test, p.All | p.Any | p.Not) or len({one.meta.code for one in walk(test)}) == 1:
            np.copyto(self.reason, np.int16(self.codes[test.meta.code]), where=rows)
        elif isinstance(test, p.Not):
            self._descend(test.child, None if value is None else not value, rows)
        elif (isinstance(test, p.All) and value is not True) or (isinstance(test, p.Any) and value is not False):
            self._choose(test, value, rows)
        else:
            np.copyto(self.reason, np.int16(self.codes[test.meta.code]), where=rows)

    def _choose(self, test: p.All | p.Any, value: bool | None, rows: Array) -> None:
        for child in test.children:
            verdict = self.chunk.test(child)
            if value is None and verdict.fails is None:
                continue
            here = np.logical_and(rows, verdict.came_out(value))
            if here.any():
                self._descend(child, value, here)
                rows = np.logical_and(rows, np.logical_not(here))


def _amounts(
    chunk: Chunk, codes: Codes, outcome: Array, reason: Array, names: Sequence[str]
) -> tuple[Array, dict[str, FigureArrays]]:
    program, size = chunk.program, chunk.size
    qualify = outcome == QUALIFIES
    result = chunk.value(program.result)
    cap = None if program.cap is None else chunk.value(program.cap)
    parts = [*(chunk.named(name) for name in (*program.steps, *program.also)), result, *([cap] if cap else [])]
    too_much = _beyond(parts, qualify)
    amount = result if cap is None else extreme([result, cap], np.minimum)
    amount = scaled(rounded(amount, program.rounding) if program.rounding else amount, 2)
    if amount.known is not None:
        unknown = np.logical_and(qualify, np.logical_not(amount.known))
        outcome[unknown], reason[unknown] = UNKNOWN, codes[p.AMOUNT]
    if too_much is not None:
        outcome[too_much], reason[too_much] = REFUSED, codes[p.OVERFLOW]
    qualify = outcome == QUALIFIES
    figures = {name: _figure(chunk, name, qualify) for name in names}
    return _masked(amount, qualify, size), figures


def _masked(one: Values, rows: Array, size: int) -> Array:
    """Return the values in these rows, nothing elsewhere."""
    array = np.broadcast_to(one.array, size)
    if array.dtype != object:
        return np.where(rows, array, 0)
    found = np.zeros(size, np.int64)
    found[rows] = array[rows].astype(np.int64)
    return found


def _beyond(parts: Sequence[Values], qualify: Array) -> Array | None:
    found: Array | None = None
    for one in parts:
        limit = p.MOST * 10**one.places
        if one.bound > limit:
            here: Array = np.logical_and(qualify, np.asarray(np.abs(one.array) > limit, dtype=bool))
            here = here if one.known is None else np.logical_and(here, one.known)
            found = here if found is None else np.logical_or(found, here)
    return found if found is not None and found.any() else None


def _figure(chunk: Chunk, name: str, qualify: Array) -> FigureArrays:
    program = chunk.program
    if name not in program.steps and name not in program.also:
        return np.zeros(chunk.size, np.int64), 0, np.zeros(chunk.size, bool)
    found = chunk.named(name)
    known = qualify if found.known is None else np.logical_and(qualify, found.known)
    return _masked(found, known, chunk.size), found.places, np.array(known)


def _contradictions(chunk: Chunk, codes: Codes, outcome: Array, reason: Array, amount: Array) -> None:
    """Refuse rows whose facts contradict each other, whatever else is said of them; the first contradiction counts."""
    for test in reversed(chunk.program.consistent):
        wrong = np.broadcast_to(chunk.test(test).no, chunk.size)
        if wrong.any():
            outcome[wrong], amount[wrong] = REFUSED, 0
            reason[wrong] = codes[f"consistent:{test.meta.code}"]
