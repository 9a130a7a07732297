"""Turns a problem into what the kernel solves: matrices by mode, segments by stop, a vehicle for each shift."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from paotui.planning.errands.engine import NEVER, Instance, Ints, Segment
from paotui.planning.errands.problem import Counter, Mode, Problem, Span, Step

ALWAYS: list[Span] = [(0, 1 << 29)]
UNLIMITED = 1 << 29
LOOK_AT_MOST = 300
"""Places up to which the triangle inequality is looked at; beyond, distances between points are trusted to keep it."""


@dataclass(slots=True)
class Network:
    """An instance and the names behind its numbers."""

    instance: Instance
    metres: Ints
    """Mode × place × place."""
    stops: list[tuple[int, int]]
    """By stop: errand and step."""
    vehicles: list[tuple[int, int]]
    """By vehicle: runner and shift."""


def network_of(problem: Problem) -> Network:
    """Return the instance of a problem; stops of an errand are numbered in the order of its steps."""
    index = {place.id: k for k, place in enumerate(problem.places)}
    counters = {counter.id: k for k, counter in enumerate(problem.counters)}
    stops = [(e, s) for e, errand in enumerate(problem.errands) for s in range(len(errand.steps))]
    steps = [problem.errands[e].steps[s] for e, s in stops]
    vehicles = [(r, k) for r, runner in enumerate(problem.runners) for k in range(len(runner.shifts))]
    runners = [problem.runners[r] for r, _ in vehicles]
    shifts = [problem.runners[r].shifts[k] for r, k in vehicles]
    loads = problem.loads or [""]
    seconds, metres = matrices(problem)
    weights = problem.weights
    cost = weights.travel * seconds.astype(np.int64) + (weights.kilometre * metres.astype(np.int64) + 500) // 1000
    of = [None if step.counter is None else problem.counters[counters[step.counter]] for step in steps]
    instance = Instance(
        place=[index[problem.where(step)] for step in steps],
        counter=[counters[one.id] if one is not None and one.queue_per == "visit" else -1 for one in of],
        segments=[segments(step, one) for step, one in zip(steps, of, strict=True)],
        direct=[segments(step, one, queue=False) for step, one in zip(steps, of, strict=True)],
        chain_at=np.cumsum([0, *(len(errand.steps) for errand in problem.errands)]).tolist(),
        gap_min=[step.after for step in steps],
        gap_max=[NEVER if step.within is None else step.within for step in steps],
        load=np.array([[step.load.get(kind, 0) for kind in loads] for step in steps], np.int32).reshape(-1, len(loads)),
        penalty=[weights.undone * errand.priority for errand in problem.errands],
        start=[index[runner.home] for runner in runners],
        end=[index[runner.end or runner.home] for runner in runners],
        open=[since for since, _ in shifts],
        close=[until for _, until in shifts],
        fixed=[weights.tour] * len(vehicles),
        profile=[problem.mode_of(runner) for runner in runners],
        capacity=np.array([[runner.capacity.get(kind, UNLIMITED) for kind in loads] for runner in runners], np.int32),
        seconds=seconds, cost=np.minimum(cost, NEVER).astype(np.int32), cost_out=weights.out,
        allowed=_allowed(problem, vehicles), metric=None if len(index) <= LOOK_AT_MOST else _from_points(problem),
    )  # fmt: skip
    return Network(instance, metres, stops, vehicles)


def matrices(problem: Problem) -> tuple[Ints, Ints]:
    """Return seconds and metres, mode × place × place."""
    both = [_matrices_of(problem, mode) for mode in problem.modes]
    return np.stack([seconds for seconds, _ in both]), np.stack([metres for _, metres in both])


def _matrices_of(problem: Problem, mode: Mode) -> tuple[Ints, Ints]:
    given = [None if rows is None else np.array(rows, np.int32) for rows in (mode.seconds, mode.metres)]
    if given[0] is not None and given[1] is not None:
        return given[0], given[1]
    points = np.array([(place.x, place.y) for place in problem.places], float)
    straight = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1)) * mode.detour
    seconds = np.ceil(straight / (mode.kmh / 3.6) - 1e-9) + np.where(straight > 0, mode.each, 0)
    return (
        given[0] if given[0] is not None else np.minimum(seconds, UNLIMITED).astype(np.int32),
        given[1] if given[1] is not None else np.ceil(straight - 1e-9).astype(np.int32),
    )


def segments(step: Step, counter: Counter | None, *, queue: bool = True) -> list[Segment]:
    """Return when a step may begin and how long it then takes; queue and service end before the counter closes."""
    if counter is None:
        return [Segment(since, until, step.seconds) for since, until in step.windows or ALWAYS]
    found = []
    for since, until, waiting in _pieces(counter) if queue else [(*span, 0) for span in counter.hours]:
        closes = next(end for start, end in counter.hours if start <= since < end)
        for first, last in step.windows or ALWAYS:
            begins, ends = max(since, first), min(until - 1, last, closes - waiting - step.seconds)
            if begins <= ends:
                found.append(Segment(begins, ends, waiting + step.seconds))
    return found


def _pieces(counter: Counter) -> list[tuple[int, int, int]]:
    """Opening hours cut where the expected queue changes: since, until, queue."""
    found = []
    for since, until in counter.hours:
        inside = {since, until}
        for one in counter.queue:
            inside |= {cut for cut in (one.since, one.until) if since < cut < until}
        cuts = sorted(inside)
        for first, last in itertools.pairwise(cuts):
            waiting = next((one.seconds for one in counter.queue if one.since <= first < one.until), 0)
            found.append((first, last, waiting))
    return found


def _allowed(problem: Problem, vehicles: list[tuple[int, int]]) -> np.ndarray | None:
    if all(errand.runners is None for errand in problem.errands):
        return None
    ids = [problem.runners[r].id for r, _ in vehicles]
    return np.array(
        [[errand.runners is None or one in errand.runners for one in ids] for errand in problem.errands], np.uint8
    )


def _from_points(problem: Problem) -> bool:
    return all(mode.seconds is None and mode.metres is None for mode in problem.modes)
