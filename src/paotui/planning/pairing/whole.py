"""Loads that cannot be shared: rounds a shared plan to whole groups, searches small cases exhaustively."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from ortools.sat.python import cp_model

from paotui.planning import kernel
from paotui.planning.matching.engine import TELL, at
from paotui.planning.pairing.desk import Array, Desk
from paotui.planning.pairing.placing import NONE, fitted, settle, used
from paotui.planning.pairing.transport import Shared, capacities

SWEEPS, TREES = 300, 400  # moves tried for each group while improving; trees grown after that


@dataclass(slots=True)
class Whole:
    """The unit of each group (NONE: unserved), and what an exhaustive search has proven."""

    unit: Array
    peak_searched: bool = False
    cost_searched: bool = False


def undivided(desk: Desk, shared: Shared) -> Array:
    """Return the unit of each group of which all load went to one, NONE for the others."""
    unit = np.full(len(desk.load), NONE, np.int64)
    tails, flows = shared.arcs.tails(), np.flatnonzero(shared.market.flow)
    whole = flows[shared.market.flow[flows] == desk.load[tails[flows]]]
    unit[tails[whole]] = shared.arcs.head[whole]
    return unit


def rounded(desk: Desk, shared: Shared, capacity: Array) -> Array:
    """Return the unit of each group: where all of its load went to one, that; else the cheapest with room."""
    unit = undivided(desk, shared)
    settle(desk, unit, capacity - used(desk, unit))
    return unit


def improved(
    desk: Desk, unit: Array, capacity: Array, prices: Shared | None = None, seed: int = 1,
    stop: Callable[[int], bool] | None = None,
) -> tuple[Array, int]:  # fmt: skip
    """Return a pairing within the capacities, and the iterations it took: `unit` where it is one and none better was
    found, also where none was found.

    Groups of `unit` may be without one (NONE). Without `prices` of a shared plan only the costs say which pairs to
    look at.
    """
    found, beyond, took = _moved(desk, unit, capacity, prices, SWEEPS, seed, stop)
    if beyond and not (stop and stop(took)):
        fit = fitted(desk, found, capacity)
        if (fit >= 0).all():
            found, beyond, more = _moved(desk, fit, capacity, prices, 0, seed, stop)
            took += more
            if beyond:
                found, beyond = fit, 0
    rows, none = np.arange(len(unit)), bool((unit < 0).any())
    better = not beyond and (none or desk.cost[rows, found].sum() < desk.cost[rows, unit].sum())
    return found if better else unit, took


def _moved(
    desk: Desk, unit: Array, capacity: Array, prices: Shared | None, sweeps: int, seed: int,
    stop: Callable[[int], bool] | None,
) -> tuple[Array, int, int]:  # fmt: skip
    """Return what annealing of so many sweeps, trees and chains make of it, load beyond the capacities, iterations."""
    found, iterations = unit.astype(np.int32), ctypes.c_int64()
    price = np.zeros(len(desk.units), np.int64) if prices is None else prices.market.price.astype(np.int64)
    arrays = [np.ascontiguousarray(one, np.int64) for one in (desk.load, capacity, price)]
    cost, lacks = np.ascontiguousarray(desk.cost, np.int64), np.ascontiguousarray(desk.lacks, np.uint8)
    call = kernel.load("matching").indivisible_place
    call.restype = ctypes.c_int64
    beyond = call(
        ctypes.c_int32(len(desk.load)), ctypes.c_int32(len(desk.units)), at(cost), at(lacks), *map(at, arrays),
        ctypes.c_int64(prices.grain if prices else 1), at(found), ctypes.c_int64(sweeps), ctypes.c_int64(TREES),
        ctypes.c_uint64(seed),
        TELL(lambda done, _: bool(stop and stop(done))), ctypes.byref(iterations),
    )  # fmt: skip
    return found.astype(np.int64), beyond, abs(iterations.value)


def peak_of(desk: Desk, unit: Array) -> Fraction:
    """Return the greatest load / strength."""
    loads = used(desk, unit)
    return max((Fraction(int(load), int(s)) for load, s in zip(loads, desk.strength, strict=True)), default=Fraction(0))


def searched(desk: Desk, start: Array, lowest: Fraction, seconds: float, seed: int) -> Whole:
    """Return the pairing of least peak, then of least cost, by exhaustive search within the deterministic limit."""
    common = math.lcm(*{int(s) for s in desk.strength})
    best, sure = start, False
    if peak_of(desk, start) > lowest:
        model, taken, loads = _model(desk)
        top = model.new_int_var(math.ceil(lowest * common), int(desk.load.sum()) * common, "peak")
        for load, strength in zip(loads, desk.strength.tolist(), strict=True):
            model.add(load * (common // strength) <= top)
        model.minimize(top)
        status, found = _solved(model, taken, desk, best, seconds, seed)
        best = best if found is None else found
        sure = status == cp_model.OPTIMAL
    capacity = capacities(desk, peak_of(desk, best))
    best, _ = improved(desk, best, capacity, seed=seed)
    model, taken, loads = _model(desk)
    for load, limit in zip(loads, capacity.tolist(), strict=True):
        model.add(load <= limit)
    model.minimize(sum(int(desk.cost[pair]) * variable for pair, variable in taken.items()))
    status, found = _solved(model, taken, desk, best, seconds, seed)
    return Whole(best if found is None else found, sure, status == cp_model.OPTIMAL)


def most_served(desk: Desk, capacity: Array, start: Array, seconds: float, seed: int) -> Array:
    """Return a pairing that leaves out as few groups as possible."""
    model, taken, loads = _model(desk, everybody=False)
    for load, limit in zip(loads, capacity.tolist(), strict=True):
        model.add(load <= limit)
    model.maximize(sum(taken.values()))
    found = _solved(model, taken, desk, start, seconds, seed)[1]
    return start if found is None else found


def _model(
    desk: Desk, *, everybody: bool = True
) -> tuple[cp_model.CpModel, dict[tuple[int, int], cp_model.IntVar], list[cp_model.LinearExprT]]:
    model = cp_model.CpModel()
    pairs = list(zip(*map(np.ndarray.tolist, np.nonzero(desk.lacks == 0)), strict=True))
    taken = {pair: model.new_bool_var("") for pair in pairs}
    for group in range(len(desk.load)):
        of_group = [taken[pair] for pair in pairs if pair[0] == group]
        model.add_exactly_one(of_group) if everybody else model.add_at_most_one(of_group)
    loads: list[cp_model.LinearExprT] = [
        sum(int(desk.load[group]) * taken[group, at] for group, at in pairs if at == unit)
        for unit in range(len(desk.units))
    ]
    for load, most in zip(loads, desk.most.tolist(), strict=True):
        model.add(load <= most)
    return model, taken, loads


def _solved(
    model: cp_model.CpModel, taken: dict[tuple[int, int], cp_model.IntVar], desk: Desk, hint: Array,
    seconds: float, seed: int,
) -> tuple[object, Array | None]:  # fmt: skip
    for (group, unit), variable in taken.items():
        model.add_hint(variable, int(hint[group] == unit))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # with one worker and deterministic time the same seed gives the same plan
    solver.parameters.max_deterministic_time = seconds
    solver.parameters.random_seed = seed % 2**31
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, None
    chosen = np.full(len(desk.load), NONE, np.int64)
    for (group, chosen_unit), variable in taken.items():
        if solver.value(variable):
            chosen[group] = chosen_unit
    return status, chosen
