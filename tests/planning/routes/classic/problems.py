"""Random problems of every kind the fast kernel takes, small enough to be solved in a moment."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from paotui.planning import reading
from paotui.planning.routes import classic, validate
from paotui.planning.routes.problem import Problem

ROUNDINGS = {"round": 1, "dimacs": 10, "exact": 1000, "ceil": 1000}
KINDS = (
    "windows",
    "fleet",
    "limited",
    "depots",
    "closed",
    "duration",
    "prizes",
    "shift",
    "pickup",
    "decimals",
    "scarce",
)
SIDE = 60


@st.composite
def problems(draw: Any, most: int = 14, least: int = 0) -> Problem:
    """A sound problem of `least` to `most` stops with some of `KINDS` at once."""
    kinds = draw(st.sets(st.sampled_from(KINDS)))
    rounding = draw(st.sampled_from(sorted(ROUNDINGS)))
    made = reading.validate(Problem, _Drawing(draw, kinds, rounding).data(draw(st.integers(least, most))))
    validate.refuse(made)
    assert classic.takes(made)
    return made


class _Drawing:
    def __init__(self, draw: Any, kinds: set[str], rounding: str) -> None:
        self.draw, self.kinds, self.rounding, self.scale = draw, kinds, rounding, ROUNDINGS[rounding]

    def one(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def some(self, kind: str) -> bool:
        return kind in self.kinds and self.draw(st.booleans())

    def data(self, count: int) -> dict[str, Any]:
        names = [f"s{number}" for number in range(count)]
        vehicles = [self.vehicle(number) for number in range(self.one(1, 3 if "fleet" in self.kinds else 1))]
        if "closed" in self.kinds:
            vehicles.append({"id": "old", "count": 0, "start": "north", "capabilities": ["crane"]})
        return {
            "kind": "routes",
            "locations": [self.place(name) for name in ("north", "south", *names)],
            "travel": {"type": "planar", "rounding": self.rounding},
            "vehicles": vehicles,
            "stops": [self.stop(name) for name in names],
        }

    def place(self, name: str) -> dict[str, Any]:
        fine = 8 if "decimals" in self.kinds else 1
        return {"id": name, "x": self.one(0, SIDE * fine) / fine, "y": self.one(0, SIDE * fine) / fine}

    def stop(self, name: str) -> dict[str, Any]:
        loads = {"kg": self.one(0, 12)}
        stop: dict[str, Any] = {"id": name, "location": name, "duration": self.one(0, 5) * self.scale}
        stop["pickup" if "pickup" in self.kinds else "delivery"] = loads
        if self.some("windows"):
            first = self.one(0, 150) * self.scale
            stop["windows"] = [(first, first + self.one(0, 80) * self.scale)]
        if self.some("closed"):
            stop["requires"] = ["crane"]
        if self.some("closed"):
            stop["vehicles"] = ["v0"]
        if self.some("prizes"):
            stop["unserved_price"] = self.one(0, 60)
        return stop

    def vehicle(self, number: int) -> dict[str, Any]:
        least = 8 if "scarce" in self.kinds else 12
        vehicle: dict[str, Any] = {"id": f"v{number}", "start": "north", "capacities": {"kg": self.one(least, 30)}}
        vehicle |= {"count": None, "per_km": 1000}
        if "limited" in self.kinds:
            vehicle["count"] = self.one(0, 3)
        if "fleet" in self.kinds:
            vehicle |= {"fixed_cost": self.one(0, 40), "per_km": self.draw(st.sampled_from([0, 500, 1000, "1250.5"]))}
        if "depots" in self.kinds:
            vehicle |= {"start": self.depot(), "end": self.depot()}
        if self.some("closed"):
            vehicle["capabilities"] = ["crane"]
        if self.some("duration"):
            vehicle["max_duration"] = self.one(50, 250) * self.scale
        if self.some("shift"):
            first = self.one(0, 40) * self.scale
            vehicle["shift"] = {"earliest": first, "latest": first + self.one(50, 250) * self.scale}
        return vehicle

    def depot(self) -> str:
        return self.draw(st.sampled_from(["north", "south"]))
