"""The exam day of 7 July 2020 as one routing problem, made from the clerks' sheets and the demand model.

`python -m paotui.samples.erqi.s6_day` writes problems/s6-day.routes.json again.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from paotui.planning.demand import Parameters, Toilet, masks, read_parameters, streets
from paotui.planning.routes.problem import (
    Break,
    Location,
    Objective,
    Problem,
    QuietZone,
    Shift,
    Station,
    StraightLine,
    Vehicle,
)
from paotui.samples.erqi import s6_sheets, s6_work
from paotui.samples.erqi.files import HERE
from paotui.samples.erqi.s6_sheets import Truck

FILE = "s6-day.routes.json"
CLASSES = {"生活垃圾": "refuse", "废弃口罩": "masks", "隔离废物": "isolation"}
USES = {
    "卸料点": ["collect", "masks", "litter"], "取水点": ["flush", "sprinkle"], "配药点": ["disinfect"],
}  # fmt: skip
HANDLES = {"卸料点": ["kg", "bags"], "取水点": ["water"], "配药点": ["solution"]}
OWN_TERRITORY = ("电动三轮车",)


def parameters() -> Parameters:
    """Return the demand parameters of 2020 the library ships."""
    return read_parameters((resources.files("paotui.library") / "demand" / "2020.yaml").read_bytes())


def problem() -> Problem:
    """Return the day as one problem: everything all crews have to do from 03:00 to 21:30."""
    p, stations, sites = parameters(), s6_sheets.stations(), s6_sheets.sites()
    papers = s6_sheets.papers()
    work = _work(p)
    places = [*stations, *(place for place, _ in sites), *(place for place, _ in s6_sheets.sections()),
              *(place for place, _, _ in s6_sheets.toilets())]  # fmt: skip
    return Problem(
        name="2020年7月7日高考环卫保障（样例数据） / Exam day of 7 July 2020 (sample)",
        note="Made by paotui.samples.erqi.s6_day from the sheets 62, 64, 66, 68, 69 and the demand parameters of 2020; "
        "several of those are unverified. Do not edit.",
        locations=[Location(id=one.id, lat=one.at[0], lon=one.at[1], name=one.name) for one in places],
        travel=StraightLine(detour=1.35, speed_kmh=_speeds(p)),
        vehicles=_vehicles(stations, [place.id for place, _ in sites]),
        stations=[_station(one) for one in stations if one.use != "停车场"],
        stops=work.stops, shipments=work.shipments, orders=work.orders, together=work.together, rounds=work.rounds,
        quiet_zones=[
            QuietZone(id=f"quiet-{place.id}", location=place.id, radius=papers[0][1],
                      periods=[(paper.starts, paper.ends) for paper, _ in papers])
            for place, _ in sites
        ],
        incompatible=[("masks", "isolation"), ("refuse", "isolation"), ("refuse", "masks")],
        objective=Objective(balance_per_hour2=Decimal("0.5"), territory_per_km=Decimal("1.5")),
    )  # fmt: skip


def _speeds(p: Parameters) -> dict[str, float]:
    """Profiles drive as fast as the roads they mostly use; nobody drives faster than on an avenue."""
    street, avenue, alley = (streets.speed(one, p).value for one in ("street", "avenue", "alley"))
    return {"heavy": street, "van": (street + avenue) / 2, "tricycle": alley}


def _work(p: Parameters) -> s6_work.Work:
    work = s6_work.Work()
    sites, papers = s6_sheets.sites(), [paper for paper, _ in s6_sheets.papers()]
    by_name = {place.name: place for place, _ in sites}
    for place, section in s6_sheets.sections():
        s6_work.streets_before_six(work, place, section, p)
        s6_work.sprinkling(work, place, section, p)
    for place, site in sites:
        for part, paper in enumerate(papers, 1):
            s6_work.used_masks(work, place, site, paper, part, p)
        s6_work.litter(work, place, site, p)
        s6_work.evening_disinfection(work, place)
    _toilets(work, p)
    for at, (giver, taker, bins) in enumerate(s6_sheets.transfers(), 1):
        s6_work.transfer(work, at, by_name[giver], by_name[taker], bins)
    return work


def _toilets(work: s6_work.Work, p: Parameters) -> None:
    """The companions of a site share the toilets near it."""
    papers, found = [paper for paper, _ in s6_sheets.papers()], s6_sheets.toilets()
    shared = Counter(near for _, near, _ in found)
    waiting = {
        site.id: masks.companions(site, p).value / shared[site.id] for _, site in s6_sheets.sites() if shared[site.id]
    }
    for place, near, all_day in found:
        toilet = Toilet(id=place.name, companions=waiting[near] / shared[near], all_day=all_day, area=60)
        s6_work.toilet_rounds(work, place, toilet, papers, p)
    by_name = {place.name: place for place, _, _ in found}
    for at, (toilet_name, what, seconds, two_crews) in enumerate(s6_sheets.repairs(), 1):
        s6_work.repair(work, at, by_name[toilet_name], what, seconds, two_crews)


def _station(one: s6_sheets.Station) -> Station:
    classes = [CLASSES[one.takes]] if one.takes else None
    return Station(
        id=one.id,
        location=one.id,
        duration=60 * one.minutes,
        windows=list(one.open),
        handles=HANDLES[one.use],
        classes=classes,
    )


def _vehicles(stations: list[s6_sheets.Station], sites: list[str]) -> list[Vehicle]:
    yards = {one.name: one.id for one in stations}
    trucks = s6_sheets.trucks()
    hearts = iter(sites[::2] * 2)
    return [
        _vehicle(truck, yards[truck.yard], stations, next(hearts) if truck.kind in OWN_TERRITORY else None)
        for truck in trucks
    ]


def _vehicle(truck: Truck, yard: str, stations: list[s6_sheets.Station], territory: str | None) -> Vehicle:
    can = [s6_work.CAPABILITIES[use] for use in truck.uses]
    collects = "kg" in truck.carries
    return Vehicle(
        id=truck.number, name=f"{truck.kind} {truck.number}", start=yard, profile=s6_work.profile(truck),
        capacities=truck.carries, capabilities=can,
        shift=Shift(earliest=truck.out, latest=truck.back, max_overtime=1800),
        breaks=[Break(earliest=truck.rest[0], latest=truck.rest[1], duration=truck.rest[2])] if truck.rest else [],
        stations=[one.id for one in stations if set(can) & set(USES.get(one.use, [])) and _takes(one, can)],
        empty_at_end=collects, fixed_cost=Decimal(truck.fixed), per_km=Decimal(truck.per_km),
        per_hour=Decimal(truck.per_hour), regular_duration=8 * 3600,
        overtime_per_hour=Decimal(truck.per_hour) / 2, territory=territory,
    )  # fmt: skip


def _takes(station: s6_sheets.Station, can: list[str]) -> bool:
    """Whether a tip takes what such a vehicle collects."""
    if station.use != "卸料点":
        return True
    wanted = {"collect": "refuse", "litter": "refuse", "masks": "masks", "isolation": "isolation"}
    return CLASSES[station.takes] in {wanted[one] for one in can if one in wanted}


def to_json(found: Problem) -> str:
    """Return the problem as it lies in problems/: what is not said is the default; one line for each thing listed."""
    tree = found.model_dump(mode="json", exclude_defaults=True)
    tree = {"kind": found.kind, **tree, "travel": {"type": found.travel.type, **tree["travel"]}}
    return "{\n" + ",\n".join(f" {_line(key)}: {_lines(value)}" for key, value in tree.items()) + "\n}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, list):
        return _line(value)
    return "[\n" + ",\n".join(f"  {_line(one)}" for one in value) + "\n ]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def shipped() -> bytes:
    """Return the problem as it was generated and committed."""
    return (HERE / "problems" / FILE).read_bytes()


if __name__ == "__main__":
    Path(str(HERE / "problems" / FILE)).write_text(to_json(problem()), encoding="utf-8")
