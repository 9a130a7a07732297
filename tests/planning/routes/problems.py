"""Random routing problems of every kind, small enough to be solved in a moment; each is a sound problem."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from paotui.planning import reading
from paotui.planning.routes import validate
from paotui.planning.routes.problem import Problem

HOUR = 3600
SPAN = 8000
"""Metres from end to end: about twenty-five minutes at 25 km/h."""
FEATURES = (
    "windows", "loads", "trips", "shipments", "orders", "together", "rounds", "quiet", "breaks", "limits", "prices",
    "published", "territories", "classes", "capabilities", "overtime", "release", "started", "matrix", "open_end",
    "balance", "fleet", "empty_at_end",
)  # fmt: skip


@st.composite
def problems(draw: Any, features: tuple[str, ...] = FEATURES, most: int = 10) -> Problem:
    """A problem with some of `features` at once and up to `most` stops."""
    chosen = draw(st.sets(st.sampled_from(features), max_size=len(features)))
    return Drawing(draw, chosen, most).problem()


class Drawing:
    def __init__(self, draw: Any, chosen: set[str], most: int) -> None:
        self.draw, self.chosen = draw, chosen
        self.count = draw(st.integers(1, most))
        self.names = [f"s{place}" for place in range(self.count)]
        self.data: dict[str, Any] = {"kind": "routes", "name": "random"}

    def one(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def some(self, feature: str) -> bool:
        """Whether a feature is in play here: never unless chosen, then half of the time."""
        return feature in self.chosen and self.draw(st.booleans())

    def window(self) -> tuple[int, int]:
        first = self.one(0, 10) * HOUR
        return first, first + self.one(0, 4) * HOUR + 600

    def problem(self) -> Problem:
        places = [*self.names, "depot", "yard", "heart", "zone"]
        self.data["locations"] = [{"id": name, "x": self.one(0, SPAN), "y": self.one(0, SPAN)} for name in places]
        self.data["stops"] = [self.stop(name) for name in self.names]
        self.data["stations"] = [self.station("tip", "yard"), self.station("well", "depot")]
        self.data["vehicles"] = [self.vehicle(f"v{place}") for place in range(self.one(1, 3))]
        self.travel()
        self.ties()
        self.rest()
        made = reading.validate(Problem, self.data)
        validate.refuse(made)
        return made

    def stop(self, name: str) -> dict[str, Any]:
        stop: dict[str, Any] = {"id": name, "location": name, "duration": self.one(0, 20) * 60}
        if self.some("windows"):
            stop["windows"] = [self.window() for _ in range(self.one(1, 3))]
        if self.some("loads"):
            stop["delivery"] = {"litres": self.one(0, 12)}
        if self.some("loads"):
            stop["pickup"] = {"kg": self.one(0, 12)}
        if self.some("classes"):
            stop["load_class"] = self.draw(st.sampled_from(["isolation", "other"]))
        if self.some("capabilities"):
            stop["requires"] = ["jet"]
        if self.some("release"):
            stop["release"] = self.one(0, 6) * HOUR
        if self.some("prices"):
            stop["unserved_price"] = self.one(0, 200)
        if self.some("quiet"):
            stop["during_quiet"] = True
        if self.some("fleet"):
            stop["vehicles"] = ["v0"]
        return stop

    def station(self, name: str, location: str) -> dict[str, Any]:
        station: dict[str, Any] = {"id": name, "location": location, "duration": self.one(0, 10) * 60}
        if self.some("trips"):
            station["windows"] = [(0, 9 * HOUR)]
        if self.some("trips"):
            station["handles"] = self.draw(st.sampled_from([["kg"], ["litres"], ["kg", "litres"]]))
        if self.some("classes"):
            station["classes"] = ["other"]
        return station

    def vehicle(self, name: str) -> dict[str, Any]:
        vehicle: dict[str, Any] = {
            "id": name, "start": "depot", "per_km": self.one(0, 3),
            "capacities": {"kg": self.one(8, 30), "litres": self.one(8, 30), "bags": self.one(1, 6)},
            "shift": {"earliest": self.one(0, 3) * HOUR, "latest": self.one(8, 14) * HOUR},
        }  # fmt: skip
        if "trips" in self.chosen:
            vehicle["stations"] = self.draw(st.sampled_from([["tip"], ["well"], ["tip", "well"]]))
        if self.some("trips"):
            vehicle["max_trips"] = self.one(1, 3)
        if self.some("empty_at_end"):
            vehicle["empty_at_end"] = True
        if "capabilities" in self.chosen and (name == "v0" or self.some("capabilities")):
            vehicle["capabilities"] = ["jet"]
        if self.some("breaks"):
            firsts = [self.one(2, 9) * HOUR for _ in range(self.one(1, 3))]
            vehicle["breaks"] = [
                {"earliest": first, "latest": first + self.one(0, 2) * HOUR, "duration": self.one(1, 4) * 900}
                for first in sorted(set(firsts))
            ]
        if self.some("limits"):
            vehicle["max_duration"] = self.one(1, 8) * HOUR
        if self.some("limits"):
            vehicle["max_distance"] = self.one(5, 60) * 1000
        if self.some("overtime"):
            vehicle["shift"]["max_overtime"] = 2 * HOUR
            vehicle |= {"regular_duration": 4 * HOUR, "overtime_per_hour": 60}
        if self.some("prices"):
            vehicle |= {"fixed_cost": self.one(0, 100), "per_hour": self.one(0, 40)}
        if self.some("territories"):
            vehicle["territory"] = "heart"
        if self.some("open_end"):
            vehicle["open_end"] = True
        if self.some("fleet") and name != "v0":
            vehicle["count"] = self.draw(st.sampled_from([0, 2, None]))
        return vehicle

    def travel(self) -> None:
        if not self.some("matrix"):
            return
        size = len(self.data["locations"])
        legs = st.lists(st.integers(60, 1500), min_size=size * size, max_size=size * size)
        times, metres = self.draw(legs), self.draw(legs)
        for _ in range(self.one(0, 2)):
            gap = self.one(0, size * size - 1)
            times[gap] = metres[gap] = -1
        self.data["travel"] = {
            "type": "matrix",
            "distances": {"default": _rows(metres, size)},
            "durations": {"default": _rows(times, size)},
        }

    def ties(self) -> None:
        free = list(self.names)
        pick = lambda: free.pop(self.one(0, len(free) - 1))  # noqa: E731  one line, said once
        if "shipments" in self.chosen and len(free) > 3:
            pairs = [(pick(), pick()) for _ in range(self.one(1, len(free) // 4))]
            self.data["shipments"] = [
                {"id": f"p{place}", "pickup": a, "delivery": b, "load": {"bags": self.one(0, 3)}}
                for place, (a, b) in enumerate(pairs)
            ]
        if "together" in self.chosen and len(free) > 1 and len(self.data["vehicles"]) > 1:
            self.data["together"] = [{"stops": [pick(), pick()]}]
        if "rounds" in self.chosen and free:
            self.data["rounds"] = [{"stop": pick(), "count": self.one(2, 4), "min_spacing": self.one(0, 2) * HOUR,
                                    "max_spacing": self.draw(st.sampled_from([None, 3 * HOUR]))}]  # fmt: skip
        if "orders" in self.chosen and len(free) > 1:
            self.data["orders"] = [
                {"before": a, "after": b, "min_gap": self.one(0, 2) * 1800,
                 "max_gap": self.draw(st.sampled_from([None, 2 * HOUR])), "same_vehicle": self.some("fleet")}
                for a, b in pairwise(free[:3])
            ]  # fmt: skip
        self.free = free

    def rest(self) -> None:
        data, names = self.data, [vehicle["id"] for vehicle in self.data["vehicles"] if vehicle.get("count", 1) == 1]
        if "quiet" in self.chosen:
            data["quiet_zones"] = [{"id": "exam", "location": "zone", "radius": self.one(500, 5000),
                                    "periods": [(3 * HOUR, 5 * HOUR), (6 * HOUR, 7 * HOUR)]}]  # fmt: skip
        if "classes" in self.chosen:
            data["incompatible"] = [("isolation", "other")]
        objective: dict[str, Any] = {}
        if "balance" in self.chosen:
            objective["balance_per_hour2"] = self.one(0, 9)
        if "territories" in self.chosen:
            objective["territory_per_km"] = "0.5"
        data["objective"] = objective
        if "started" in self.chosen:
            for stop in data["stops"]:  # what is agreed with a crew can be done by it
                if stop["id"] in self.free[:2]:
                    for key in ("delivery", "pickup", "requires", "vehicles", "load_class"):
                        stop.pop(key, None)
            data["vehicles"][0] |= {"locked": self.free[:2], "onboard": {"kg": self.one(0, 8)}}
            for key in ("max_duration", "max_distance", "max_trips"):
                data["vehicles"][0].pop(key, None)
            if data["vehicles"][0].get("empty_at_end"):  # there is a place to empty it at
                data["vehicles"][0]["stations"] = ["tip"]
                data["stations"][0] = {"id": "tip", "location": "yard"}
        if "published" in self.chosen:
            half = len(self.names) // 2
            routes = {names[0]: self.names[:half], names[-1]: self.names[half:]} if len(names) > 1 else {
                names[0]: self.names}  # fmt: skip
            data["published"] = {"routes": routes, "per_vehicle_change": 5, "per_succession_change": "2.5"}


def _rows(cells: list[int], size: int) -> list[list[int]]:
    rows = [cells[place * size : (place + 1) * size] for place in range(size)]
    for place in range(size):
        rows[place][place] = 0
    return rows
