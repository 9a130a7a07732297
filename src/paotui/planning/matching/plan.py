"""A matching as a plan: who goes where, the prices that prove it, and what remains open and why."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from paotui.planning import reading

Condition = Literal["exclusion", "skills", "wage", "shift", "distance", "start", "conditions"]


class Placement(reading.Model):
    person: str
    vacancy: str
    worth: int = Field(ge=1)


class Unplaced(reading.Model):
    """Somebody without a place.

    `no_occupation`: no vacancy of the occupations wanted has a seat; `not_admissible`: `vacancy` comes nearest and
    lacks the conditions `lacks`; `outbid`: the seats of `vacancy`, the nearest, go to people for whom they are worth
    more, by `short` points.
    """

    person: str
    reason: Literal["no_occupation", "not_admissible", "outbid", "stopped"]
    vacancy: str | None = None
    lacks: tuple[Condition, ...] = ()
    short: int = 0


class Open(reading.Model):
    """Seats nobody takes: `nobody` could, or all who could are `placed_elsewhere`, or the search `stopped`."""

    vacancy: str
    seats: int = Field(ge=1)
    reason: Literal["nobody", "placed_elsewhere", "stopped"]
    person: str | None = None  # who comes nearest
    lacks: tuple[Condition, ...] = ()


class MatchingPlan(reading.Model):
    """Placements, and a price a seat for each vacancy, in points.

    With rent(person) = max(0, most of worth − price over all admissible vacancies), no matching is worth more than
    bound = Σ rent + Σ seats × price; the plan is `proven` when its worth is the bound.
    """

    kind: Literal["matching"] = "matching"
    worth: int = Field(ge=0)
    bound: int = Field(ge=0)
    proven: bool
    iterations: int = Field(0, ge=0)
    placements: tuple[Placement, ...] = ()
    prices: dict[str, int] = {}  # those above 0
    unplaced: tuple[Unplaced, ...] = ()
    open: tuple[Open, ...] = ()

    def to_json(self) -> str:
        return self.model_dump_json()

    @property
    def gap(self) -> float:
        """How far the worth may be from the best, as a share of the bound."""
        return (self.bound - self.worth) / self.bound if self.bound else 0.0


class MatchingParams(reading.Model):
    """`each`: how many vacancies a person is given at first; more join until the proof covers all admissible pairs."""

    each: int = Field(20, ge=1, le=10_000)
    rounds: int = Field(50, ge=1, le=1000)


def read_plan(data: bytes) -> MatchingPlan:
    """Return the plan written as JSON; raises ProblemError with every fault found."""
    return reading.read(MatchingPlan, data)


def read_params(data: bytes) -> MatchingParams:
    """Return the parameters written as JSON; raises ProblemError with every fault found."""
    return reading.read(MatchingParams, data)
