"""Says why a compound has this unit and not another, how a unit stands, and what changed between two plans."""

from __future__ import annotations

from paotui.local_text import LocalText, counted
from paotui.planning.assigning import SHOWN, in_points, listed, moved
from paotui.planning.faults import ProblemError, fault
from paotui.planning.pairing import conditions
from paotui.planning.pairing.plan import PairingPlan, Unserved
from paotui.planning.pairing.problem import Compound, PairingProblem, Unit


def explain(problem: PairingProblem, plan: PairingPlan, subject: str) -> list[LocalText]:
    """Return sentences on a compound, a unit, a role, or a pair "unit/compound"; ProblemError when unknown."""
    problem = problem.after(plan.before)
    if subject in problem.compound_of:
        return _on_compound(problem, plan, problem.compounds[problem.compound_of[subject]])
    if subject in problem.unit_of:
        return _on_unit(problem, plan, problem.units[problem.unit_of[subject]])
    if any(role.id == subject for role in problem.roles):
        return _on_role(problem, plan, subject)
    left, _, right = subject.partition("/")
    if left in problem.unit_of and right in problem.compound_of:
        unit, compound = problem.units[problem.unit_of[left]], problem.compounds[problem.compound_of[right]]
        return [_on_pair(problem, plan, unit, compound)]
    raise ProblemError([fault(
        "", zh=f"没有“{subject}”：请写楼院、单位或角色的编号，或“单位/楼院”。",
        en=f'there is no "{subject}": write the id of a compound, unit or role, or "unit/compound".',
    )])  # fmt: skip


def _on_compound(problem: PairingProblem, plan: PairingPlan, compound: Compound) -> list[LocalText]:
    told = [_why_unserved(problem, one) for one in plan.unserved if one.compound == compound.id]
    own = [problem.units[problem.unit_of[one.unit]] for one in plan.pairs if one.compound == compound.id]
    roles = compound.roles if compound.roles is not None else tuple(role.id for role in problem.roles)
    others = [unit for unit in problem.units if unit.role in roles and unit not in own]
    others.sort(key=lambda u: (len(conditions.lacking(problem, u, compound)), conditions.cost(problem, u, compound)))
    return [*told, *(_on_pair(problem, plan, unit, compound) for unit in [*own, *others[:SHOWN]])]


def _why_unserved(problem: PairingProblem, one: Unserved) -> LocalText:
    compound = problem.compounds[problem.compound_of[one.compound]]
    what = compound.name or compound.id
    if one.unit is None:
        if one.reason == "stopped":
            return LocalText(
                f"{what}：计算提前停止，还没有结对。", f"{what}: the search was stopped before it was paired."
            )
        return LocalText(
            f"{what}：没有担任“{one.role}”的单位。", f"{what}: there is no unit for the role '{one.role}'."
        )
    unit = problem.units[problem.unit_of[one.unit]]
    who = unit.name or unit.id
    if one.reason == "capacity":
        return LocalText(f"{what}：能承担的单位都满了；{who}再多承担 {one.more} 即可。",
                         f"{what}: whoever may take it is full; {one.more} more load for {who} would do.")  # fmt: skip
    words = [*conditions.lacking(problem, unit, compound).values()]
    if "load" in one.lacks:
        words.append(LocalText(f"超过{who}的上限", f"more than {who} may take"))
    against = listed(words)
    return LocalText(
        f"{what}：没有可结对的单位；最接近的是{who}：{against.zh or '同社区其他楼院不符'}。",
        f"{what}: no unit may take it; the nearest is {who}: {against.en or 'others of its community do not fit'}.",
    )


def _on_unit(problem: PairingProblem, plan: PairingPlan, unit: Unit) -> list[LocalText]:
    mine = [problem.compounds[problem.compound_of[one.compound]] for one in plan.pairs if one.unit == unit.id]
    load, most = sum(one.load for one in mine), "∞" if unit.most is None else str(unit.most)
    who = unit.name or unit.id
    told = [LocalText(
        f"{who}：{len(mine)} 处，负荷 {load}（上限 {most}，力量 {unit.strength}）。",
        f"{who}: {counted(len(mine), 'compound')}, load {load} (limit {most}, strength {unit.strength}).",
    )]  # fmt: skip
    return [*told, *(_on_pair(problem, plan, unit, one) for one in mine[: 4 * SHOWN])]


