"""From a bound in real numbers to one in money: what costs come in is used, and nothing is ever overstated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from paotui.planning.routes.problem import Problem

FEN = Decimal("0.01")
GRAINS = (Decimal(1), Decimal("0.1"), FEN)
HALF = Decimal("0.005")
SAFE = 1e-9
"""Share of the value by which sums in double precision may be wrong, many times over."""


def told(problem: Problem, value: float) -> Decimal:
    """The bound as money, up to the next amount a plan can cost.

    Components that are no whole fen are each rounded to one: the total may be half a fen below for each of them.
    """
    value = max(0.0, value)
    value -= 1e-6 + SAFE * value
    coarse = grain(problem)
    if coarse is not None:
        return max(Decimal(0), math.ceil(Decimal(value) / coarse) * coarse)
    return max(Decimal(0), (Decimal(value) - HALF * len(_uneven(problem))).quantize(FEN, ROUND_CEILING))


def grain(problem: Problem) -> Decimal | None:
    """The amount every cost of a plan is a whole multiple of, down to a fen."""
    found = (one for one in GRAINS if all(rate % one == 0 for rate in _rates(problem)))
    return None if _uneven(problem) else next(found, None)


def _rates(problem: Problem) -> Iterator[Decimal]:
    """All prices of which a plan pays whole multiples."""
    for vehicle in problem.vehicles:
        yield vehicle.fixed_cost
        yield vehicle.per_km / 1000
    for stop in problem.stops:
        if stop.unserved_price is not None:
            yield stop.unserved_price
    yield problem.objective.default_unserved_price
    yield problem.objective.territory_per_km / 1000
    if problem.published:
        yield problem.published.per_vehicle_change
        yield problem.published.per_succession_change


def _uneven(problem: Problem) -> list[str]:
    """Components that are no whole multiples of anything: by the second, by squares."""
    vehicles = problem.vehicles
    found = {
        "duration": any(v.per_hour for v in vehicles),
        "overtime": any(v.overtime_per_hour for v in vehicles),
        "balance": bool(problem.objective.balance_per_hour2),
    }
    rates = {"distance": [v.per_km / 1000 for v in vehicles], "fixed": [v.fixed_cost for v in vehicles]}
    found |= {name: any(rate % FEN for rate in some) for name, some in rates.items()}
    found["territory"] = bool(problem.objective.territory_per_km / 1000 % FEN)
    left = [stop.unserved_price or Decimal(0) for stop in problem.stops]
    found["unserved"] = any(price % FEN for price in [*left, problem.objective.default_unserved_price])
    if published := problem.published:
        found["change"] = bool(published.per_vehicle_change % FEN or published.per_succession_change % FEN)
    return [name for name, there in found.items() if there]
