"""A plan as written down: who drives where when, what is left out and why, and what it costs component by component."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from paotui.planning.reading import Model

Money = Decimal


class Text(Model):
    zh: str
    en: str


class Visit(Model):
    """One thing a vehicle does: `arrival` ≤ `start` (waiting between) ≤ `end`, seconds; `load` on board afterwards.

    In the order of `start`. `end` = `start` + duration of the stop, station or break. Who waits before leaving arrives
    later: `arrival` − way is the departure, and a trip's release counts for the departure of its first way.
    A break's `id` is its place in the vehicle's list, from "1"; its `arrival` = `start`. A stop whose crew rests on
    arrival has its `arrival` before that break.
    """

    kind: Literal["stop", "station", "break"]
    id: str
    arrival: int
    start: int
    end: int
    load: dict[str, int] = {}


class Route(Model):
    """The day of one vehicle. `trips` are lists of stop ids (client numbers of public files); `visits` say when.

    Without `visits` it is driven as early as possible, from stations that suit, leaving as late as that allows.
    """

    vehicle: str
    trips: list[list[str | int]]
    visits: list[Visit] = []
    start: int = 0
    end: int = 0
    distance: int = 0
    """Metres."""
    duration: int = 0
    """Seconds from `start` to `end`."""


class Unserved(Model):
    """A stop left out: the reason that binds, and the smallest relaxation that would serve it."""

    stop: str | int
    reason: Text
    code: str
    """Which reason: "capability", "capacity", "window", "shift", "fleet", "price", "order", "unexamined" …"""
    relaxation: Text | None = None


class Cost(Model):
    """Yuan by component, each rounded half up to a fen once; `total` is their sum.

    Problems from public files: whole units of their scale.
    """

    total: Money
    fixed: Money = Money(0)
    distance: Money = Money(0)
    duration: Money = Money(0)
    overtime: Money = Money(0)
    unserved: Money = Money(0)
    change: Money = Money(0)
    balance: Money = Money(0)
    territory: Money = Money(0)


class Plan(Model):
    kind: Literal["routes-plan"] = "routes-plan"
    problem: str = ""
    routes: list[Route]
    unserved: list[Unserved] = []
    cost: Cost | None = None
    bound: Money | None = None
    """A proven lower bound on the total, where there is one."""
    gap: float | None = None
    """(total − bound) ÷ total."""
    seed: int = 0
    iterations: int = 0
    seconds: float = 0.0
    engine: str = ""

    def to_json(self) -> str:
        return self.model_dump_json(indent=1, exclude_none=True)
