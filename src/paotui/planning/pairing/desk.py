"""One role of a problem as arrays: groups of compounds in rows, units in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.pairing.plan import Condition
from paotui.planning.pairing.problem import Compound, PairingProblem, Role, Unit
from paotui.planning.plane import Point

Array = NDArray[Any]
LACKS: tuple[Condition, ...] = ("conflict", "requires", "distance", "fixed", "load")
NO_LIMIT = 2**31 - 1


@dataclass(slots=True)
class Desk:
    """One role: `cost`, `lacks` [groups, units] (bits of LACKS, 0: may be paired); `load` [groups]; `most`,
    `strength` [units]; `parts` [members, units] per group: what its compounds cost each.
    """

    groups: list[list[Compound]]
    units: list[Unit]
    load: Array
    most: Array
    strength: Array
    cost: Array
    lacks: Array
    parts: list[Array]


def desk(problem: PairingProblem, role: Role) -> Desk:
    """Return the arrays of a role."""
    groups, units = problem.groups(role), problem.units_of(role.id)
    members = [one for group in groups for one in group]
    starts = np.cumsum([0, *map(len, groups)])[:-1]
    load = _ints([sum(one.load for one in group) for group in groups])
    most = _ints([NO_LIMIT if unit.most is None else unit.most for unit in units])
    cost, lacks = _single(problem, members, units)
    parts = [cost[first : first + len(group)] for first, group in zip(starts.tolist(), groups, strict=True)]
    if len(groups) < len(members):
        cost, lacks = np.add.reduceat(cost, starts, axis=0), np.bitwise_or.reduceat(lacks, starts, axis=0)
    lacks |= (load[:, None] > most[None, :]).astype(np.uint8) << 4
    return Desk(groups, units, load, most, _ints([unit.strength for unit in units]), cost, lacks, parts)


def _single(problem: PairingProblem, members: list[Compound], units: list[Unit]) -> tuple[Array, Array]:
    """Return cost and bits of what is lacking for each compound and unit."""
    far = _distances(problem, [one.at for one in members], [unit.at for unit in units])
    weights, row = problem.weights, {one.id: number for number, one in enumerate(members)}
    column = {unit.id: number for number, unit in enumerate(units)}
    cost = weights.distance * far // 1000
    lacks = np.zeros(cost.shape, np.uint8)
    if problem.farthest is not None:
        lacks |= (far > problem.farthest).astype(np.uint8) << 2
    if missing := _missing([one.requires for one in members], units):
        lacks[missing[0]] |= (missing[1] > 0).astype(np.uint8) << 1
    if missing := _missing([one.welcome for one in members], units):
        cost[missing[0]] += weights.competence * missing[1]
    for old in problem.before:
        if old.unit in column and old.compound in row:
            cost[row[old.compound]] += weights.keep
            cost[row[old.compound], column[old.unit]] -= weights.keep
    for one in problem.fixed:
        if one.unit in column and one.compound in row:
            lacks[row[one.compound], np.arange(len(units)) != column[one.unit]] |= 8
    _mark_conflicts(problem, members, row, column, lacks)
    return cost, lacks


def _mark_conflicts(
    problem: PairingProblem, members: list[Compound], row: dict[str, int], column: dict[str, int], lacks: Array
) -> None:
    of_community: dict[str, list[int]] = {}
    for number, one in enumerate(members):
        of_community.setdefault(one.community, []).append(number)
    for conflict in problem.conflicts:
        if conflict.unit not in column:
            continue
        rows = of_community.get(conflict.community, []) if conflict.community is not None else (
            [row[conflict.compound]] if conflict.compound in row else []
        )  # fmt: skip
        lacks[rows, column[conflict.unit]] |= 1


def _missing(wanted: Sequence[Sequence[str]], units: list[Unit]) -> tuple[Array, Array] | None:
    """Return the rows that want any skill, and how many each unit lacks of them; None when none does."""
    rows = [number for number, words in enumerate(wanted) if words]
    if not rows:
        return None
    known = {word: number for number, word in enumerate(sorted({word for words in wanted for word in words}))}
    wants, has = np.zeros((len(rows), len(known)), np.float32), np.zeros((len(units), len(known)), np.float32)
    for number, place in enumerate(rows):
        wants[number, [known[word] for word in wanted[place]]] = 1
    for number, unit in enumerate(units):
        has[number, [known[word] for word in unit.skills if word in known]] = 1
    return np.array(rows), (wants @ (1 - has).T).astype(np.int64)


def _distances(problem: PairingProblem, here: Sequence[Point | None], there: Sequence[Point | None]) -> Array:
    (x, y), (to_x, to_y) = _flat(problem, here), _flat(problem, there)
    squares = (x[:, None] - to_x[None, :]) ** 2 + (y[:, None] - to_y[None, :]) ** 2
    return np.nan_to_num(np.sqrt(squares), nan=0.0).astype(np.int64)


def _flat(problem: PairingProblem, points: Sequence[Point | None]) -> tuple[Array, Array]:
    both = np.array([problem.plane.spot(point) if point else (np.nan, np.nan) for point in points], float).reshape(
        -1, 2
    )
    return both[:, 0], both[:, 1]


def _ints(numbers: Sequence[int]) -> Array:
    return np.array(numbers, np.int64).reshape(-1)
