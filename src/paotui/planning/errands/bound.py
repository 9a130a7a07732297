"""A lower bound on what any plan costs: every stop and every shift has one successor (assignment relaxation).

Arcs that cannot be in any plan are left out: too late even at the earliest, against the order of an errand. The
kernel's priced spanning trees are mostly better; where they are not, this is.
"""

from __future__ import annotations

import numpy as np

from paotui.planning.errands.engine import Instance

MOST = 1_500
"""Stops and vehicles up to which the assignment is solved; beyond, each stop counts its cheapest way in."""
FORBIDDEN = 1e12


def bound_of(one: Instance) -> int:
    """Return the bound, in the units of the instance's cost."""
    if not one.place:
        return 0
    costs = _costs(one)
    if len(costs) > MOST:
        return int(costs[:, : len(one.place)].min(axis=0).sum())
    from scipy.optimize import linear_sum_assignment  # here: loading it takes longer than a small plan

    rows, columns = linear_sum_assignment(costs)
    return max(0, int(costs[rows, columns].sum()))


def _costs(one: Instance) -> np.ndarray:
    """Rows: stops, then starts; columns: stops, then ends. The diagonal leaves a stop out, or a shift at home."""
    stops, vehicles = len(one.place), one.vehicles
    place = np.asarray(one.place)
    seconds, cost = one.seconds.min(axis=0).astype(float), one.cost.min(axis=0).astype(float)
    lasts = np.array([min((s.duration for s in (*a, *b)), default=0) for a, b in _both(one)], float)
    costs = np.full((stops + vehicles, stops + vehicles), FORBIDDEN)
    between = cost[np.ix_(place, place)] + one.cost_out * (seconds[np.ix_(place, place)] + lasts[None, :])
    opens, closes = _first(one), _last(one)
    leaves = opens + lasts
    arcs = np.where(leaves[:, None] + seconds[np.ix_(place, place)] > closes[None, :], FORBIDDEN, between)
    _keep_order(one, arcs)
    costs[:stops, :stops] = arcs
    for v in range(vehicles):
        out_seconds, out_cost = one.seconds[one.profile[v]], one.cost[one.profile[v]]
        until = np.maximum(one.open[v] + out_seconds[one.start[v], place], opens) + lasts - one.open[v]
        costs[stops + v, :stops] = one.fixed[v] + out_cost[one.start[v], place] + one.cost_out * until
        costs[:stops, stops + v] = out_cost[place, one.end[v]] + one.cost_out * out_seconds[place, one.end[v]]
        costs[stops + v, stops + v] = 0
    for chain in range(one.chains):
        of = one.stops_of(chain)
        costs[of, of] = one.penalty[chain] / len(of)
        costs[stops:, list(of)[1:]] = FORBIDDEN
        costs[list(of)[:-1], stops:] = FORBIDDEN
    return costs


def _keep_order(one: Instance, arcs: np.ndarray) -> None:
    for chain in range(one.chains):
        of = one.stops_of(chain)
        inside = np.full((len(of), len(of)), FORBIDDEN)
        for k in range(len(of) - 1):
            inside[k, k + 1] = arcs[of[k], of[k + 1]]
        arcs[of.start : of.stop, of.start : of.stop] = inside


def _both(one: Instance) -> list[tuple[list, list]]:
    return [
        (list(full), list(direct) if counter >= 0 else [])
        for full, direct, counter in zip(one.segments, one.direct, one.counter, strict=True)
    ]


def _first(one: Instance) -> np.ndarray:
    return np.array([min((s.first for s in (*a, *b)), default=0) for a, b in _both(one)], float)


def _last(one: Instance) -> np.ndarray:
    return np.array([max((s.last for s in (*a, *b)), default=-1) for a, b in _both(one)], float)
