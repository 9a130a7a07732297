"""Verifies a plan without the solver: every pair by itself, then both proofs in whole numbers and fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.faults import Fault, fault
from paotui.planning.pairing import conditions
from paotui.planning.pairing.plan import PairingPlan, RoleResult
from paotui.planning.pairing.problem import Compound, PairingProblem, Role, Unit

Array = NDArray[Any]
MOST_PRICE = 2**40
"""Of a price or a rent, either way: more would not fit into sums."""
ROOM = 10_000_000
"""Capacity of a knapsack that is filled, in what all loads are multiples of."""
CELLS = 200_000_000
"""Of a knapsack that weights are checked by: groups times capacity, in the same."""


def check(problem: PairingProblem, plan: PairingPlan) -> list[Fault]:
    """Return what does not hold; empty when all pairs may be made, the figures are right and the proofs prove."""
    if faults := misfits(problem, plan):
        return faults
    problem = problem.after(plan.before)
    faults = [*_pairs(problem, plan), *_everybody(problem, plan), *_reasons(problem, plan)]
    for number, role in enumerate(problem.roles):
        if not faults:
            faults = [*_role(problem, plan, role, plan.roles[number], f"roles[{number}]")]
    return faults


def misfits(problem: PairingProblem, plan: PairingPlan) -> list[Fault]:
    """Return what the plan names and the problem has not: such a plan cannot be told of, nor drawn."""
    return [*_names(problem, plan)]


def _names(problem: PairingProblem, plan: PairingPlan) -> Iterable[Fault]:
    named: list[tuple[str, str | None, str]]
    named = [(f"pairs[{n}]", one.unit, one.compound) for n, one in enumerate(plan.pairs)]
    named += [(f"before[{n}]", one.unit, one.compound) for n, one in enumerate(plan.before)]
    named += [(f"unserved[{n}]", one.unit or None, one.compound) for n, one in enumerate(plan.unserved)]
    for path, unit, compound in named:
        if unit is not None and unit not in problem.unit_of:
            yield fault(f"{path}.unit", zh=f"问题中没有“{unit}”。", en=f'the problem knows no "{unit}".')
        if compound not in problem.compound_of:
            yield fault(f"{path}.compound", zh=f"问题中没有“{compound}”。", en=f'the problem knows no "{compound}".')
    if [one.role for one in plan.roles] != [role.id for role in problem.roles]:
        yield fault("roles", zh="角色与问题不符。", en="the roles are not those of the problem.")
    for number, one in enumerate(plan.roles):
        for name, price in one.prices.items():
            if name not in problem.unit_of or not 0 <= price <= MOST_PRICE:
                yield fault(f"roles[{number}].prices.{name}", zh="不是本问题的单位，或价格小于 0、过大。",
                            en="this is no unit of the problem, or its price is below 0 or too large.")  # fmt: skip
        for compound, rent in one.rents.items():
            if compound not in problem.compound_of or abs(rent) > MOST_PRICE:
                yield fault(f"roles[{number}].rents.{compound}", zh="不是本问题的楼院，或租值过大。",
                            en="this is no compound of the problem, or its rent is too large.")  # fmt: skip
        for compound in one.witness:
            if compound not in problem.compound_of:
                yield fault(f"roles[{number}].witness", zh=f"没有“{compound}”。", en=f'there is no "{compound}".')


def _pairs(problem: PairingProblem, plan: PairingPlan) -> Iterable[Fault]:
    for number, one in enumerate(plan.pairs):
        unit, compound = problem.units[problem.unit_of[one.unit]], problem.compounds[problem.compound_of[one.compound]]
        for words in conditions.lacking(problem, unit, compound).values():
            yield fault(f"pairs[{number}]", zh=f"不能成对：{words.zh}。", en=f"the pair must not be made: {words.en}.")
        if one.cost != (right := conditions.cost(problem, unit, compound)):
            yield fault(f"pairs[{number}].cost", zh=f"应为 {right}。", en=f"should be {right}, says {one.cost}.")
    loads: dict[str, int] = defaultdict(int)
    for one in plan.pairs:
        loads[one.unit] += problem.compounds[problem.compound_of[one.compound]].load
    for unit in problem.units:
        if unit.most is not None and loads[unit.id] > unit.most:
            yield fault("pairs", zh=f"{unit.id} 承担 {loads[unit.id]}，上限 {unit.most}。",
                        en=f"{unit.id} takes {loads[unit.id]}, its limit is {unit.most}.")  # fmt: skip


def _everybody(problem: PairingProblem, plan: PairingPlan) -> Iterable[Fault]:
    """Every compound and role is paired once or listed once; what stays together went together."""
    told = [(one.role, one.compound) for one in plan.unserved]
    told += [(problem.units[problem.unit_of[one.unit]].role, one.compound) for one in plan.pairs]
    needed = [(role.id, one.id) for role in problem.roles for group in problem.groups(role) for one in group]
    if sorted(told) != sorted(needed):
        yield fault("", zh="每个楼院在每个角色下应恰好列一次：已结对或未结对。",
                    en="every compound is to appear once a role: paired or unserved.")  # fmt: skip
    unit_of = {(problem.units[problem.unit_of[one.unit]].role, one.compound): one.unit for one in plan.pairs}
    for role in problem.roles:
        for group in problem.groups(role):
            if len({unit_of.get((role.id, one.id)) for one in group}) > 1:
                names = ", ".join(one.id for one in group)
                yield fault("pairs", zh=f"应归同一单位：{names}。", en=f"these go to one unit together: {names}.")


def _reasons(problem: PairingProblem, plan: PairingPlan) -> Iterable[Fault]:
    for number, one in enumerate(plan.unserved):
        if one.reason != "not_admissible" or one.unit is None:
            continue
        role = next(role for role in problem.roles if role.id == one.role)
        unit = problem.units[problem.unit_of[one.unit]]
        group = next(group for group in problem.groups(role) if any(each.id == one.compound for each in group))
        lacks = {name for each in group for name in conditions.lacking(problem, unit, each)}
        if unit.most is not None and sum(each.load for each in group) > unit.most:
            lacks.add("load")
        if lacks != {*one.lacks} or not lacks:
            yield fault(
                f"unserved[{number}].lacks", zh=f"实际是 {sorted(lacks)}。", en=f"what lacks is {sorted(lacks)}."
            )


def _role(problem: PairingProblem, plan: PairingPlan, role: Role, told: RoleResult, path: str) -> Iterable[Fault]:
    units = problem.units_of(role.id)
    mine = [one for one in plan.pairs if problem.units[problem.unit_of[one.unit]].role == role.id]
    loads = {unit.id: 0 for unit in units}
    for one in mine:
        loads[one.unit] += problem.compounds[problem.compound_of[one.compound]].load
    peak = max((Fraction(loads[unit.id], unit.strength) for unit in units), default=Fraction(0))
    total = sum(one.cost for one in mine)
    if peak != told.peak.value:
        yield fault(f"{path}.peak", zh=f"最大负荷应为 {peak}。", en=f"the peak is {peak}.")
    if total != told.cost:
        yield fault(f"{path}.cost", zh=f"各对之和是 {total}。", en=f"the pairs cost {total}.")
    served = {one.compound for one in mine}
    groups = [group for group in problem.groups(role) if group[0].id in served]
    if not groups:
        return
    open_, cost, load = _matrices(problem, units, groups)
    yield from _peak(units, groups, open_, load, told, path)
    yield from _cost(units, groups, open_, cost, load, told, path)


def _matrices(problem: PairingProblem, units: list[Unit], groups: list[list[Compound]]) -> tuple[Array, Array, Array]:
    """Return who may take which group, at what cost, and the loads; by an own formula for whole rows."""
    members = [(number, one) for number, group in enumerate(groups) for one in group]
    load = np.zeros(len(groups), np.int64)
    open_, cost = np.ones((len(groups), len(units)), bool), np.zeros((len(groups), len(units)), np.int64)
    spots = [problem.plane.spot(unit.at) if unit.at else None for unit in units]
    known = np.array([spot is not None for spot in spots])
    x, y = np.array([spot or (0, 0) for spot in spots], np.int64).T
    skills = [{*unit.skills} for unit in units]
    for number, one in members:
        load[number] += one.load
        far = np.zeros(len(units), np.int64)
        if one.at:
            to_x, to_y = problem.plane.spot(one.at)
            far = np.where(known, np.floor(np.sqrt(((x - to_x) ** 2 + (y - to_y) ** 2).astype(float))), 0).astype(
                np.int64
            )
        cost[number] += problem.weights.distance * far // 1000
        if problem.farthest is not None:
            open_[number] &= far <= problem.farthest
        if one.requires:
            open_[number] &= [has.issuperset(one.requires) for has in skills]
        if one.welcome:
            cost[number] += np.array([problem.weights.competence * len({*one.welcome} - has) for has in skills])
    _mark_pairs(problem, units, members, open_, cost)
    return open_, cost, load


def _mark_pairs(
    problem: PairingProblem, units: list[Unit], members: list[tuple[int, Compound]], open_: Array, cost: Array
) -> None:
    role = units[0].role
    for at, unit in enumerate(units):
        against = problem.conflict_reasons.get(unit.id, {})
        if against:
            rows = [number for number, one in members if one.id in against]
            open_[rows, at] = False
    place = {unit.id: at for at, unit in enumerate(units)}
    for number, one in members:
        if old := problem.old_unit.get((role, one.id)):
            cost[number] += problem.weights.keep
            cost[number, place[old]] -= problem.weights.keep
        if only := problem.fixed_unit.get((role, one.id)):
            open_[number] &= np.arange(len(units)) == place[only]


def _peak(
    units: list[Unit], groups: list[list[Compound]], open_: Array, load: Array, told: RoleResult, path: str
) -> Iterable[Fault]:
    """What shows the bound must not fit below it: a witness has more load than its units may take under it."""
    bound, peak = told.peak_bound.value, told.peak.value
    if bound > peak or (told.peak_proof is not None) != (bound == peak):
        yield fault(
            f"{path}.peak_proof",
            zh="只有最大负荷等于下界才算已证明。",
            en="proven means that peak and bound are equal.",
        )
    if told.peak_proof == "search" or not bound:
        return
    below = [-(-bound.numerator * unit.strength // bound.denominator) - 1 for unit in units]  # largest load under it
    limits = np.array([max(0, min(load_, unit.most if unit.most is not None else load_))
                       for load_, unit in zip(below, units, strict=True)], np.int64)  # fmt: skip
    if told.weights:
        yield from _weights(load, limits, {one.load: one.weight for one in told.weights}, path)
        return
    witness = {*told.witness}
    rows = [number for number, group in enumerate(groups) if any(one.id in witness for one in group)]
    reach = (open_[rows] & (load[rows, None] <= limits)).any(axis=0)  # what is not shared must fit whole
    if load[rows].sum() <= limits[reach].sum():
        yield fault(f"{path}.witness", zh="这些楼院在更低的负荷下也放得下，证明不成立。",
                    en="these compounds would fit under a lower peak: they prove nothing.")  # fmt: skip


def _weights(load: Array, limits: Array, weights: dict[int, int], path: str) -> Iterable[Fault]:
    """All groups must weigh more than what every unit could hold: of all groups the heaviest within its limit."""
    common = int(np.gcd.reduce(load))
    room = int(min(limits.max(), load.sum())) // common
    weighed = {one: count for one, count in zip(*np.unique(load, return_counts=True), strict=True) if one in weights}
    if (room + 1) * sum(weighed.values()) > CELLS:
        yield fault(
            f"{path}.weights", zh="负荷太大，无法核对权重。", en="loads are too large for weights to be checked."
        )
        return
    most = np.zeros(room + 1, np.int64)
    for one, count in weighed.items():
        size = one // common
        for _ in range(min(count, room // size)):
            most[size:] = np.maximum(most[size:], most[: room + 1 - size] + weights[one])
    held = most[np.minimum(limits // common, room)].sum()
    if held >= sum(count * weights[one] for one, count in weighed.items()):
        yield fault(f"{path}.weights", zh="按这些权重，更低的负荷下也放得下，证明不成立。",
                    en="by these weights all would fit under a lower peak: they prove nothing.")  # fmt: skip


def _cost(
    units: list[Unit], groups: list[list[Compound]], open_: Array, cost: Array, load: Array, told: RoleResult, path: str
) -> Iterable[Fault]:
    """No pairing within the peak costs less than what prices prove, or rents."""
    if told.bound > told.cost or (told.cost_proof is not None) != (told.bound == told.cost):
        yield fault(
            f"{path}.cost_proof", zh="只有费用等于下界才算已证明。", en="proven means that cost and bound are equal."
        )
    if told.cost_proof == "search":
        return
    peak = told.peak.value
    capacity = np.array([peak.numerator * unit.strength // peak.denominator for unit in units], np.int64)
    most = np.array([unit.most if unit.most is not None else 2**40 for unit in units], np.int64)
    capacity = np.minimum(capacity, most)
    fits = open_ & (load[:, None] <= capacity)
    if told.rents:
        if np.minimum(capacity, load.sum()).max(initial=0) > ROOM * np.gcd.reduce(load):
            yield fault(
                f"{path}.rents", zh="负荷太大，无法核对租值。", en="loads are too large for rents to be checked."
            )
            return
        rent = np.array([told.rents.get(group[0].id, 0) for group in groups], np.int64)
        proven = _by_rents(rent, np.where(fits, rent[:, None] - told.grain * cost, 0), load, capacity)
    else:
        price = np.array([told.prices.get(unit.id, 0) for unit in units], np.int64)
        least = np.where(fits, told.grain * cost + load[:, None] * price, 2**60).min(axis=1)
        proven = int(least.sum() - (capacity * price).sum())
    bound = max(0, -(-proven // told.grain))
    if told.bound != bound:
        yield fault(
            f"{path}.bound", zh=f"{'租值' if told.rents else '价格'}证明的下界是 {bound}。",
            en=f"the {'rents' if told.rents else 'prices'} prove {bound}, not {told.bound}.",
        )  # fmt: skip


def _by_rents(rent: Array, gain: Array, load: Array, capacity: Array) -> int:
    """Return Σ rent less the most that every unit can earn with whole groups, each by a knapsack of its own."""
    common = int(np.gcd.reduce(load))
    load, capacity = load // common, np.minimum(capacity, load.sum()) // common
    proven = int(rent.sum())
    for unit, room in enumerate(capacity.tolist()):
        most = np.zeros(room + 1, np.int64)  # earned within so much load
        for group in np.flatnonzero(gain[:, unit] > 0).tolist():
            size = int(load[group])
            most[size:] = np.maximum(most[size:], most[: room + 1 - size] + gain[group, unit])
        proven -= int(most[room])
    return proven
