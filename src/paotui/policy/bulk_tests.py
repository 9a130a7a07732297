"""Conditions over many cases at once, three-valued: where they hold, and where they fail; neither is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from paotui.policy import program as p
from paotui.policy.bulk_values import VALUE, Values, aligned, both, multiplied
from paotui.policy.columns import AnyColumn, Array


@dataclass(slots=True)
class Verdict:
    """Where a test holds; `fails` is None where it fails exactly everywhere else."""

    yes: Any
    fails: Any = None

    @property
    def no(self) -> Any:
        if self.fails is None:
            return np.logical_not(self.yes)
        return self.fails

    def came_out(self, value: bool | None) -> Any:
        """Return where the test came out as a value; None is unknown."""
        if value is None:
            return np.logical_not(np.logical_or(self.yes, self.no))
        return self.yes if value else self.no

    @property
    def decided(self) -> Array | None:
        return None if self.fails is None else np.logical_or(self.yes, self.fails)


class Chunk:
    """Some rows under a program: each formula and test is worked out once."""

    def __init__(
        self, program: p.Program, columns: Mapping[str, AnyColumn], bounds: Mapping[str, int], size: int
    ) -> None:
        self.program, self.columns, self.size = program, columns, size
        self._bounds = bounds
        self._named: dict[str, Values] = {}
        self._tests: dict[p.Test, Verdict] = {}

    def bound(self, name: str) -> int:
        """Return the largest size a fact has in these rows."""
        return self._bounds[name]

    def value(self, expr: p.Expr) -> Values:
        return VALUE[type(expr)](self, expr)

    def named(self, name: str) -> Values:
        if name not in self._named:
            self._named[name] = self.value(self.program.named[name].expr)
        return self._named[name]

    def test(self, test: p.Test) -> Verdict:
        if test not in self._tests:
            self._tests[test] = _TEST[type(test)](self, test)
        return self._tests[test]


def _all(chunk: Chunk, test: p.All) -> Verdict:
    return _together([chunk.test(one) for one in test.children], np.logical_and, np.logical_or, True)


def _any(chunk: Chunk, test: p.Any) -> Verdict:
    return _together([chunk.test(one) for one in test.children], np.logical_or, np.logical_and, False)


def _together(many: list[Verdict], for_yes: Any, for_no: Any, empty: bool) -> Verdict:
    if not many:
        return Verdict(np.asarray(empty))
    yes = many[0].yes
    for one in many[1:]:
        yes = for_yes(yes, one.yes)
    if all(one.fails is None for one in many):
        return Verdict(yes)
    no = many[0].no
    for one in many[1:]:
        no = for_no(no, one.no)
    return Verdict(yes, no)


def _not(chunk: Chunk, test: p.Not) -> Verdict:
    found = chunk.test(test.child)
    return Verdict(np.logical_not(found.yes)) if found.fails is None else Verdict(found.no, found.yes)


COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "is_": np.equal, "is_not": np.not_equal, "at_least": np.greater_equal, "at_most": np.less_equal,
    "more_than": np.greater, "less_than": np.less,
}  # fmt: skip


def _where_known(yes: Any, known: Array | None) -> Verdict:
    yes = np.asarray(yes, dtype=bool)
    if known is None:
        return Verdict(yes)
    return Verdict(np.logical_and(yes, known), np.logical_and(np.logical_not(yes), known))


def _compare(chunk: Chunk, test: p.Compare) -> Verdict:
    left, right = chunk.value(test.left), _right(chunk, test.left, test.right)
    if test.left.kind == "number":
        (left, right), _places = aligned([left, right])
    return _where_known(COMPARE[test.operator](left.array, right.array), both(left.known, right.known))


def _right(chunk: Chunk, left: p.Expr, right: p.Expr) -> Values:
    """Return the right side; a choice is the number of the option in the policy."""
    if left.kind == "choice" and isinstance(left, p.FactRef) and isinstance(right, p.Const):
        options = [one.value for one in chunk.program.facts[left.name].choices]
        return Values(options.index(str(right.value)), 0, len(options))
    return chunk.value(right)


def _ratio(chunk: Chunk, test: p.Ratio) -> Verdict:
    above, below, limit = (chunk.value(one) for one in (test.numerator, test.denominator, test.right))
    (left, right), _places = aligned([above, multiplied([limit, below])])
    found = _where_known(COMPARE[test.operator](left.array, right.array), both(above.known, below.known, limit.known))
    based = np.asarray(below.array > 0, dtype=bool)
    if below.known is None and np.all(based):
        return found
    # Known not to be positive: what the policy says holds then. Not known: `found` is unknown already.
    baseless = np.logical_not(based) if below.known is None else np.logical_and(np.logical_not(based), below.known)
    yes, no = np.logical_and(found.yes, based), np.logical_and(found.no, based)
    if test.without_base is None:
        return Verdict(yes, no)
    return Verdict(np.logical_or(yes, baseless), no) if test.without_base else Verdict(yes, np.logical_or(no, baseless))


def _one_of(chunk: Chunk, test: p.OneOf) -> Verdict:
    left = chunk.value(test.left)
    found = Verdict(np.asarray(False))
    for option in test.options:
        one, other = left, _right(chunk, test.left, option)
        if test.left.kind == "number":
            (one, other), _places = aligned([one, other])
        same = _where_known(np.equal(one.array, other.array), both(one.known, other.known))
        found = _together([found, same], np.logical_or, np.logical_and, False)
    if not test.options:
        return _where_known(np.asarray(False), left.known)
    return found


def _is_known(chunk: Chunk, test: p.IsKnown) -> Verdict:
    known = chunk.value(test.left).known
    yes = np.asarray(True) if known is None else known
    return Verdict(yes if test.known else np.logical_not(yes))


_TEST: dict[type[p.Test], Callable[[Chunk, Any], Verdict]] = {
    p.All: _all, p.Any: _any, p.Not: _not, p.Compare: _compare, p.Ratio: _ratio, p.OneOf: _one_of, p.IsKnown: _is_known,
}  # fmt: skip
