"""Loads shared among units as a transport problem: cheapest pairs within capacities, with prices; and who stands
against a lower peak. Exact where every load is 1; a bound otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from paotui.planning.matching import engine
from paotui.planning.matching.engine import Arcs, Market
from paotui.planning.pairing.desk import Array, Desk
from paotui.planning.pairing.dividing import Division

Asked = Callable[[int], bool]


@dataclass(slots=True)
class Shared:
    """`flow` of load by arc; prices per unit of load in 1/grain points; `served` load."""

    arcs: Arcs
    market: Market
    grain: int
    served: int


def capacities(desk: Desk, peak: Fraction) -> Array:
    """Return the load each unit may take: its limit, and what keeps its load / strength within the peak."""
    return np.minimum(desk.most, desk.strength * peak.numerator // peak.denominator)


def unpriced(desk: Desk) -> Shared:
    """Return what is known before anything has been shared: prices of 0."""
    arcs = Arcs(np.zeros(len(desk.load) + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64))
    market = Market(np.zeros(len(desk.units), np.int64), np.zeros(len(desk.load), np.int64), np.zeros(0, np.int32))
    return Shared(arcs, market, 1, 0)


def share(desk: Desk, capacity: Array, each: int, start: Shared | None = None, stop: Asked | None = None) -> Shared:
    """Serve as much load as possible, as cheaply as possible; units join a group as prices make them attractive."""
    if (desk.load == 1).all():
        return _assigned(desk, capacity, each, start, stop)
    listed = None
    if start:
        listed = np.zeros(desk.cost.shape, bool)
        listed[start.arcs.tails(), start.arcs.head] = True
    division = Division(desk, capacity, each, listed)
    finished = division.run(stop)
    begins = np.searchsorted(division.group, np.arange(len(desk.load) + 1)).astype(np.int64)
    arcs = Arcs(begins, division.unit.astype(np.int32), -division.cost[division.group, division.unit])
    market = Market(
        division.price, np.zeros(len(desk.load), np.int64), division.flow, division.iterations, not finished
    )
    return Shared(arcs, market, division.grain, division.served)


def _assigned(desk: Desk, capacity: Array, each: int, start: Shared | None, stop: Asked | None) -> Shared:
    open_ = desk.lacks == 0
    # Leaving one out must cost more than any chain of moves over all units could save.
    dearest = (int(desk.cost[open_].max(initial=0)) + 1) * (len(desk.units) + 2)
    worth = np.where(open_, dearest - desk.cost, -1)
    arcs, market = (start.arcs, start.market) if start else (_best(worth, each), None)
    while True:
        market = engine.solve(arcs, desk.load, capacity, start=market, stop=stop)
        if market.stopped:
            break
        gain = worth - market.price[None, :]
        gain[:, capacity <= 0] = -1
        better = gain > market.rent[:, None]
        if not better.any():
            break
        arcs, market.flow = _joined(arcs, market.flow, worth, np.where(better, gain, -1), each)
    return Shared(arcs, market, 1, int(market.flow.sum()))


def _best(worth: Array, each: int, gain: Array | None = None) -> Arcs:
    """Return the `each` best pairs of every row, of those at or above 0."""
    gain = worth if gain is None else gain
    each = min(each, worth.shape[1])
    columns = np.sort(np.argpartition(-gain, each - 1, axis=1)[:, :each], axis=1)
    kept = np.take_along_axis(gain, columns, axis=1) >= 0
    start = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int64)
    return Arcs(start, columns[kept].astype(np.int32), np.take_along_axis(worth, columns, axis=1)[kept])


def _joined(arcs: Arcs, flow: Array, worth: Array, gain: Array, each: int) -> tuple[Arcs, Array]:
    more = _best(worth, each, gain)
    at = np.repeat(arcs.start[1:], np.diff(more.start))
    joined = Arcs(arcs.start + more.start, np.insert(arcs.head, at, more.head), np.insert(arcs.worth, at, more.worth))
    return joined, np.insert(flow, at, np.int32(0))


def lowest_peak(desk: Desk) -> tuple[Fraction, Array]:
    """Return a peak no plan can stay below, with the groups that show it: all of them together, or a single one."""
    ratio = np.where(desk.lacks == 0, desk.load[:, None] / desk.strength[None, :], np.inf)
    single = int(np.argmax(ratio.min(axis=1)))
    unit = int(np.argmin(ratio[single]))
    alone = Fraction(int(desk.load[single]), int(desk.strength[unit]))
    together = least_peak_for(desk, np.arange(len(desk.units)), int(desk.load.sum()))
    if together is not None and together >= alone:
        return together, np.arange(len(desk.load))
    return alone, np.array([single])


def least_peak_for(desk: Desk, units: Array, load: int) -> Fraction | None:
    """Return the least peak at which the units together can take the load; None when their limits forbid it."""
    if desk.most[units].sum() < load:
        return None
    low, high = 0.0, float(load)  # high is enough: strengths are at least 1
    for _ in range(60):
        middle = (low + high) / 2
        taken = np.minimum(desk.most[units], np.floor(desk.strength[units] * middle)).sum()
        low, high = (low, middle) if taken >= load else (middle, high)
    return _exact(desk, units, load, low)


def _exact(desk: Desk, units: Array, load: int, near: float) -> Fraction:
    """Return the first fraction load / strength at or after `near` (rounded down a little) that suffices."""
    strengths = sorted({int(s) for s in desk.strength[units]})
    peak = Fraction(max(near * (1 - 1e-9) - 1e-9, 0)).limit_denominator(10**9)
    while True:
        taken = np.minimum(desk.most[units], desk.strength[units] * peak.numerator // peak.denominator).sum()
        if taken >= load:
            return last_peak(strengths, peak)
        peak = next_peak(strengths, peak)


def strengths_of(desk: Desk) -> list[int]:
    """Return the strengths that differ, in order."""
    return sorted({int(s) for s in desk.strength})


def next_peak(strengths: list[int], peak: Fraction) -> Fraction:
    """Return the next load / strength above the peak."""
    return min(Fraction(int(peak * strength) + 1, strength) for strength in strengths)


def first_peak(desk: Desk, peak: Fraction, holds: Callable[[Fraction], bool]) -> Fraction:
    """Return the first load / strength from `peak` on that holds, where those above one that holds do as well."""
    strengths = strengths_of(desk)
    low, high, step = peak, peak, next_peak(strengths, peak) - peak
    while not holds(high):
        low, high, step = high, max(next_peak(strengths, high), last_peak(strengths, high + step)), 2 * step
    while (middle := max(next_peak(strengths, low), last_peak(strengths, (low + high) / 2))) < high:
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def last_peak(strengths: list[int], peak: Fraction) -> Fraction:
    """Return the last load / strength up to the peak."""
    return max(Fraction(int(peak * strength), strength) for strength in strengths)


def obstructing(desk: Desk, shared: Shared) -> tuple[Array, Array]:
    """Return the groups that compete for too little capacity, and the units they may go to: all of these are full."""
    tails = shared.arcs.tails()
    flows = np.flatnonzero(shared.market.flow)
    held = np.zeros(desk.cost.shape, bool)
    held[tails[flows], shared.arcs.head[flows]] = True
    served = np.bincount(tails, shared.market.flow, len(desk.load))
    groups, open_ = served < desk.load, desk.lacks == 0
    while True:
        units = open_[groups].any(axis=0)
        wider = groups | held[:, units].any(axis=1)
        if (wider == groups).all():
            return np.flatnonzero(groups), np.flatnonzero(units)
        groups = wider
