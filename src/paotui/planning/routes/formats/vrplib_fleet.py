"""Columns by node and by vehicle of a VRPLIB file, and the fleet they make.

Vehicles alike and in a row become one with a `count`; its id tells their numbers in the file ("11-20"), and with
several depots the depot first ("depot2:11-20"). The file's vehicle 13 is then `depot2:11-20#3`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from paotui.planning.reading import validate
from paotui.planning.routes.formats import numerals
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.formats.sections import Sections
from paotui.planning.routes.problem import FOREVER, Shift, Station, Stop, Vehicle


def column(file: Sections, name: str, numbers: Collection[int]) -> dict[int, float]:
    """One number, zero or above, for each node or vehicle; a single one in the head counts for all."""
    if name in file.head:
        value = numerals.not_negative(numerals.number(file.head[name], name), name)
        return dict.fromkeys(numbers, value)
    return {number: values[0] for number, values in _columns(file, name, numbers, width=1)}


def loads(file: Sections, name: str, numbers: Collection[int]) -> dict[int, dict[str, int]]:
    """Loads by node or vehicle, one dimension a column: "load", "load2" …; none are left out for nodes."""
    if name in file.head:
        return dict.fromkeys(numbers, _load([numerals.number(file.head[name], name)], name))
    return {number: _load(values, f"{name}_SECTION") for number, values in _columns(file, name, numbers)}


def windows(file: Sections, nodes: list[int], scale: Callable[[float], int]) -> dict[int, tuple[int, int]]:
    found = {}
    for node, (first, last) in _columns(file, "TIME_WINDOW", nodes, width=2):
        if first > last:
            raise refused(
                "TIME_WINDOW_SECTION",
                zh=f"点 {node} 的时间窗 {first:g}–{last:g} 前后颠倒。请对调",
                en=f"the window {first:g}–{last:g} of node {node} is reversed. Swap its ends",
            )
        found[node] = (scale(first), scale(last))
    return found


def _load(values: list[float], path: str) -> dict[str, int]:
    for value in values:
        if value != int(value):
            raise refused(path, zh=f"{value} 不是整数。请改正", en=f"{value} is no whole number. Correct it")
    return {f"load{place}" if place > 1 else "load": int(value) for place, value in enumerate(values, 1)}


def _columns(
    file: Sections, name: str, numbers: Collection[int], width: int | None = None
) -> Iterator[tuple[int, list[float]]]:
    """The numbers, zero or above, behind each node or vehicle of a section; nodes it does not name come with none."""
    known = numbers if isinstance(numbers, (set, range)) else set(numbers)
    seen: set[int] = set()
    for line, fields in file.rows.get(name, []):
        path = f"line {line}"
        number = numerals.whole(fields[0], path)
        if number not in known or number in seen:
            raise refused(path, zh=f"编号 {number} 不存在或重复。请改正", en=f"{number} is unknown, or there twice")
        if len(fields) < 2 or (width and len(fields) != width + 1):
            raise refused(path, zh=f"列数 {len(fields)} 不对。请改正", en=f"{len(fields)} columns are wrong here")
        seen.add(number)
        yield number, [numerals.not_negative(numerals.number(text, path), path) for text in fields[1:]]


class Fleet:
    """The vehicles of a file, their depots, the stations they reload at, and whom they may serve."""

    def __init__(self, file: Sections, depots: list[int], clients: list[int], rounding: numerals.Rounding) -> None:
        self.file, self.depots, self.clients = file, depots, clients
        self.scale, self.price = numerals.clock(rounding), numerals.scaled(rounding)
        self.numbered = "VEHICLES" in file.head
        self.size = file.whole("VEHICLES") if self.numbered else 1
        if self.size > 100_000:
            raise refused("VEHICLES", zh="最多 100000 辆。请改小", en="at most 100,000 vehicles. Lower it")
        self.numbers = range(1, self.size + 1)
        self.rows = {name: self._lists(name) for name in ("VEHICLES_ALLOWED_CLIENTS", "VEHICLES_RELOAD_DEPOT")}
        self.groups = self._groups()

    def vehicles(self) -> list[Vehicle]:
        return [self._vehicle(numbers, facts) for numbers, facts in self.groups]

    def stations(self) -> list[Station]:
        """One a depot that anybody reloads at; it is open while the depot is."""
        used = sorted({depot for lists in self.rows["VEHICLES_RELOAD_DEPOT"].values() for depot in lists})
        hours = self._hours()
        return [
            Station(id=f"reload{depot}", location=str(depot), windows=[hours[depot]] if depot in hours else [])
            for depot in used
        ]

    def allow(self, stops: list[Stop]) -> list[Stop]:
        """The stops, each with the vehicles that may serve it where the file restricts them."""
        allowed = self.rows["VEHICLES_ALLOWED_CLIENTS"]
        if not allowed:
            return stops
        by_client: dict[str, list[str]] = {stop.id: [] for stop in stops}
        for numbers, facts in self.groups:
            for client in allowed.get(numbers[0], self.clients):
                by_client[str(client)].append(self._name(numbers, facts))
        return [
            stop if len(by_client[stop.id]) == len(self.groups)
            else stop.model_copy(update={"vehicles": by_client[stop.id]})
            for stop in stops
        ]  # fmt: skip

    def _groups(self) -> list[tuple[list[int], dict[str, Any]]]:
        facts = self._facts()
        alike = groupby(self.numbers, key=lambda number: facts[number])
        return [(list(numbers), shared) for shared, numbers in alike]

    def _facts(self) -> dict[int, dict[str, Any]]:
        """What the file says of each vehicle."""
        names = ("VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST", "VEHICLES_MAX_DURATION", "DISTANCE",
                 "VEHICLES_MAX_DISTANCE", "VEHICLES_MAX_RELOADS", "VEHICLES_DEPOT")  # fmt: skip
        columns = {name: column(self.file, name, self.numbers) for name in names}
        columns["VEHICLES_DEPOT"] = dict.fromkeys(self.numbers, float(self.depots[0])) | columns["VEHICLES_DEPOT"]
        carried = loads(self.file, "CAPACITY", self.numbers)
        return {
            number: {
                "capacity": carried.get(number, {"load": FOREVER}),
                **{name: values.get(number) for name, values in columns.items()},
                **{name: lists.get(number) for name, lists in self.rows.items()},
            }
            for number in self.numbers
        }

    def _vehicle(self, numbers: list[int], facts: dict[str, Any]) -> Vehicle:
        depot = int(facts["VEHICLES_DEPOT"])
        if depot not in self.depots:
            raise refused(
                "VEHICLES_DEPOT_SECTION", zh=f"{depot} 不是车场。请改正", en=f"{depot} is no depot. Correct it"
            )
        first, last = self._hours().get(depot, (0, FOREVER))
        reloads = [f"reload{place}" for place in facts["VEHICLES_RELOAD_DEPOT"] or []]
        limit = facts["VEHICLES_MAX_RELOADS"]
        return validate(Vehicle, {
            "id": self._name(numbers, facts), "count": len(numbers) if self.numbered else None, "start": str(depot),
            "capacities": facts["capacity"], "stations": reloads,
            "max_trips": int(limit) + 1 if reloads and limit is not None else None,
            "shift": Shift(earliest=first, latest=last),
            "max_duration": self._longest(facts),
            "max_distance": self._scaled(facts["VEHICLES_MAX_DISTANCE"]),
            "fixed_cost": Decimal(self.price(facts["VEHICLES_FIXED_COST"] or 0)),
            "per_km": 1000 * _decimal(facts["VEHICLES_UNIT_DISTANCE_COST"]),
        })  # fmt: skip

    def _name(self, numbers: list[int], facts: dict[str, Any]) -> str:
        if not self.numbered:
            return "vehicle"
        name = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
        return f"depot{facts['VEHICLES_DEPOT']:g}:{name}" if len(self.depots) > 1 else name

    def _hours(self) -> dict[int, tuple[int, int]]:
        known = [*self.depots, *self.clients]
        return {node: hours for node, hours in windows(self.file, known, self.scale).items() if node in self.depots}

    def _lists(self, name: str) -> dict[int, list[int]]:
        """The nodes behind each vehicle of a section; -1 and the like end a list."""
        found: dict[int, list[int]] = {}
        known = set(self.clients) if name == "VEHICLES_ALLOWED_CLIENTS" else set(self.depots)
        for line, fields in self.file.rows.get(name, []):
            number, *nodes = (numerals.whole(text, f"line {line}") for text in fields)
            strange = [node for node in nodes if node not in known]
            if strange or number not in self.numbers:
                raise refused(
                    f"line {line}",
                    zh=f"编号 {(strange or [number])[0]} 不存在。请改正",
                    en=f"there is no {(strange or [number])[0]} of that kind. Correct the number",
                )
            found[number] = nodes
        return found

    def _longest(self, facts: dict[str, Any]) -> int | None:
        """`DISTANCE` limits ways and service together, as in the sets of Christofides et al. and of Golden et al."""
        limits = [self.scale(facts[name]) for name in ("VEHICLES_MAX_DURATION", "DISTANCE") if facts[name] is not None]
        return min(limits, default=None)

    def _scaled(self, value: float | None) -> int | None:
        return None if value is None else self.scale(value)


def _decimal(value: float | None) -> Decimal:
    return Decimal(1) if value is None else Decimal(repr(value))
