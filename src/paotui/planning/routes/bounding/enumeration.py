"""The best plan of all routes that any cheaper plan is made of: small problems, and tight bounds, are closed by it.

At the prices that prove a bound every route costs at least 0, so a route that costs more than what lies between the
bound and the plan at hand is in no cheaper plan (Baldacci, Christofides & Mingozzi, Mathematical Programming 2008).
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes.bounding.generation import Generation, route_cost
from paotui.planning.routes.bounding.pricing import Walk
from paotui.planning.routes.bounding.relaxation import Relaxation

MOST = 60_000
"""Routes of a kind, beyond which they are not counted out."""
ROUNDED = 2e-6
"""Share by which HiGHS may overstate a bound it has not closed."""
OPTIMAL, INFEASIBLE = 0, 2
"""What SciPy says of a programme."""
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
    from scipy.optimize import Bounds, milp  # here: it loads longer than small plans take

    priced = np.flatnonzero(np.isfinite(relaxed.price))
    costs = np.array([*columns.values(), *relaxed.price[priced]])
    if not len(costs):
        return dear
    done = milp(
        costs, integrality=np.ones(len(costs)), bounds=Bounds(0, 1), constraints=_rules(relaxed, columns, priced),
        options={"time_limit": max(0.1, min(1e6, until - time.monotonic())), "mip_rel_gap": 0.0},
    )  # fmt: skip
    if done.status == INFEASIBLE:
        return dear
    if done.status == OPTIMAL:
        return min(dear, float(np.round(done.x) @ costs))
    bound = done.mip_dual_bound
    return 0.0 if bound is None or not np.isfinite(bound) else min(dear, bound - ROUNDED * abs(bound))


def _rules(relaxed: Relaxation, columns: Columns, priced: NDArray[np.int64]) -> Any:
    """Every stop once, no more routes of a kind than there are vehicles, as many routes as it takes."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import lil_matrix

    n, kinds = relaxed.n, len(relaxed.kinds)
    matrix = lil_matrix((n + kinds + 1, len(columns) + len(priced)))
    for place, (kind, stops) in enumerate(columns):
        matrix[[*stops, n + kind, n + kinds], place] = 1.0
    matrix[priced, len(columns) + np.arange(len(priced))] = 1.0
    most = [np.inf if kind.count is None else float(kind.count) for kind in relaxed.kinds]
    low = [1.0] * n + [0.0] * kinds + [float(relaxed.fewest)]
    return LinearConstraint(matrix.tocsc(), low, [1.0] * n + most + [np.inf])
