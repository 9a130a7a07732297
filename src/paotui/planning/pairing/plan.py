"""A pairing as a plan: the pairs, how balanced and how dear they are, and the proofs of both."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Literal

from pydantic import Field

from paotui.planning import reading
from paotui.planning.pairing.problem import Pair

Condition = Literal["conflict", "requires", "distance", "fixed", "load"]


class Ratio(reading.Model):
    """A load per strength, as a fraction."""

    load: int = Field(0, ge=0)
    strength: int = Field(1, ge=1)

    @property
    def value(self) -> Fraction:
        return Fraction(self.load, self.strength)


class Paired(reading.Model):
    unit: str
    compound: str
    cost: int = Field(ge=0)


class Weight(reading.Model):
    """What a load is taken to weigh for a proof."""

    load: int = Field(ge=1)
    weight: int = Field(ge=0, le=2**40)


class RoleResult(reading.Model):
    """What the pairs of one role amount to.

    `peak` is the greatest load / strength of a unit. No plan that serves the same compounds stays below `peak_bound`:
    the compounds `witness` may only go to units that could not take them all below it, or, where there are `weights`
    (of a load), all compounds weigh more than the heaviest that every unit could hold below it. With `prices` (per unit
    of load, in 1/`grain` points), no plan within `peak` costs less than `bound`; where there are `rents` (of a
    compound, or of the first of those that go together, in the same), they prove it instead: no unit can earn more with
    whole compounds than a knapsack says. Proofs: "certificate" is verified by the checker, "search" is an exhaustive
    search that found nothing better, None is open.
    """

    role: str
    peak: Ratio
    peak_bound: Ratio
    peak_proof: Literal["certificate", "search"] | None
    witness: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    cost: int = Field(ge=0)
    bound: int = Field(ge=0)
    cost_proof: Literal["certificate", "search"] | None
    grain: int = Field(1, ge=1)
    prices: dict[str, int] = {}
    rents: dict[str, int] = {}


class Unserved(reading.Model):
    """A compound without a unit in a role.

    `not_admissible`: `unit` comes nearest and `lacks` stands against it; `capacity`: whoever may take it is full,
    `unit` would need `more` load; `stopped`: the search ended before.
    """

    compound: str
    role: str
    reason: Literal["no_unit", "not_admissible", "capacity", "stopped"]
    unit: str | None = None
    lacks: tuple[Condition, ...] = ()
    more: int = 0


class PairingPlan(reading.Model):
    kind: Literal["pairing"] = "pairing"
    pairs: tuple[Paired, ...] = ()
    roles: tuple[RoleResult, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    iterations: int = Field(0, ge=0)
    before: tuple[Pair, ...] = ()
    """Of the plan it was begun from, where the problem names none: keeping them costs nothing."""

    def to_json(self) -> str:
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False)

    @property
    def proven(self) -> bool:
        return all(one.peak_proof and one.cost_proof for one in self.roles)


class PairingParams(reading.Model):
    """`each`: how many units a compound is given at first; `searched`: up to so many possible pairs of compounds
    of different load are searched exhaustively, with `seconds_searched` as the deterministic limit of the search.
    """

    each: int = Field(12, ge=1, le=1000)
    searched: int = Field(4000, ge=0, le=1_000_000)
    seconds_searched: float = Field(10.0, gt=0, le=3600)


def read_plan(data: bytes) -> PairingPlan:
    """Return the plan written as JSON; raises ProblemError with every fault found."""
    return reading.read(PairingPlan, data)


def read_params(data: bytes) -> PairingParams:
    """Return the parameters written as JSON; raises ProblemError with every fault found."""
    return reading.read(PairingParams, data)
