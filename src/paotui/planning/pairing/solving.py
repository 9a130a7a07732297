"""From problem to plan, role by role: whoever can be served, then the lowest peak, then the least cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from paotui.planning.assigning import Watch
from paotui.planning.pairing import rents, transport, whole
from paotui.planning.pairing.balancing import Floor, placed
from paotui.planning.pairing.desk import LACKS, Array, Desk, desk
from paotui.planning.pairing.plan import (
    Condition,
    Paired,
    PairingParams,
    PairingPlan,
    Ratio,
    RoleResult,
    Unserved,
    Weight,
)
from paotui.planning.pairing.problem import Pair, PairingProblem, Role
from paotui.planning.stop import OnProgress, Stop


def solve(
    problem: PairingProblem,
    stop: Stop,
    seed: int = 1,
    params: PairingParams | None = None,
    on_progress: OnProgress | None = None,
    start: PairingPlan | None = None,
) -> PairingPlan:
    """Return the pairs that serve as much as can be served, then balance best, then cost least.

    From `start` its pairs count as those of before where the problem names none.
    """
    old = _known(problem, start) if start is not None and not problem.before else ()
    problem = problem.after(old)
    watch, done = Watch(stop, on_progress, len(problem.compounds)), [Done(role.id) for role in problem.roles]
    for role, result in zip(problem.roles, done, strict=True):
        _solve_role(problem, role, result, watch, params or PairingParams(), seed)
        cost, left = sum(one.result.cost for one in done), sum(len(one.unserved) for one in done)
        watch.tell(watch.iterations, cost, left)
    return PairingPlan(
        pairs=tuple(pair for one in done for pair in one.pairs),
        roles=tuple(one.result for one in done),
        unserved=tuple(left for one in done for left in one.unserved),
        iterations=watch.iterations,
        before=old,
    )


def _known(problem: PairingProblem, start: PairingPlan) -> tuple[Pair, ...]:
    known = [one for one in start.pairs if one.unit in problem.unit_of and one.compound in problem.compound_of]
    return tuple(Pair(unit=one.unit, compound=one.compound) for one in known)


class Done:
    """What has been found for one role."""

    def __init__(self, role: str) -> None:
        self.pairs: list[Paired] = []
        self.unserved: list[Unserved] = []
        self.result = RoleResult(
            role=role, peak=Ratio(), peak_bound=Ratio(), peak_proof="certificate", cost=0, bound=0,
            cost_proof="certificate",
        )  # fmt: skip


def _solve_role(
    problem: PairingProblem, role: Role, done: Done, watch: Watch, params: PairingParams, seed: int
) -> None:
    whole_desk = desk(problem, role)
    if not whole_desk.groups:
        return
    if not whole_desk.units:
        done.unserved = _told(whole_desk, role, np.arange(len(whole_desk.groups)), "no_unit")
        return
    possible = (whole_desk.lacks == 0).any(axis=1)
    done.unserved = _told(whole_desk, role, np.flatnonzero(~possible), "not_admissible")
    now = _part(whole_desk, possible)
    first, unit = _served(now, watch, params, seed)
    kept = unit >= 0
    done.unserved += _told(now, role, np.flatnonzero(~kept), "stopped" if watch.stopped else "capacity")
    now = _part(now, kept)
    if len(now.load):
        _balance(now, role, done, watch, params, seed, Found(first, unit[kept]))


@dataclass(slots=True)
class Found:
    """A first pairing that serves whoever can be served, whatever the balance."""

    shared: transport.Shared
    unit: Array


def _served(now: Desk, watch: Watch, params: PairingParams, seed: int) -> tuple[transport.Shared, Array]:
    """Return a pairing, NONE for the groups that cannot be served together with the others."""
    limits = np.minimum(now.most, int(now.load.sum()))
    if (limits == now.load.sum()).all():  # nobody has a limit: the cheapest unit of each will do
        cheapest = np.where(now.lacks == 0, now.cost, np.iinfo(np.int64).max).argmin(axis=1)
        return transport.unpriced(now), cheapest
    shared = transport.share(now, limits, params.each, stop=watch)
    watch.iterations += shared.market.iterations
    unit = whole.rounded(now, shared, limits)
    if unit.min(initial=0) < 0 and (now.load > 1).any() and (now.lacks == 0).sum() <= params.searched:
        unit = whole.most_served(now, limits, unit, params.seconds_searched, seed)
    return shared, unit


def _balance(now: Desk, role: Role, done: Done, watch: Watch, params: PairingParams, seed: int, first: Found) -> None:
    floor = Floor(*transport.lowest_peak(now))
    shared, capacity = first.shared, transport.capacities(now, floor.peak)
    while not watch.stopped:
        shared = transport.share(now, capacity, params.each, stop=watch)
        watch.iterations += shared.market.iterations
        if shared.served == now.load.sum() or watch.stopped:
            break
        witness, units = transport.obstructing(now, shared)
        higher = transport.least_peak_for(now, units, int(now.load[witness].sum()))
        assert higher is not None  # everything was served without a peak
        assert higher > floor.peak
        floor, capacity = Floor(higher, witness), transport.capacities(now, higher)
    if watch.stopped:  # whatever the peak: the first pairing serves everybody
        lowest = Floor(*transport.lowest_peak(now))
        _written(now, role, done, whole.Whole(first.unit), lowest, first.shared, watch)
        return
    found, floor = placed(now, shared, floor, first.unit, watch, params, seed)
    _written(now, role, done, found, floor, shared, watch)


def _written(
    now: Desk, role: Role, done: Done, found: whole.Whole, floor: Floor, shared: transport.Shared, watch: Watch
) -> None:
    cost = now.cost[np.arange(len(now.load)), found.unit]
    peak = whole.peak_of(now, found.unit)
    grain, total = shared.grain, int(cost.sum())
    capacity = transport.capacities(now, peak)
    price, bound = _bound(now, shared.market.price, capacity, grain)
    rent: dict[str, int] = {}
    if bound < total and not found.cost_searched:
        rent, bound = _by_rents(now, price, capacity, grain, bound, watch)
    done.pairs = [
        Paired(unit=now.units[at].id, compound=one.id, cost=points)
        for group, part, at in zip(now.groups, now.parts, found.unit.tolist(), strict=True)
        for one, points in zip(group, part[:, at].tolist(), strict=True)
    ]
    shown = peak == floor.peak or not found.peak_searched
    done.result = RoleResult(
        role=role.id, peak=_ratio(peak), peak_bound=_ratio(floor.peak if shown else peak),
        peak_proof="certificate" if peak == floor.peak else "search" if found.peak_searched else None,
        witness=tuple(one.id for at in floor.witness.tolist() for one in now.groups[at]) if shown else (),
        weights=tuple(Weight(load=load, weight=one) for load, one in floor.weights.items()) if shown else (),
        cost=total, bound=total if found.cost_searched else bound,
        cost_proof="certificate" if total == bound else "search" if found.cost_searched else None,
        grain=grain, prices={now.units[at].id: int(price[at]) for at in np.flatnonzero(price).tolist()}, rents=rent,
    )  # fmt: skip


def _bound(now: Desk, price: Array, capacity: Array, grain: int) -> tuple[Array, int]:
    """Return prices and the least cost they prove within the capacities; units without capacity carry no price."""
    price = np.where(capacity > 0, price, 0)
    fits = (now.lacks == 0) & (now.load[:, None] <= capacity[None, :])
    least = np.where(fits, grain * now.cost + now.load[:, None] * price[None, :], np.iinfo(np.int64).max // 4).min(
        axis=1
    )
    return price, max(0, -(-int(least.sum() - (capacity * price).sum()) // grain))


def _by_rents(
    now: Desk, price: Array, capacity: Array, grain: int, bound: int, watch: Watch
) -> tuple[dict[str, int], int]:
    """Return rents and the least cost they prove; none, and the `bound` of prices, where they prove no more."""
    rent, proven, took = rents.climb(now, capacity, price, grain, watch)
    watch.iterations += took
    if proven <= bound:
        return {}, bound
    return {group[0].id: points for group, points in zip(now.groups, rent.tolist(), strict=True) if points}, proven


def _part(whole_desk: Desk, rows: Array) -> Desk:
    groups = [group for group, kept in zip(whole_desk.groups, rows.tolist(), strict=True) if kept]
    return Desk(
        groups, whole_desk.units, whole_desk.load[rows], whole_desk.most, whole_desk.strength,
        whole_desk.cost[rows], whole_desk.lacks[rows],
        [part for part, kept in zip(whole_desk.parts, rows.tolist(), strict=True) if kept],
    )  # fmt: skip


def _ratio(peak: Fraction) -> Ratio:
    return Ratio(load=peak.numerator, strength=peak.denominator)


def _told(now: Desk, role: Role, rows: Array, reason: str) -> list[Unserved]:
    """Say of every compound of the groups what stands against it."""
    told = []
    for row in rows.tolist():
        unit: int | None = None
        lacks: tuple[Condition, ...] = ()
        more = 0
        if reason == "not_admissible":
            count = sum((now.lacks[row] >> bit & 1).astype(int) for bit in range(len(LACKS)))
            unit = int(np.lexsort((now.cost[row], count))[0])
            lacks = named(int(now.lacks[row, unit]))
        elif reason == "capacity":
            unit = int(np.argmin(np.where(now.lacks[row] == 0, now.cost[row], np.iinfo(np.int64).max)))
            more = int(now.load[row])
        told += [
            Unserved.model_validate({
                "compound": one.id, "role": role.id, "reason": reason, "lacks": lacks, "more": more,
                "unit": None if unit is None else now.units[unit].id,
            })
            for one in now.groups[row]
        ]  # fmt: skip
    return told


def named(bits: int) -> tuple[Condition, ...]:
    """Return the conditions the bits stand for."""
    return tuple(name for place, name in enumerate(LACKS) if bits >> place & 1)