def _on_role(problem: PairingProblem, plan: PairingPlan, role: str) -> list[LocalText]:
    one = next(one for one in plan.roles if one.role == role)
    zh = {"certificate": "已由证书证明", "search": "已由穷尽搜索证明", None: f"下界 {one.peak_bound.value}"}[
        one.peak_proof
    ]
    en = {
        "certificate": "proven by a certificate",
        "search": "proven by search",
        None: f"at least {one.peak_bound.value}",
    }
    told = [LocalText(f"最大负荷 {one.peak.value}：{zh}。", f"The peak is {one.peak.value}: {en[one.peak_proof]}.")]
    if one.peak_proof == "certificate" and one.witness:
        names = [problem.compounds[problem.compound_of[name]].name or name for name in one.witness[:SHOWN]]
        told.append(LocalText(
            f"不能更低：{'、'.join(names)}等 {len(one.witness)} 处只能由这些单位承担，再低就放不下。",
            f"It cannot be lower: {', '.join(names)} … ({len(one.witness)}) would not fit where they may go.",
        ))  # fmt: skip
    if one.peak_proof == "certificate" and one.weights:
        told.append(LocalText(
            "不能更低：负荷不能拆开，再低时各单位装得最好也装不下全部。",
            "It cannot be lower: loads stay whole, and below it the units could not hold all of them, however filled.",
        ))  # fmt: skip
    told.append(
        LocalText(
            f"费用 {one.cost} 分，不低于 {one.bound} 分。", f"The cost is {one.cost} points, at least {one.bound}."
        )
    )
    return told


def _on_pair(problem: PairingProblem, plan: PairingPlan, unit: Unit, compound: Compound) -> LocalText:
    who, what = unit.name or unit.id, compound.name or compound.id
    if lacks := conditions.lacking(problem, unit, compound):
        against = listed(lacks.values())
        return LocalText(f"{who} – {what}：不能，{against.zh}。", f"{who} – {what}: no, {against.en}.")
    cost = conditions.cost(problem, unit, compound)
    why = in_points(conditions.parts(problem, unit, compound).values())
    zh, en = why.zh or "无代价", why.en or "nothing against it"
    units = {one.unit for one in plan.pairs if one.compound == compound.id}
    if unit.id in units:
        return LocalText(f"{who} – {what}：结对，{cost} 分（{zh}）。", f"{who} – {what}: paired, {cost} points ({en}).")
    own = next((problem.units[problem.unit_of[name]] for name in sorted(units)
                if problem.units[problem.unit_of[name]].role == unit.role), None)  # fmt: skip
    result = next(one for one in plan.roles if one.role == unit.role)
    rent = [each.load * result.prices.get(each_unit.id, 0) // result.grain if each_unit else 0
            for each, each_unit in ((compound, unit), (compound, own))]  # fmt: skip
    before = conditions.cost(problem, own, compound) + rent[1] if own else 0
    short = max(cost + rent[0] - before, 0)
    return LocalText(
        f"{who} – {what}：可以但没有结对，{cost} 分（{zh}）；占用的负荷价值 {rent[0]} 分，还差 {short} 分。",
        f"{who} – {what}: possible but not made, {cost} points ({en}); "
        f"the load it takes is worth {rent[0]}, {short} points short.",
    )


def diff(problem: PairingProblem | None, before: PairingPlan, after: PairingPlan) -> list[LocalText]:
    """Return what changed: role by role, then compound by compound."""
    told = [
        LocalText(
            f"{new.role}：最大负荷 {old.peak.value} → {new.peak.value}，费用 {old.cost} → {new.cost} 分。",
            f"{new.role}: peak {old.peak.value} → {new.peak.value}, cost {old.cost} → {new.cost} points.",
        )
        for old, new in zip(before.roles, after.roles, strict=False)
    ]
    was, now = _units(problem, before), _units(problem, after)
    names = problem.compound_of if problem else {}
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            compound = problem.compounds[names[key[1]]].name or key[1] if problem and key[1] in names else key[1]
            told.append(moved(compound, was.get(key, ()), now.get(key, ())))
    return told


def _units(problem: PairingProblem | None, plan: PairingPlan) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in plan.pairs:
        role = problem.units[problem.unit_of[one.unit]].role if problem and one.unit in problem.unit_of else ""
        found[role, one.compound] = tuple(sorted([*found.get((role, one.compound), ()), one.unit]))
    return found
