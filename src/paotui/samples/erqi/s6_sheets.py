"""What the clerks keep about the exam day: sites, sections, toilets, timetable, fleet, stations, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from paotui.planning.demand import Paper, RoadClass, Section, Site
from paotui.playbooks import reading
from paotui.registry import coordinates
from paotui.samples.erqi.reading import Row, rows

YARDS = "69_S6_车辆和场站.xlsx"
TIMETABLE = "68_S6_考试时间表.xlsx"
SITES, SECTIONS, TOILETS = "62_S6_考点名册.xlsx", "64_S6_路段名册.xlsx", "66_S6_公厕名册.csv"
DAY = dt.date(2020, 7, 7)
Point = tuple[float, float]
"""Latitude, longitude, WGS-84."""
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class Station(Place):
    use: str
    open: tuple[Window, ...]
    minutes: int
    takes: str


@dataclass(frozen=True, slots=True)
class Truck:
    number: str
    kind: str
    yard: str
    carries: dict[str, int]
    uses: tuple[str, ...]
    out: int
    back: int
    rest: tuple[int, int, int] | None
    """Begins between the first two, lasts the third; seconds."""
    fixed: str
    per_km: str
    per_hour: str


def number(raw: Any) -> int:
    """Return a whole number a clerk may have typed in full-width digits."""
    return int(float(reading.plain(raw)))


def seconds(raw: Any) -> int:
    found = reading.clock(raw)
    if found is None:
        raise ValueError(f"{raw!r} is no time of day")
    return found.hour * 3600 + found.minute * 60


def windows(raw: Any) -> tuple[Window, ...]:
    """Return "03:00-12:30、13:00-22:00" as seconds; 全天 is no window at all: always open."""
    text = reading.plain(raw)
    if text == "全天":
        return ()
    pairs = [part.split("-") for part in text.split("、")]
    return tuple((seconds(opens), seconds(closes)) for opens, closes in pairs)


def point(row: Row) -> Point:
    """Return where a row lies; these registers are kept in GCJ-02, as the map on the clerk's screen."""
    lon, lat = coordinates.to_wgs84(float(row["经度"]), float(row["纬度"]), "gcj02")
    return round(lat, 6), round(lon, 6)


def papers() -> list[tuple[Paper, int]]:
    """Return the papers of the day and the quiet radius of each in metres."""
    found = [row for row in rows(TIMETABLE) if reading.day(row["日期"]) == DAY]
    return [
        (Paper(id=str(row["科目"]), starts=seconds(row["开考"]), ends=seconds(row["结束"])), number(row["静音半径"]))
        for row in found
    ]


def sites() -> list[tuple[Place, Site]]:
    containers = {row["考点名称"]: row for row in rows(YARDS, "容器")}
    found = []
    for at, row in enumerate(rows(SITES), 1):
        name = str(row["考点名称"])
        box = containers[name]
        site = Site(
            id=name, candidates=number(row["考生人数"]), rooms=number(row["考场数"]),
            isolation_rooms=number(row["隔离考场"]), containers=number(box["容器数"]),
            container_litres=number(box["容器规格"]),
        )  # fmt: skip
        found.append((Place(f"site-{at:02d}", name, point(row)), site))
    return found


def sections() -> list[tuple[Place, Section]]:
    found = []
    for at, row in enumerate(rows(SECTIONS), 1):
        name = str(row["路段名称"])
        section = Section(id=name, length=number(row["长度"]), road_class=road_class(name))
        found.append((Place(f"road-{at:02d}", name, point(row)), section))
    return found


def road_class(name: str) -> RoadClass:
    """Return the class the last characters of a Chinese road name tell."""
    return "alley" if name.endswith("巷") else "avenue" if name.endswith("大街") else "street"


def toilets() -> list[tuple[Place, str, bool]]:
    """Return each public toilet, the site it is near and whether it never closes."""
    return [
        (Place(f"toilet-{at:02d}", str(row["公厕名称"]), point(row)), str(row["临近考点"]), row["全天开放"] == "是")
        for at, row in enumerate(rows(TOILETS), 1)
        if row["临近考点"]
    ]


def stations() -> list[Station]:
    kinds = {"停车场": "yard", "卸料点": "tip", "取水点": "water", "配药点": "dosing"}
    return [
        Station(
            f"{kinds[str(row['用途'])]}-{at:02d}", str(row["场站名称"]), point(row), str(row["用途"]),
            windows(row["开放时间"]), number(row["每次用时"] or 0), str(row["接收"] or ""),
        )
        for at, row in enumerate(rows(YARDS, "场站"), 1)
    ]  # fmt: skip


LOADS = {"核载": "kg", "水罐": "water", "收运袋": "bags", "药液": "solution", "周转桶": "bins"}


def trucks() -> list[Truck]:
    return [_truck(row) for row in rows(YARDS, "车辆")]


def _truck(row: Row) -> Truck:
    return Truck(
        number=str(row["自编号"]), kind=str(row["车型"]), yard=str(row["停放场站"]),
        carries={load: number(row[heading]) for heading, load in LOADS.items() if row[heading] not in (None, "")},
        uses=tuple(str(row["用途"]).split("、")), out=seconds(row["出车"]),
        back=seconds(row["收车"]), rest=_rest(row["休息"]),
        fixed=str(row["每日固定"]), per_km=str(row["每公里"]), per_hour=str(row["每小时"]),
    )  # fmt: skip


def _rest(raw: Any) -> tuple[int, int, int] | None:
    """Return "12:00-13:30/40分" as seconds."""
    if not raw:
        return None
    span, _, minutes = reading.plain(raw).partition("/")
    opens, closes = span.split("-")
    return seconds(opens), seconds(closes), 60 * number(minutes.removesuffix("分"))


def repairs() -> list[tuple[str, str, int, bool]]:
    """Return toilet, what is to be repaired, seconds, whether two crews work together."""
    return [
        (str(row["公厕名称"]), str(row["维修内容"]), 60 * number(row["预计用时"]), row["需两组配合"] == "是")
        for row in rows(YARDS, "维修")
    ]


def transfers() -> list[tuple[str, str, int]]:
    """Return spare bins to be carried: from site, to site, how many."""
    return [(str(row["调出考点"]), str(row["调入考点"]), number(row["桶数"])) for row in rows(YARDS, "调桶")]
