"""The bound that is always there: every stop is left out or has one way in and one way out (assignment relaxation).

Routes are thought of as chained to rings: the way from one stop to the next is the way between them, or that home of
one route and the way out of another. As many routes as the loads need are there whatever happens.
"""

from __future__ import annotations

import numpy as np

from paotui.planning.routes.bounding.relaxation import Floats, Relaxation

MOST = 1_600
"""Stops up to which the assignment is solved; it grows with the cube."""
DEAR = 1e15


def bound(relaxed: Relaxation) -> float | None:
    """Yuan; None where the stops that have to be served cannot be."""
    from scipy.optimize import linear_sum_assignment  # here: it loads longer than small plans take

    if not relaxed.n:
        return relaxed.constant
    between, out, home = cheapest(relaxed)
    if relaxed.n + relaxed.fewest > MOST:
        return relaxed.constant + shares(relaxed, between, out, home)
    table = _table(relaxed, between, out, home)
    scale = _scale(table)
    whole = np.where(np.isfinite(table), np.minimum(table, DEAR), DEAR)
    rows, columns = linear_sum_assignment(whole)
    value = float(whole[rows, columns].sum())
    return None if value >= DEAR else relaxed.constant + value - scale


def cheapest(relaxed: Relaxation) -> tuple[Floats, Floats, Floats]:
    """Over all kinds: between stops, out of a base, home to one."""
    least = relaxed.kinds[0].cost.copy()
    for kind in relaxed.kinds[1:]:
        np.minimum(least, kind.cost, out=least)
    n = relaxed.n
    return least[:n, :n], least[n, :n], least[:n, n]


def _table(relaxed: Relaxation, between: Floats, out: Floats, home: Floats) -> Floats:
    """Rows: stops, then bases that are left; columns: stops, then bases that are reached."""
    n, bases = relaxed.n, relaxed.fewest
    table = np.full((n + bases, n + bases), np.inf)
    table[:n, :n] = np.minimum(between, home[:, None] + out[None, :])
    table[np.arange(n), np.arange(n)] = np.minimum(relaxed.price, home + out)
    table[n:, :n] = out[None, :]
    table[:n, n:] = home[:, None]
    return table


def shares(relaxed: Relaxation, between: Floats, out: Floats, home: Floats) -> float:
    """The larger of all ways in and all ways out, each stop by its cheapest."""
    n = relaxed.n
    ring = np.minimum(between, home[:, None] + out[None, :])
    ring[np.arange(n), np.arange(n)] = home + out
    sums = [np.minimum(relaxed.price, ring.min(axis=axis)) for axis in (0, 1)]
    return max(float(np.minimum(one, DEAR).sum()) for one in sums)


def _scale(table: Floats) -> float:
    """What rounding in double precision may have added at most, generously."""
    finite = table[np.isfinite(table)]
    return 1e-11 * float(finite.max(initial=0.0)) * len(table)
