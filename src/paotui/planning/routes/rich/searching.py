"""Searches a problem, or the parts it falls into one after the other, and puts together the best of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt

import numpy as np

from paotui.planning.routes.plan import Plan
from paotui.planning.routes.rich.engine import STOP, Found, Limits, run
from paotui.planning.routes.rich.lowering import Lowered, Lowering
from paotui.planning.routes.rich.parts import parts
from paotui.planning.routes.rich.structs import RichStatus

GROWTH = 1.5
"""The time a part is given grows with its stops to this power, those that are linked counted twice."""
SECONDS, ITERATIONS = 0.03, 500
"""What a search of a part takes, for each stop; with four times as much it is searched twice, with nine thrice."""
ROUGHLY = 0.04
"""Of the whole, for a rough plan of every part before any is searched in earnest: for whoever cancels soon."""
FEWER_SECONDS, FEWER_ITERATIONS = 0.04, 1_200
"""For each stop, from which on a search has time to look for fewer vehicles."""
RETIMING, RETIMING_A_STOP, SHARE_FOR_RETIMING = 0.06, 0.0002, 0.1
"""Seconds for the best times of the routes found: at all (most of it loading), for each stop; of all, at most."""

Tell = Callable[[RichStatus], None]


def search(
    lowering: Lowering, whole: Lowered, start: Plan | None, limits: Limits, tell: Tell, cancel: threading.Event
) -> Found:
    """The best plan found within the limits, from `start` what is near it; `whole` is what `lowering` makes of both."""
    kept = _for_retiming(whole, limits)
    if kept and limits.deadline is not None:
        limits = replace(limits, deadline=limits.deadline - kept)
    problems = parts(whole)
    if len(problems) == 1:
        fewer = start is None and _time_for_fewer(limits, len(whole.expansion.stops))
        found = run(whole, replace(limits, fewer=fewer), tell, cancel)
    else:
        lowered = [Lowering(one, lowering.tables).lowered(start) for one in problems]
        found = _Search(whole, lowered, limits, tell, cancel).found(near=start is not None)
    if not kept:
        return found
    from paotui.planning.routes.rich.retiming import retimed  # here: HiGHS loads longer than small plans take

    return retimed(whole, found)


def _time_for_fewer(limits: Limits, stops: int) -> bool:
    seconds = np.inf if limits.deadline is None else limits.deadline - time.monotonic()
    iterations = np.inf if limits.iterations is None else limits.iterations
    return bool(seconds >= FEWER_SECONDS * stops and iterations >= FEWER_ITERATIONS * stops)


def _for_retiming(whole: Lowered, limits: Limits) -> float:
    """Seconds kept for it; 0 where it saves nothing, or would take too much of a short search."""
    arrays = whole.arrays
    priced = arrays["per_second"].any() or arrays["overtime_per_second"].any() or whole.rates["balance"]
    kept = RETIMING + RETIMING_A_STOP * len(whole.expansion.stops)
    left = np.inf if limits.deadline is None else limits.deadline - time.monotonic()
    return kept if len(arrays["link_a"]) and priced and kept <= SHARE_FOR_RETIMING * left else 0.0


class _Part:
    """A part, its best plan, and how many of its stops that leaves out."""

    def __init__(self, whole: Lowered, lowered: Lowered, limits: Limits) -> None:
        self.lowered = lowered
        self.stops = len(lowered.expansion.stops)
        linked = {*lowered.arrays["link_a"].tolist(), *lowered.arrays["link_b"].tolist()}
        self.weight = (self.stops + len(linked)) ** GROWTH
        self._must = lowered.arrays["must"].astype(bool)
        self._numbers = _numbers(whole, lowered)
        self.best = run(lowered, replace(limits, iterations=0, threads=1))
        self.worth, self.left_out = self._judged(self.best)

    def improve(self, found: Found) -> None:
        worth, left_out = self._judged(found)
        if worth < self.worth:
            self.best, self.worth, self.left_out = found, worth, left_out

    def visits(self) -> np.ndarray:
        """With the numbers of the whole."""
        rows = self.best.visits.copy()
        vehicles, stops = self._numbers
        rows[:, 0] = vehicles[rows[:, 0]]
        served = rows[:, 1] == STOP
        rows[served, 2] = stops[rows[served, 2]]
        return rows

    def _judged(self, found: Found) -> tuple[tuple[int, float], int]:
        served = found.visits[found.visits[:, 1] == STOP, 2]
        missing = int(self._must.sum() - self._must[served].sum())
        return (missing, found.cost), self.stops - len(served)


def _numbers(whole: Lowered, part: Lowered) -> tuple[np.ndarray, np.ndarray]:
    x, own = whole.expansion, part.expansion
    vehicles = [x.vehicle_number[one.name] for one in own.fleet]
    return np.array(vehicles, np.int32), np.array([x.stop_number[one.id] for one in own.stops], np.int32)


@dataclass(frozen=True, slots=True)
class _Run:
    part: _Part
    share: float
    """Of all there is to do."""
    apart: bool
    number: int


class _Search:
    def __init__(
        self, whole: Lowered, lowered: list[Lowered], limits: Limits, tell: Tell, cancel: threading.Event
    ) -> None:
        self.limits, self.tell, self.cancel = limits, tell, cancel
        self.parts = [_Part(whole, one, limits) for one in lowered]
        self.iterations = 0

    def found(self, near: bool) -> Found:
        """`near` what is given one search is enough."""
        runs = sorted(self._runs(near), key=lambda one: one.number)
        rest = 1.0
        for one in runs:
            if self.cancel.is_set():
                break
            limits = self._limits(one, rest)
            rest -= one.share
            found = run(one.part.lowered, limits, partial(self._told, one.part), self.cancel)
            self.iterations += found.iterations
            one.part.improve(found)
        visits = np.concatenate([part.visits() for part in self.parts])
        order = np.argsort(visits[:, 0], kind="stable")
        return Found(visits[order], sum(part.best.cost for part in self.parts), self.iterations)

    def _runs(self, near: bool) -> Iterator[_Run]:
        weights = sum(part.weight for part in self.parts)
        for part in self.parts:
            share = part.weight / weights
            enough = self._times_enough(share, part.stops)
            often, roughly = (1, 0.0) if near else (max(1, round(sqrt(enough))), ROUGHLY)
            if roughly:
                yield _Run(part, share * roughly, True, -1)
            for number in range(often):
                yield _Run(part, share * (1 - roughly) / often, not near, number)

    def _times_enough(self, share: float, stops: int) -> float:
        if self.limits.iterations is not None:
            return self.limits.iterations * share / (ITERATIONS * stops)
        assert self.limits.deadline is not None, "one of the two limits is set"
        return max(0.0, self.limits.deadline - time.monotonic()) * share / (SECONDS * stops)

    def _limits(self, one: _Run, rest: float) -> Limits:
        limits, now = self.limits, time.monotonic()
        last = one.share > rest - 1e-9
        others = any(part.left_out for part in self.parts if part is not one.part)
        deadline = limits.deadline
        if deadline is not None:
            end = deadline - (limits.reserve if others else 0)  # the reasons of what is left out take time
            deadline = now + max(0.0, end - now) * min(1.0, one.share / rest)
        limits = replace(
            limits,
            iterations=None if limits.iterations is None else max(1, round(limits.iterations * one.share)),
            deadline=deadline,
            seed=limits.seed + 1_000_000 * one.number,
            apart=one.apart,
            reserve=limits.reserve if last and not others else 0.0,
        )
        return replace(limits, fewer=one.apart and _time_for_fewer(limits, one.part.stops))

    def _told(self, at: _Part, status: RichStatus) -> None:
        others = [part for part in self.parts if part is not at]
        best = at.best.cost, at.left_out
        now = min(best, (status.cost, status.unserved)) if status.iterations else best
        self.tell(RichStatus(
            iterations=self.iterations + status.iterations,
            cost=now[0] + sum(part.best.cost for part in others),
            unserved=now[1] + sum(part.left_out for part in others),
        ))  # fmt: skip
