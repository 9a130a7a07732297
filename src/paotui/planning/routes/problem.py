"""A routing problem as written down: who drives what, which stops want what, and what a plan costs.

Times are whole seconds after midnight of the first day, durations seconds, distances metres, loads whole units of
their dimension ("kg", "litres", "bags" …), prices yuan. Ids are unique within their list. What each key means for a
plan is said here and nowhere else: solver, checker and screens all follow these docstrings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from paotui.planning.reading import Model, refusal

Id = Annotated[str, Field(min_length=1, max_length=80)]
FOREVER = 1_000_000_000
Seconds = Annotated[int, Field(ge=0, le=FOREVER)]
Amount = Annotated[int, Field(ge=0, le=1_000_000_000)]
Loads = dict[Id, Amount]
Yuan = Annotated[Decimal, Field(ge=0, le=1_000_000_000_000, allow_inf_nan=False)]
Window = tuple[Seconds, Seconds]


class Location(Model):
    """A point: either degrees (`lat`, `lon`, WGS-84) or metres on a plane (`x`, `y`)."""

    id: Id
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    x: float | None = None
    y: float | None = None
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _not_swapped(cls, data: Any) -> Any:
        """In most of China the two cannot be mistaken for each other: there is no latitude of 113°."""
        lat, lon = (data.get(key) if isinstance(data, dict) else None for key in ("lat", "lon"))
        if isinstance(lat, int | float) and isinstance(lon, int | float) and 90 < abs(lat) <= 180 and abs(lon) <= 90:
            raise refusal(zh=f"lat {lat} 与 lon {lon} 似乎写反了。请对调。",
                          en=f"lat {lat} and lon {lon} look swapped. Swap them.")  # fmt: skip
        return data


class StraightLine(Model):
    """Straight line (great circle for degrees) × `detour`, rounded to a metre; time by `speed_kmh`, rounded up.

    To the second, so that everybody computes the same: straight = √(dx² + dy²), or haversine with a radius of
    6,371,008.8 m; metres = ⌊straight × detour + 0.5⌋; seconds = ⌈metres × 3.6 ÷ speed − 10⁻⁹⌉.
    """

    type: Literal["straight_line"] = "straight_line"
    detour: float = Field(1.3, ge=1, le=5)
    speed_kmh: dict[Id, Annotated[float, Field(gt=0, le=200)]] = {"default": 25.0}
    """By profile; a vehicle names its profile."""


class Matrix(Model):
    """Distances (m) and durations (s) between locations, row = from, in the order of `locations`; -1 = no way."""

    type: Literal["matrix"]
    distances: dict[Id, list[list[int]]]
    durations: dict[Id, list[list[int]]]
    """Both by profile."""


class Planar(Model):
    """Public benchmark files: straight line on the plane, scaled and rounded as the set prescribes; time = distance.

    "round": to the nearest; "dimacs": × 10, cut off; "exact": × 1000, to the nearest; "ceil": × 1000, upwards
    (of √(dx² + dy²) in double precision; nearest = ⌊value + 0.5⌋).
    Loads and times in such a problem are scaled alike (times × 10, × 1000).
    """

    type: Literal["planar"]
    rounding: Literal["round", "dimacs", "exact", "ceil"]


class Shift(Model):
    """A vehicle leaves at `earliest` or later and is back by `latest` (`max_overtime` after `latest` at a price)."""

    earliest: Seconds = 0
    latest: Seconds = FOREVER
    max_overtime: Seconds = 0


class Break(Model):
    """A rest of `duration` that begins within the window, between two activities or while waiting, never on the way.

    It is taken where the activity before it ended, or where the next one is going to be, after arriving there.
    Owed only by a vehicle that is on the road during the whole window: `start` < `earliest` and `end` > `latest`.
    """

    earliest: Seconds
    latest: Seconds
    duration: Seconds


class Vehicle(Model):
    """A vehicle, or `count` alike ones named `id#1`, `id#2` …; `count` null = as many as there are stops.

    With a count of one (the default) its name is its `id`; a count of zero takes it out of service.
    """

    id: Id
    count: Annotated[int, Field(ge=0, le=100_000)] | None = 1
    name: str = ""
    start: Id
    """Location it starts from. With `locked` or `onboard` this is where it is now, and `shift.earliest` is now."""
    end: Id | None = None
    """Location it ends at: `start` when left out."""
    open_end: bool = False
    """True: ends where the last stop is; no way back."""
    profile: Id = "default"
    capacities: Loads = {}
    """A dimension not named here cannot be carried."""
    capabilities: list[Id] = []
    shift: Shift = Shift()
    breaks: list[Break] = []
    max_duration: Seconds | None = None
    """From leaving the start to the arrival at the end, waiting and breaks included."""
    max_distance: Amount | None = None
    stations: list[Id] = []
    """Stations it may use; a visit ends one trip and begins the next."""
    max_trips: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Trips that serve a stop."""
    empty_at_end: bool = False
    """True: what was picked up (or `onboard`) goes to a station before the end of the route: the last trip picks up
    nothing."""
    fixed_cost: Yuan = Decimal(0)
    """Once for each vehicle that serves anything."""
    per_km: Yuan = Decimal(0)
    per_hour: Yuan = Decimal(0)
    """On the duration of the route."""
    regular_duration: Seconds | None = None
    overtime_per_hour: Yuan = Decimal(0)
    """On duration beyond `regular_duration` and on time after `shift.latest`; the larger of the two counts."""
    locked: list[Id] = []
    """Stops it must serve first, in this order (a started or agreed route)."""
    onboard: Loads = {}
    """Picked up and on board at the start."""
    territory: Id | None = None
    """Location that is the heart of its territory, see `Objective.territory_per_km`."""


