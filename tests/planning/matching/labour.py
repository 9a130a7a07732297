"""Small labour markets to test with: written out, or drawn by a seed."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from paotui.planning.matching.problem import MatchingProblem, read_problem

TODAY = dt.date(2020, 3, 2)
TRADES = ("焊工", "客服", "装配工")
SKILLS = ("电焊证", "叉车证", "英语")
SHIFTS = ("白班", "夜班")
CONDITIONS = ("高空", "粉尘")


def market(people: list[dict[str, Any]], vacancies: list[dict[str, Any]], **more: Any) -> MatchingProblem:
    """Return a problem from what matters; occupations are 焊工 unless said."""
    return MatchingProblem.model_validate({
        "on": TODAY, "name": "测试",
        "people": [{"occupations": ["焊工"], **one} for one in people],
        "vacancies": [{"occupation": "焊工", **one} for one in vacancies],
        **more,
    })  # fmt: skip


def drawn(seed: int, *, people: int, vacancies: int, seats: int = 2) -> MatchingProblem:
    """Return a market in which every condition stands against some pairs."""
    draw = random.Random(seed)
    return read_problem(reading(draw, people, vacancies, seats).model_dump_json().encode())


def reading(draw: random.Random, people: int, vacancies: int, seats: int) -> MatchingProblem:
    def some(words: tuple[str, ...], chance: float) -> list[str]:
        return [word for word in words if draw.random() < chance]

    def place() -> dict[str, float] | None:
        return {"lon": 113.6 + draw.random() / 10, "lat": 34.7 + draw.random() / 10} if draw.random() < 0.9 else None

    def day() -> dt.date | None:
        return TODAY + dt.timedelta(days=draw.randrange(30)) if draw.random() < 0.6 else None

    names = [f"v{number}" for number in range(vacancies)]
    return market(
        [{
            "id": f"p{number}", "occupations": draw.sample(TRADES, draw.randint(1, 2)), "skills": some(SKILLS, 0.6),
            "wage": draw.choice([0, 2500, 3500]), "shifts": some(SHIFTS, 0.7), "at": place(),
            "farthest": draw.choice([None, 4000, 9000]), "available": day(), "refuses": some(CONDITIONS, 0.2),
            "waiting_since": TODAY - dt.timedelta(days=draw.randrange(300)) if draw.random() < 0.5 else None,
            "wishes": draw.sample(names, min(vacancies, draw.randint(0, 2))),
        } for number in range(people)],
        [{
            "id": name, "occupation": draw.choice(TRADES), "skills": some(SKILLS, 0.2), "welcome": some(SKILLS, 0.3),
            "wage": draw.choice([2400, 3000, 4200]), "shift": draw.choice([None, *SHIFTS]), "at": place(),
            "start": day(), "conditions": some(CONDITIONS, 0.3), "seats": draw.randint(0, seats),
        } for name in names],
        excluded=[{"person": f"p{draw.randrange(people)}", "vacancy": draw.choice(names), "reason": "有纠纷"}],
        weights={"placed": draw.choice([0, 200, 1000])},
    )  # fmt: skip
