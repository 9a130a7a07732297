"""Solves a roster with CP-SAT in three turns: least uncovered, then fewest people, then most even hours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ortools.sat.python import cp_model

from paotui.planning.posts import reasons
from paotui.planning.posts.greedy import Held, first_roster
from paotui.planning.posts.model import Roster, build, demand, start_from
from paotui.planning.posts.plan import Duty, Plan
from paotui.planning.posts.problem import Problem, refuse
from paotui.planning.reading import Model
from paotui.planning.stop import OnProgress, Progress, Stop

EFFORT = 0.001
"""CP-SAT's deterministic time for one iteration; about a millisecond."""


class Params(Model):
    workers: int = 2
    """Threads, when the stop is by time alone; one when iterations are to be repeatable."""


@dataclass
class _Search:
    """What the three turns share: the stop, what was spent, the best roster so far."""

    roster: Roster
    stop: Stop
    seed: int
    params: Params
    on_progress: OnProgress | None
    seconds: float = 0.0
    effort: float = 0.0
    values: dict[int, int] | None = None

    def turn(self, objective: cp_model.LinearExprT, share: float) -> tuple[int, int, bool] | None:
        """Minimise; return value, bound, proven. None when nothing was found or the stop is reached."""
        if self.stop.cancel.is_set():
            return None
        self.roster.model.minimize(objective)
        self._hint()
        solver = self._solver(share)
        with _cancelling(solver, self.stop.cancel):
            status = solver.solve(self.roster.model, _Told(self, self.seconds))
        self.seconds += solver.wall_time
        self.effort += solver.response_proto.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        self.values = {
            index: solver.value(self.roster.model.get_int_var_from_proto_index(index))
            for index in range(len(self.roster.model.proto.variables))
        }
        value = round(solver.objective_value)
        return value, max(0, round(solver.best_objective_bound)), status == cp_model.OPTIMAL

    def _hint(self) -> None:
        if self.values is not None:
            self.roster.model.clear_hints()
            for index, value in self.values.items():
                self.roster.model.add_hint(self.roster.model.get_int_var_from_proto_index(index), value)

    def _solver(self, share: float) -> cp_model.CpSolver:
        """A solver that may use up to `share` of what is left."""
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = self.seed % 2**31
        solver.parameters.num_workers = 1 if self.stop.iterations is not None else max(1, self.params.workers)
        if self.stop.seconds is not None:
            solver.parameters.max_time_in_seconds = max(0.01, share * (self.stop.seconds - self.seconds))
        if self.stop.iterations is not None:
            left = self.stop.iterations * EFFORT - self.effort
            solver.parameters.max_deterministic_time = max(EFFORT, share * left)
        return solver


class _Told(cp_model.CpSolverSolutionCallback):
    def __init__(self, search: _Search, before: float) -> None:
        super().__init__()
        self._search, self._before, self._count = search, before, 0

    def on_solution_callback(self) -> None:
        self._count += 1
        if self._search.on_progress is not None:
            short = sum(self.value(one) for one in self._search.roster.short.values())
            seconds = self._before + self.wall_time
            self._search.on_progress(Progress(seconds, self._count, self.objective_value, short))
        if self._search.stop.cancel.is_set():
            self.stop_search()


@contextmanager
def _cancelling(solver: cp_model.CpSolver, cancel: threading.Event) -> Iterator[None]:
    """Stop the solver soon after somebody cancels."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            if cancel.is_set():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Return a roster; raises ProblemError where the problem does not hold together.

    With a stop on iterations alone the same seed gives the same roster (CP-SAT's deterministic time, one thread).
    """
    refuse(problem)
    search = _Search(build(problem), stop, seed, params or Params(), on_progress)
    roster, step = search.roster, problem.step
    search.values = start_from(roster, _first(roster))
    missing = search.turn(roster.missing(), 0.5)
    people = spread = None
    if missing is not None:
        roster.model.add(roster.missing() <= missing[0])
        people = search.turn(sum(roster.used), 0.6)
    if people is not None and roster.evenness is not None:
        roster.model.add(sum(roster.used) <= people[0])
        spread = search.turn(roster.evenness[2], 1.0)
    turns = {"missing": missing, "people": people, "spread": spread}
    duties = list(_duties(roster, search.values))
    uncovered = reasons.uncovered(problem, duties)
    hours = reasons.hours(duties)
    return Plan(
        problem=problem.name, duties=duties, uncovered=uncovered,
        missing=sum(one.missing * (one.end - one.start) for one in uncovered), people=len(hours),
        spread=max(hours.values(), default=0) - min(hours.values(), default=0),
        missing_bound=missing[1] * step if missing else 0, people_bound=people[1] if people else 0,
        proven=_proven(turns), seed=seed, iterations=round(search.effort / EFFORT), seconds=round(search.seconds, 3),
    )  # fmt: skip


def _first(roster: Roster) -> list[Held]:
    problem = roster.problem
    may = {key: set(found) for key, found in roster.at.items()}
    return first_roster(problem, may, [demand(post, problem.step) for post in problem.posts])


def _proven(turns: dict[str, tuple[int, int, bool] | None]) -> list[str]:
    """Each is proven only given the ones before."""
    found = []
    for name, turn in turns.items():
        if turn is None or not turn[2]:
            break
        found.append(name)
    return found


def _duties(roster: Roster, values: dict[int, int] | None) -> Iterator[Duty]:
    """Steps next to each other make one duty."""
    step = roster.problem.step
    for (post, person), found in roster.at.items():
        held = sorted(at for at, one in found.items() if values and values[one.index])
        for start, end in _runs(held):
            yield Duty(
                person=roster.problem.people[person].id, post=roster.problem.posts[post].id, start=start * step,
                end=end * step,
            )  # fmt: skip


def _runs(held: list[int]) -> Iterator[tuple[int, int]]:
    """[3, 4, 5, 8] → (3, 6), (8, 9)."""
    there = set(held)
    ends = (at + 1 for at in held if at + 1 not in there)
    yield from zip((at for at in held if at - 1 not in there), ends, strict=True)