class Station(Model):
    """A place to refill (deliveries) and to empty (pick-ups), opening hours as `windows` for the start of the visit."""

    id: Id
    location: Id
    duration: Seconds = 0
    windows: list[Window] = []
    handles: list[Id] | None = None
    """Load dimensions; null = all. What a trip delivers is handled by the base it begins at, what it picks up by the
    base it ends at; starts and ends of vehicles handle all."""
    classes: list[Id] | None = None
    """Load classes it takes: those of stops with a pick-up in the trip that ends here; null = all."""


class Stop(Model):
    """A piece of work at a place, done in one go by one vehicle and crew."""

    id: Id
    location: Id
    name: str = ""
    duration: Seconds = 0
    windows: list[Window] = []
    """When service may start; none = any time. Sorted or not, apart or not: their union counts."""
    release: Seconds = 0
    """The trip that serves it leaves its base (depot or station) at this time or later."""
    delivery: Loads = {}
    """On board from the base the trip begins at."""
    pickup: Loads = {}
    """On board until the base the trip ends at."""
    requires: list[Id] = []
    vehicles: list[Id] | None = None
    """Vehicles (ids, or `id#k`) that may serve it; null = all."""
    load_class: Id | None = None
    unserved_price: Yuan | None = None
    """Price of leaving it out; null = it must be served, and is left out only when nothing else is possible."""
    during_quiet: bool = False
    """True: may be worked on during quiet periods (hand sweeping)."""


class Shipment(Model):
    """Carried from one stop to another, by one vehicle in one trip, pick-up first. Both or none are served."""

    id: Id
    pickup: Id
    delivery: Id
    load: Loads = {}


class QuietZone(Model):
    """No service is under way within `radius` metres of the centre during `periods` (`during_quiet` stops excepted).

    In a straight line; stops only, stations have windows. Service of no duration counts as one second: it may not
    start in [from, until), any other not in (from − duration, until).
    """

    id: Id
    location: Id
    radius: Annotated[float, Field(ge=0, le=100_000)]
    periods: list[Window]


class Order(Model):
    """`after` starts at least `min_gap`, at most `max_gap` after the end of `before`; any two vehicles.

    `after` is served only if `before` is. Stops of a round are named by visit (`toilet@2`), here and elsewhere.
    """

    before: Id
    after: Id
    min_gap: Seconds = 0
    max_gap: Seconds | None = None
    same_vehicle: bool = False


class Together(Model):
    """Stops that start at the same second, each with another vehicle; all are served or none."""

    stops: Annotated[list[Id], Field(min_length=2, max_length=10)]


class Round(Model):
    """`count` visits alike `stop` in place of it (their ids: `stop@1`, `stop@2` …), starts `min_spacing` to
    `max_spacing` apart.

    Each visit is its own stop; a later one is served only if the one before is.
    """

    stop: Id
    count: Annotated[int, Field(ge=2, le=200)]
    min_spacing: Seconds
    max_spacing: Seconds | None = None


class Published(Model):
    """The plan people already know, and what changing it costs; stops and vehicles that are gone are passed over.

    Stops that are gone are taken out of their list first, so their neighbours become a succession; the list of a
    vehicle that is gone (or has a `count` of zero) costs nothing.
    """

    routes: dict[Id, list[Id]]
    """By vehicle, its stops in order, trips run together."""
    per_vehicle_change: Yuan = Decimal(0)
    """For each stop served by another vehicle than published (unserved ones not)."""
    per_succession_change: Yuan = Decimal(0)
    """For each published succession a → b (both still in the problem) where b no longer comes right after a on one
    route (stations and breaks apart), also when one of them is not served."""


class Objective(Model):
    """What counts beside the prices of vehicles and stops."""

    balance_per_hour2: Yuan = Decimal(0)
    """Times the sum over used vehicles (that serve a stop) of (duration in hours)²: evens hours out."""
    territory_per_km: Yuan = Decimal(0)
    """For each stop, on the straight-line distance (no detour, rounded to a metre) from the territory of the vehicle
    that serves it."""
    default_unserved_price: Yuan = Decimal(100_000)
    """What leaving out a stop that must be served is counted as; it always yields to serving it."""


class Source(Model):
    """Where a problem from a public benchmark file came from; plans then carry client numbers as in that file."""

    format: Literal["vrplib", "solomon", "lilim"]
    scale: int
    """Costs, times and distances are this many times those of the file."""
    limit_vehicles: bool = True
    unread: list[str] = []
    """Lines of its head that nobody here knows: what they ask for is not kept."""


class Problem(Model):
    kind: Literal["routes"] = "routes"
    name: str = ""
    note: str = ""
    locations: Annotated[list[Location], Field(min_length=1, max_length=200_000)]
    travel: Annotated[StraightLine | Matrix | Planar, Field(discriminator="type")] = StraightLine()
    vehicles: list[Vehicle] = []
    stations: list[Station] = []
    stops: list[Stop] = []
    shipments: list[Shipment] = []
    quiet_zones: list[QuietZone] = []
    orders: list[Order] = []
    together: list[Together] = []
    rounds: list[Round] = []
    incompatible: list[tuple[Id, Id]] = []
    """Pairs of load classes never on board in one trip."""
    published: Published | None = None
    objective: Objective = Objective()
    source: Source | None = None


def stop_name(problem: Problem, name: str) -> str | int:
    """As plans call a stop: client numbers in plans for public files."""
    return int(name) if problem.source and name.isdecimal() else name
