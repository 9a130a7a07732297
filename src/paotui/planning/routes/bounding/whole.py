"""The bound of a problem: the cheap one at once, relaxed routes while there is time, all routes where they are few."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from paotui.local_text import LocalText
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.routes import checker
from paotui.planning.routes.bounding import assignment, beginning, enumeration, money, wording
from paotui.planning.routes.bounding.generation import Generation
from paotui.planning.routes.bounding.pricing import Unsuited
from paotui.planning.routes.bounding.relaxation import Relaxation, leaving_of, relaxation
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import OnProgress, Progress, Stop

MOST = 1_300
"""Stops up to which relaxed routes are tried; their matrices grow with the square, for each kind of vehicle."""
CELLS = 30_000_000
LARGEST = 6_000
"""Stops a bound is told for at all: between more, the ways alone would take gigabytes."""
FOR_A_PLAN = 0.15
"""Share of the time for a plan to compare with, where none is given; without a limit in time, iterations a stop."""
FOR_ALL, FEW = 0.25, 150
"""Share of the time kept for counting all routes, and stops up to which it is."""
ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan costs less than `value` that leaves out, of the stops that have to be served, none but `leaving`.

    `cost` is that of the plan compared with, `gap` = (cost − value) ÷ cost; `proven`: no plan is cheaper than that one.
    """

    value: Decimal
    method: LocalText
    cost: Decimal
    gap: float
    proven: bool
    leaving: tuple[str, ...] = ()
    rounds: int = 0

    def sentences(self) -> list[LocalText]:
        """The bound in words, to be read out."""
        return wording.sentences(self.value, self.cost, self.gap, self.proven, self.leaving, self.method)


def bound(
    problem: Problem, stop: Stop, plan: Plan | None = None, seed: int = 1, on_progress: OnProgress | None = None
) -> Bound:
    """The best bound found until `stop` (`iterations` count rounds of pricing), beside `plan`, or one made first.

    Raises ProblemError where the plan does not hold, or stops are too many. Deterministic when it stops on iterations.
    """
    begun = time.monotonic()
    if len(problem.stops) > LARGEST:
        raise ProblemError([_too_many(len(problem.stops))])
    if plan and (faults := checker.check(problem, plan)):
        raise ProblemError(faults)
    until = stop.deadline()
    plan = plan or _made(problem, stop, seed)
    search = _Search(problem, plan, begun, until, stop, on_progress)
    return search.run()


def _too_many(stops: int) -> Fault:
    return fault(
        "stops",
        zh=f"有 {stops} 个点；下界最多算到 {LARGEST} 个点。请先取其中一片作为单独的问题。",
        en=f"there are {stops} of them; a bound is told for up to {LARGEST}. Take a part of the district by itself.",
    )


def _made(problem: Problem, stop: Stop, seed: int) -> Plan:
    """A plan to compare with, which also tells where prices are."""
    from paotui.planning.routes import solving  # here: plans state the cheap bound, so it imports this package

    left = None if stop.seconds is None else FOR_A_PLAN * max(0.2, stop.deadline() - time.monotonic())
    count = None if stop.iterations is None else ITERATIONS * (1 + len(problem.stops))
    return solving.solve(problem, Stop(seconds=left, iterations=count, cancel=stop.cancel), seed)


class _Search:
    def __init__(
        self, problem: Problem, plan: Plan, begun: float, until: float, stop: Stop, on_progress: OnProgress | None
    ) -> None:
        self.problem, self.plan, self.stop, self.begun, self.until = problem, plan, stop, begun, until
        self.cost = checker.cost(problem, plan).total
        self.leaving = leaving_of(problem, plan)
        self.on_progress, self.rounds = on_progress, 0
        self.value, self.method = Decimal(0), wording.NOTHING

    def run(self) -> Bound:
        relaxed = relaxation(self.problem, self.leaving)
        cheap = assignment.bound(relaxed)
        self._note(cheap or 0.0, wording.ASSIGNMENT)
        if not self._done() and 0 < relaxed.n <= MOST and relaxed.n**2 * len(relaxed.kinds) <= CELLS:
            self._by_routes(relaxed)
        gap = float((self.cost - self.value) / self.cost) if self.cost else 0.0
        return Bound(self.value, self.method, self.cost, gap, self.value >= self.cost, self.leaving, self.rounds)

    def _by_routes(self, relaxed: Relaxation) -> None:
        keep = FOR_ALL if self.stop.seconds is not None and relaxed.n <= FEW else 0.0
        soon = self.until - keep * max(0.0, self.until - time.monotonic())
        try:
            generation = Generation(relaxed, self._over(lambda: time.monotonic() > soon))
        except Unsuited:
            return
        for walk in beginning.walks(relaxed, self.plan):
            generation.add(walk)
        generation.centre = beginning.prices(relaxed, self.plan)
        generation.told = lambda value: self._note(value, wording.ROUTES)
        self._note(generation.run(), wording.ROUTES)
        self.rounds = generation.rounds
        if not self._done() and generation.finished:
            self._by_all(relaxed, generation)

    def _by_all(self, relaxed: Relaxation, generation: Generation) -> None:
        """The best plan of all routes that a cheaper plan than the one at hand could be made of."""
        found = enumeration.best(relaxed, generation, float(self.cost), self.until)
        if found is not None:
            self._note(min(found, float(self.cost)), wording.ALL)

    def _over(self, late: Callable[[], bool]) -> Callable[[], bool]:
        def over() -> bool:
            self.rounds += 1
            limit = self.stop.iterations
            return late() or self._done() or (limit is not None and self.rounds > limit)

        return over

    def _done(self) -> bool:
        return self.value >= self.cost or self.stop.cancel.is_set() or time.monotonic() > self.until

    def _note(self, value: float, method: LocalText) -> None:
        told = money.told(self.problem, value)
        if told <= self.value:
            return
        self.value, self.method = told, method
        if self.on_progress:
            self.on_progress(Progress(time.monotonic() - self.begun, self.rounds, float(told)))
