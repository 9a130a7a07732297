"""Errands of the reopening task force (S5a), made from the school roster: papers carried for schools to be stamped.

Counters, queues, runners and points are invented and marked as sample; which school needs whose stamp, and in which
sub-district it lies, comes from the register. Run as a command it writes the file beside it.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

from paotui.samples.erqi.reading import Row, rows

FILE = "s5-reopening.errands.json"
DAY, HOUR, MINUTE = 86_400, 3_600, 60
DAYS = 2
OFFICES = {
    "health": ("卫健", "区卫生健康委员会窗口", 900, 300),
    "market": ("市场监管", "区市场监督管理局窗口", 600, 600),
}
"""Column of the register, name, seconds a stamp takes, seconds at the rush."""
REACH = 4_000
"""Metres from the centre within which sub-districts lie; schools lie up to 900 m from their office."""


def problem() -> dict[str, Any]:
    """Return the problem as plain data."""
    schools = rows("50_S5_培训学校名册.xlsx")
    streets = list(dict.fromkeys(str(row["所在街道"]) for row in schools))
    places = [_place("bureau", "区人力资源和社会保障局", (0, 0))]
    places += [_place(key, name, _around(name, (0, 0), 1_200)) for key, (_, name, _, _) in OFFICES.items()]
    places += [_place(street, f"{street}办事处", _around(street, (0, 0), REACH)) for street in streets]
    centre = {place["id"]: (place["x"], place["y"]) for place in places}
    places += [_school(row, centre[str(row["所在街道"])]) for row in schools]
    errands = [errand for row in schools if (errand := _errand(row)) is not None]
    return {
        "kind": "errands", "name": "S5a 民办职业培训学校复课代跑（样例）", "sample": True, "places": places,
        "modes": [{"id": "bicycle", "kmh": 12, "detour": 1.35, "each": 120}],
        "counters": [*(_counter(key, *office[1:]) for key, office in OFFICES.items()),
                     *(_counter(street, f"{street}办事处窗口", 300, 120) for street in streets)],
        "runners": [_runner(number) for number in range(1, 4)], "errands": errands,
    }  # fmt: skip


def _errand(row: Row) -> dict[str, Any] | None:
    name = str(row["学校名称"])
    stamps = [
        {"does": "stamp", "counter": key, "seconds": seconds}
        for key, (column, _, seconds, _) in OFFICES.items()
        if row[f"需{column}盖章"] == "是"
    ]
    if row["需街道盖章"] == "是":
        stamps.append({"does": "stamp", "counter": str(row["所在街道"]), "seconds": 300})
    if not stamps:
        return None
    hours = [[day * DAY + 8 * HOUR + 30 * MINUTE, day * DAY + 17 * HOUR + 30 * MINUTE] for day in range(DAYS)]
    fetch = {"does": "fetch", "place": name, "seconds": 180, "windows": hours, "load": {"folders": 1}}
    back = {"does": "return", "place": name, "seconds": 120, "windows": hours, "load": {"folders": -1}}
    return {"id": name, "applicant": name, "steps": [fetch, *stamps, back]}


def _counter(key: str, name: str, _seconds: int, rush: int) -> dict[str, Any]:
    hours, queue = [], []
    for day in range(DAYS):
        morning, noon, afternoon, evening = (day * DAY + hour * HOUR // 2 for hour in (17, 24, 27, 35))
        hours += [[morning, noon], [afternoon, evening]]
        queue += [
            {"since": morning, "until": morning + 90 * MINUTE, "seconds": rush * 2},
            {"since": morning + 90 * MINUTE, "until": noon, "seconds": rush},
            {"since": afternoon, "until": afternoon + HOUR, "seconds": rush},
            {"since": afternoon + HOUR, "until": evening, "seconds": rush // 3},
        ]
    return {"id": key, "name": name, "place": key, "hours": hours, "queue": queue}


def _runner(number: int) -> dict[str, Any]:
    shifts = [[day * DAY + 8 * HOUR + 30 * MINUTE, day * DAY + 17 * HOUR + 30 * MINUTE] for day in range(DAYS)]
    return {"id": f"runner-{number}", "name": f"代跑员{number}（样例）", "home": "bureau", "shifts": shifts,
            "capacity": {"folders": 12}}  # fmt: skip


def _school(row: Row, office: tuple[float, float]) -> dict[str, Any]:
    name = str(row["学校名称"])
    return _place(name, name, _around(name, office, 900))


def _place(key: str, name: str, point: tuple[float, float]) -> dict[str, Any]:
    return {"id": key, "name": name, "x": round(point[0]), "y": round(point[1])}


def _around(name: str, centre: tuple[float, float], reach: float) -> tuple[float, float]:
    """Return an invented point that is always the same for a name."""
    digest = hashlib.sha256(name.encode()).digest()
    angle, far = int.from_bytes(digest[:4]) / 2**32 * math.tau, math.sqrt(int.from_bytes(digest[4:8]) / 2**32)
    return centre[0] + reach * far * math.cos(angle), centre[1] + reach * far * math.sin(angle)


def text() -> str:
    """Return the file as it is kept."""
    return json.dumps(problem(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / FILE).write_text(text(), encoding="utf-8")
