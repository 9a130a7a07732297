"""The best plan of all routes that any cheaper plan is made of: small problems, and tight bounds, are closed by it.

At the prices that prove a bound every route costs at least 0, so a route that costs more than what lies between the
bound and the plan at hand is in no cheaper plan (Baldacci, Christofides & Mingozzi, Mathematical Programming 2008).
"""

from __future__ import annotations

import time

import highspy
import numpy as np

from paotui.planning.routes.bounding.generation import Generation, route_cost
from paotui.planning.routes.bounding.pricing import Walk
from paotui.planning.routes.bounding.relaxation import Relaxation

MOST = 60_000
"""Routes of a kind, beyond which they are not counted out."""
ROUNDED = 2e-6
"""Share by which HiGHS may overstate a bound it has not closed."""
Columns = dict[tuple[int, frozenset[int]], float]


def best(relaxed: Relaxation, generation: Generation, cost: float, until: float) -> float | None:
    """Yuan no plan is below, up to `cost`; None where there are too many routes or no time. `until`: monotonic."""
    prices = generation.centre
    if prices is None:
        return None
    above = 1e-6 * (1 + cost) + 0.05
    columns: Columns = {}
    for pricer in generation.pricers:
        found = pricer.all(generation.reduced(pricer, prices), cost + above - generation.value, MOST)
        if found is None or time.monotonic() > until:
            return None
        _cheapest(columns, relaxed, found)
    return relaxed.constant + _chosen(relaxed, columns, until, cost + above - relaxed.constant)


def _cheapest(columns: Columns, relaxed: Relaxation, walks: list[Walk]) -> None:
    """Of routes of a kind to the same stops one is enough."""
    for walk in walks:
        key = walk.kind, frozenset(walk.stops)
        cost = route_cost(relaxed.kinds[walk.kind], walk.stops)
        columns[key] = min(cost, columns.get(key, np.inf))


def _chosen(relaxed: Relaxation, columns: Columns, until: float, dear: float) -> float:
    """The cheapest choice of routes, or what no choice is below when time runs out."""
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1e-6)
    model.setOptionValue("time_limit", max(0.1, until - time.monotonic()))
    for _ in range(relaxed.n):
        model.addRow(1.0, 1.0, 0, np.empty(0, np.int32), np.empty(0))
    limits = [float(relaxed.n if kind.count is None else kind.count) for kind in relaxed.kinds]
    for most in limits:
        model.addRow(-highspy.kHighsInf, most, 0, np.empty(0, np.int32), np.empty(0))
    model.addRow(float(relaxed.fewest), highspy.kHighsInf, 0, np.empty(0, np.int32), np.empty(0))
    costs = []
    for (kind, stops), cost in columns.items():
        rows = np.array([*sorted(stops), relaxed.n + kind, relaxed.n + len(limits)], np.int32)
        model.addCol(cost, 0.0, 1.0, len(rows), rows, np.ones(len(rows)))
        costs.append(cost)
    for stop in np.flatnonzero(np.isfinite(relaxed.price)):
        price = float(relaxed.price[stop])
        model.addCol(price, 0.0, 1.0, 1, np.array([stop], np.int32), np.ones(1))
        costs.append(price)
    whole = np.full(len(costs), highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(len(costs), np.arange(len(costs), dtype=np.int32), whole)
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return dear
    if status == highspy.HighsModelStatus.kOptimal:
        taken = np.round(np.array(model.getSolution().col_value))
        return min(dear, float(taken @ np.array(costs)))
    bound = float(model.getInfo().mip_dual_bound)
    return min(dear, bound - ROUNDED * abs(bound)) if np.isfinite(bound) else 0.0
