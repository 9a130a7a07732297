"""Loads that differ divided by a flow: the least cost there is, also where costs are as large as can be counted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from paotui.planning.pairing.desk import Desk
from paotui.planning.pairing.dividing import GRAIN, Division

GROUPS, UNITS = 12, 4


def desk(dearest: int) -> Desk:
    draw = np.random.default_rng(dearest % 97)
    cost, load = draw.integers(0, dearest, (GROUPS, UNITS)), draw.integers(1, 9, GROUPS)
    lacks = (draw.random((GROUPS, UNITS)) < 0.2).astype(np.uint8)
    lacks[:, 0] = 0
    return Desk([[]] * GROUPS, [None] * UNITS, load, load * 0, load * 0, cost, lacks, [])  # type: ignore[list-item]


@pytest.mark.parametrize("dearest", [50, 10**6, 10**14])
def test_load_is_divided_at_least_cost(dearest: int) -> None:
    one, capacity = desk(dearest), np.full(UNITS, 18)
    division = Division(one, capacity, each=2)
    assert division.run()
    assert division.served == one.load.sum()
    assert (division.grain == GRAIN) == (dearest < 10**14)
    least = linprog(
        np.where(one.lacks == 0, one.cost / one.load[:, None], 0).ravel(),
        A_eq=np.kron(np.eye(GROUPS), np.ones(UNITS)), b_eq=one.load,
        A_ub=np.kron(np.ones(GROUPS), np.eye(UNITS)), b_ub=capacity,
        bounds=[(0, None if open_ else 0) for open_ in (one.lacks == 0).ravel()],
    )  # fmt: skip
    paid = (division.cost[division.group, division.unit] * division.flow).sum() / division.grain
    assert paid == pytest.approx(least.fun, rel=1e-3, abs=one.load.sum() / division.grain)
