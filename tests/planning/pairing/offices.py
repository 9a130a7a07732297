"""Small offices to test with: drawn by a seed, every condition standing against some pairs."""

from __future__ import annotations

import random
from typing import Any

from paotui.planning.pairing.problem import PairingProblem, read_problem

SKILLS = ("消防", "电路", "法律")
COMMUNITIES = ("甲社区", "乙社区", "丙社区")


def office(units: list[dict[str, Any]], compounds: list[dict[str, Any]], **more: Any) -> PairingProblem:
    """Return a problem that has been read."""
    whole = PairingProblem.model_validate({"units": units, "compounds": compounds, **more})
    return read_problem(whole.model_dump_json().encode())


def drawn(seed: int, *, units: int, compounds: int, heavy: bool, whole: bool = False) -> PairingProblem:
    """Return an office; `heavy`: loads differ; `whole`: one community stays together."""
    draw = random.Random(seed)

    def some(words: tuple[str, ...], chance: float) -> list[str]:
        return [word for word in words if draw.random() < chance]

    def place() -> dict[str, float] | None:
        return {"lon": 113.6 + draw.random() / 20, "lat": 34.7 + draw.random() / 20} if draw.random() < 0.9 else None

    def pair() -> dict[str, str]:
        return {"unit": f"u{draw.randrange(units)}", "compound": f"c{draw.randrange(compounds)}"}

    before = {one["compound"]: one for one in (pair() for _ in range(compounds // 2))}
    return office(
        [{
            "id": f"u{number}", "at": place(), "most": draw.choice([None, None, 2, 5]), "strength": draw.randint(1, 3),
            "skills": some(SKILLS, 0.7),
        } for number in range(units)],
        [{
            "id": f"c{number}", "community": draw.choice(COMMUNITIES), "at": place(),
            "load": draw.randint(1, 4) if heavy else 1, "requires": some(SKILLS, 0.1), "welcome": some(SKILLS, 0.4),
        } for number in range(compounds)],
        conflicts=[{**pair(), "reason": "亲属"}], before=[*before.values()],
        fixed=[pair()] if draw.random() < 0.3 else [], farthest=draw.choice([None, 4000]),
        roles=[{"id": "unit", "whole": ["*"] if whole else []}],
    )  # fmt: skip
