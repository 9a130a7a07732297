"""What stands against one pair, and what it costs, read off the problem itself: for words and for the checker."""

from __future__ import annotations

from paotui.local_text import LocalText
from paotui.planning.pairing.plan import Condition
from paotui.planning.pairing.problem import Compound, PairingProblem, Unit


def lacking(problem: PairingProblem, unit: Unit, compound: Compound) -> dict[Condition, LocalText]:
    """Return what stands against the pair, each with the smallest change that would do."""
    found: dict[Condition, LocalText] = {}
    for reason in problem.conflict_reasons.get(unit.id, {}).get(compound.id, ()):
        found["conflict"] = LocalText(f"须回避：{reason}", f"conflict: {reason}")
    if needed := sorted({*compound.requires} - {*unit.skills}):
        found["requires"] = LocalText(f"须具备：{'、'.join(needed)}", f"required: {', '.join(needed)}")
    far = problem.plane.metres(unit.at, compound.at)
    if problem.farthest is not None and far > problem.farthest:
        more = far - problem.farthest
        found["distance"] = LocalText(f"超出最远距离 {more} 米", f"{more} m beyond the farthest allowed")
    bound_to = problem.fixed_unit.get((unit.role, compound.id))
    if bound_to not in (None, unit.id):
        found["fixed"] = LocalText(f"已固定给 {bound_to}", f"fixed to {bound_to}")
    return found


def parts(problem: PairingProblem, unit: Unit, compound: Compound) -> dict[str, tuple[int, LocalText]]:
    """Return the parts of the cost of a pair in points, each with its words."""
    weights, far = problem.weights, problem.plane.metres(unit.at, compound.at)
    missing = sorted({*compound.welcome} - {*unit.skills})
    old = problem.old_unit.get((unit.role, compound.id))
    return {
        "distance": (weights.distance * far // 1000, LocalText(f"相距 {far} 米", f"{far} m away")),
        "competence": (
            weights.competence * len(missing),
            LocalText(f"缺专长 {'、'.join(missing)}", f"without {', '.join(missing)}"),
        ),
        "keep": (
            weights.keep if old not in (None, unit.id) else 0, LocalText(f"原为 {old}", f"was paired with {old}")
        ),
    }  # fmt: skip


def cost(problem: PairingProblem, unit: Unit, compound: Compound) -> int:
    """Return the cost of a pair in points."""
    return sum(points for points, _ in parts(problem, unit, compound).values())
