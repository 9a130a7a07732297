"""A roster as written down: who is at which post when, what stays uncovered and why."""

from __future__ import annotations

from typing import Literal

from paotui.planning.reading import Model


class Text(Model):
    zh: str
    en: str


class Duty(Model):
    """One person at one post without interruption."""

    person: str
    post: str
    start: int
    end: int


class Uncovered(Model):
    """So many people too few at a post; `code`: "nobody", "qualification", "availability", "rules"."""

    post: str
    start: int
    end: int
    missing: int
    code: str
    reason: Text


class Plan(Model):
    kind: Literal["posts-plan"] = "posts-plan"
    problem: str = ""
    duties: list[Duty]
    uncovered: list[Uncovered] = []
    missing: int = 0
    """Person-seconds uncovered."""
    people: int = 0
    """People used."""
    spread: int = 0
    """Seconds between the most and the least at posts of those used."""
    missing_bound: int = 0
    people_bound: int = 0
    """Proven: no roster leaves less uncovered (person-seconds × priority), none as well covered uses fewer people."""
    proven: list[str] = []
    """Which of "missing", "people", "spread" are proven best, each given the ones before."""
    seed: int = 0
    iterations: int = 0
    seconds: float = 0.0

    def to_json(self) -> str:
        return self.model_dump_json(indent=1, exclude_none=True)
