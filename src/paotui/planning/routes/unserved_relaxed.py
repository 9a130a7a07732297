"""Which single constraint, relaxed, lets a stop into the finished plan: insertion by the kernel, nothing else moved."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes import unserved_words as words
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem, Vehicle
from paotui.planning.routes.rich.engine import Found, Limits, probe
from paotui.planning.routes.rich.expansion import NEEDS
from paotui.planning.routes.rich.lowering import ALWAYS, MANY, Lowered, Lowering
from paotui.planning.routes.unserved_words import Reason

HALVINGS = 7
ENDLESS = 10**15
STOP, ENDS = 0, 3


class Late(Exception):
    """The time for reasons is over."""


class Relaxed:
    """The finished plan as arrays, and variants of it with one constraint relaxed."""

    def __init__(self, lowering: Lowering, base: Lowered, plan: Plan, deadline: float | None = None) -> None:
        self.lowering, self.base, self.plan, self.deadline = lowering, base, plan, deadline
        self.problem: Problem = base.expansion.problem

    def reason(self, number: int) -> Reason | None:
        """The reason with the smallest relaxation; None where no single one helps, or time is over."""
        try:
            return self._smallest(number)
        except Late:
            return None

    def _smallest(self, number: int) -> Reason | None:
        if missing := self._needed(number):
            return words.waits_for(missing)
        if (priced := self._price(number)) is not None:
            return priced
        times = [found for found in (self._window(number), self._shift(number)) if found is not None]
        if times:
            return min(times, key=lambda found: found[0])[1]
        for relaxed in (self._order, self._mixed, self._capacity, self._limit, self._another):
            if (found := relaxed(number)) is not None:
                return found
        return None

    def _try(self, number: int, lowered: Lowered | None = None, **changed: NDArray[Any]) -> Found | None:
        """What comes of inserting the stop with these arrays; None where it still does not fit."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise Late
        base = lowered or self.base
        found = probe(replace(base, arrays={**base.arrays, **changed}, _kept=[]), number, Limits(neighbours=0))
        return found if _row(found, number) is not None else None

    def _needed(self, number: int) -> str | None:
        """A stop it comes after that is not served."""
        served = {str(name) for route in self.plan.routes for trip in route.trips for name in trip}
        stops = self.base.expansion.stops
        for link in self.base.expansion.links:
            if link.b == number and link.flags & NEEDS and stops[link.a].id not in served:
                return stops[link.a].id
        return None

    def _price(self, number: int) -> Reason | None:
        stop = self.base.expansion.stops[number]
        if stop.unserved_price is None:
            return None
        prices = self.base.arrays["price"].copy()
        prices[number] += ENDLESS
        found = self._try(number, price=prices)
        if found is None:
            return None
        rest = sum(float(self.base.arrays["price"][one]) for one in range(len(prices)) if _row(found, one) is None)
        before = float(self.plan.cost.total) if self.plan.cost else 0.0
        listed = float(self.plan.cost.unserved) if self.plan.cost else 0.0
        more = found.cost - rest - (before - listed) + self._published()
        told = f"{stop.unserved_price:.2f}", f"{max(more, 0):.2f}"
        return words.sought_too_briefly(*told) if more < float(stop.unserved_price) else words.priced(*told)

    def _published(self) -> float:
        """What the kernel leaves out of its costs: the price of all successions, which it counts as savings."""
        changes = self.problem.published
        if changes is None:
            return 0.0
        pairs = sum(max(0, len(stops) - 1) for stops in self.base.expansion.published.values())
        return float(changes.per_succession_change) * pairs

    def _window(self, number: int) -> tuple[int, Reason] | None:
        arrays = self.base.arrays
        place = int(arrays["window_at"][number + 1]) - 1
        last = int(arrays["window"][place][1])

        def until(end: int) -> Found | None:
            windows = arrays["window"].copy()
            windows[place][1] = end
            return self._try(number, window=windows)

        found = until(ALWAYS)
        if found is None:
            return None
        low, high = last, _start(found, number)
        for _ in range(HALVINGS):
            middle = (low + high) // 2
            if middle in (low, high):
                break
            if (earlier := until(middle)) is not None:
                high = min(middle, _start(earlier, number))
            else:
                low = middle
        return high - last, words.window(self.problem, high)

    def _shift(self, number: int) -> tuple[int, Reason] | None:
        arrays = self.base.arrays
        latest, overtime = arrays["latest"], arrays["overtime"]

        def longer(more: int) -> Found | None:
            return self._try(number, overtime=np.minimum(overtime + more, ALWAYS - latest))

        found = longer(ALWAYS)
        if found is None:
            return None
        low, high = 0, self._over(found, number)
        for _ in range(HALVINGS):
            middle = (low + high) // 2
            if middle in (low, high):
                break
            if (shorter := longer(middle)) is not None:
                high, found = max(low + 1, min(middle, self._over(shorter, number))), shorter
            else:
                low = middle
        vehicle = _row(found, number)
        assert vehicle is not None
        name = self.base.expansion.fleet[int(vehicle[0])].name
        return high, words.shift(self.problem, _end(found, int(vehicle[0])), name)

    def _over(self, found: Found, number: int) -> int:
        """Seconds beyond shift and overtime of the vehicle that serves the stop."""
        row = _row(found, number)
        assert row is not None
        vehicle = int(row[0])
        closing = int(self.base.arrays["latest"][vehicle]) + int(self.base.arrays["overtime"][vehicle])
        return max(1, _end(found, vehicle) - closing)

    def _order(self, number: int) -> Reason | None:
        arrays, stops = self.base.arrays, self.base.expansion.stops
        for tie in np.flatnonzero((arrays["link_a"] == number) | (arrays["link_b"] == number)):
            flags, low, high = (arrays[f"link_{name}"].copy() for name in ("flags", "low", "high"))
            other = int(arrays["link_b"][tie] if arrays["link_a"][tie] == number else arrays["link_a"][tie])
            flags[tie], low[tie], high[tie] = 0, -ALWAYS, ALWAYS + 1
            if self._try(number, link_flags=flags, link_low=low, link_high=high):
                return words.ordered(stops[other].id)
        return None

    def _mixed(self, number: int) -> Reason | None:
        kind = self.base.expansion.stops[number].load_class
        if kind is None or not self.problem.incompatible:
            return None
        if self._try(number, clash=np.zeros_like(self.base.arrays["clash"])) is None:
            return None
        return words.mixed(kind)

    def _capacity(self, number: int) -> Reason | None:
        room = self.base.arrays["capacity"]
        for place, dimension in enumerate(self.base.dimensions):

            def wider(more: int, place: int = place) -> Found | None:
                larger = room.copy()
                larger[:, place] += more
                return self._try(number, capacity=larger)

            most = int(room[:, place].max(initial=0)) + self._load(number, place)
            if (found := wider(most)) is None:
                continue
            low, high = 0, most
            while high - low > 1:
                middle = (low + high) // 2
                if (tighter := wider(middle)) is not None:
                    high, found = middle, tighter
                else:
                    low = middle
            row = _row(found, number)
            assert row is not None
            return words.loaded(dimension, high, self.base.expansion.fleet[int(row[0])].name)
        return None

    def _load(self, number: int, place: int) -> int:
        arrays = self.base.arrays
        return (
            int(
                arrays["delivery"][:, place].sum()
                + arrays["pickup"][:, place].sum()
                + arrays["ship_load"][:, place].sum()
            )
            + 1
        )

    def _limit(self, number: int) -> Reason | None:
        arrays = self.base.arrays
        found = self._try(
            number,
            max_duration=np.full_like(arrays["max_duration"], ALWAYS + 1),
            max_distance=np.full_like(arrays["max_distance"], 2**60),
            max_trips=np.full_like(arrays["max_trips"], MANY),
        )
        if found is None:
            return None
        row = _row(found, number)
        assert row is not None
        return words.limited(self.base.expansion.fleet[int(row[0])].name)

    @cached_property
    def _enlarged(self) -> Lowered:
        """The plan with one more vehicle of each kind, at any time of the day."""
        spare = [
            vehicle.model_copy(update={
                "id": f"{vehicle.id} +1", "count": 1, "locked": [], "onboard": {}, "breaks": [],
                "shift": vehicle.shift.model_copy(update={"earliest": 0, "latest": ALWAYS, "max_overtime": 0}),
            })
            for vehicle in self.problem.vehicles
        ]  # fmt: skip
        problem = self.problem.model_copy(update={"vehicles": [*self.problem.vehicles, *spare]})
        return Lowering(problem, self.lowering.tables).lowered(self.plan)

    def _another(self, number: int) -> Reason | None:
        found = self._try(number, self._enlarged)
        if found is None:
            return None
        row = _row(found, number)
        assert row is not None
        vehicle = self._enlarged.expansion.fleet[int(row[0])].vehicle
        rows = found.visits[found.visits[:, 0] == row[0]]
        name = vehicle.id.removesuffix(" +1")
        needed = _requires(self.base.expansion.stops[number].requires, vehicle)
        return words.another(self.problem, name, needed, int(rows[0][4]), int(rows[0][5]))


def _requires(names: list[str], vehicle: Vehicle) -> list[str]:
    return [name for name in names if name in vehicle.capabilities]


def _row(found: Found, number: int) -> NDArray[np.int32] | None:
    rows = found.visits[(found.visits[:, 1] == STOP) & (found.visits[:, 2] == number)]
    return rows[0] if len(rows) else None


def _start(found: Found, number: int) -> int:
    row = _row(found, number)
    assert row is not None
    return int(row[4])


def _end(found: Found, vehicle: int) -> int:
    return int(found.visits[(found.visits[:, 0] == vehicle) & (found.visits[:, 1] == ENDS)][0][5])
