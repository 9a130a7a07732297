"""S5a as a planning problem: the 24 private training schools, inspected by everyone in one visit each.

Who is needed where comes from the register of schools (50_S5), and how many people came in all from the register of
what was done (51_S5). Places, opening times and officers are invented for the sample: the registers have no addresses.
`python -m paotui.samples.erqi.problems.reopening` writes the file beside this module again.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "s5-reopening.inspections.json"
DAY, HOUR, DAYS = 86_400, 3_600, 5
LAW = "行政许可法第三十四条（样例：复课检查参照执行）"
DEPARTMENTS = (
    ("hrss", "区人力资源和社会保障局", 1, ""),
    ("health", "区卫生健康委员会", 2, LAW),
    ("market", "区市场监督管理局", 2, LAW),
    ("subdistrict", "街道办事处", 1, ""),
)
COLUMNS = {"health": "需卫健盖章", "market": "需市场监管盖章", "subdistrict": "需街道盖章"}
CENTRES = {
    "栎园街道": (2_100, 5_200), "汀湖街道": (4_800, 6_100), "砾桥街道": (3_900, 3_000),
    "岚坡街道": (1_200, 1_500), "苇岸街道": (6_300, 3_700), "棠溪街道": (5_600, 1_200),
}  # fmt: skip
OFFICES = {"hrss": (3_600, 4_300), "health": (4_300, 4_900), "market": (3_200, 3_800), "subdistrict": (3_900, 4_100)}


def problem() -> dict[str, Any]:
    """Return the problem as JSON data, marked as a sample."""
    from paotui.samples.erqi.reading import rows

    draw = random.Random("s5-reopening")  # noqa: S311  a sample, drawn the same way every time
    schools = [row for row in rows("50_S5_培训学校名册.xlsx") if row.get("学校名称")]
    sites = [_site(number, row, draw) for number, row in enumerate(schools, 1)]
    return {
        "kind": "inspections",
        "name": "二七区民办职业培训学校复课联合查看",
        "sample": True,
        "note": "样例数据：地点、开放时间、人员均系虚构；需要哪些部门取自学校名册。",
        "days": DAYS,
        "travel": {"coordinates": "metres", "detour": 1.3, "speed": 5.0},
        "weights": {"preference": 900},
        "departments": [
            {"id": key, "name": name, "officers": officers, "basis": basis}
            for key, name, officers, basis in DEPARTMENTS
        ],
        "inspectors": list(_inspectors()),
        "sites": sites,
    }


def _site(number: int, row: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    x, y = CENTRES[row["所在街道"]]
    size = float(row["核定人数"])
    minutes = {"hrss": 40, "health": 30 + size // 20 * 2, "market": 30, "subdistrict": 20}
    departments = ["hrss", *(key for key, column in COLUMNS.items() if row[column] == "是")]
    closed, morning = draw.randrange(DAYS), draw.random() < 0.5
    wish = (9 * HOUR, 12 * HOUR) if morning else (14 * HOUR, 17 * HOUR)
    days = [day for day in range(DAYS) if day != closed]
    return {
        "id": f"school-{number:02d}",
        "name": row["学校名称"],
        "location": {"x": round(draw.gauss(x, 500)), "y": round(draw.gauss(y, 500))},
        "needs": [
            {"department": key, "seconds": int(60 * minutes[key])}
            | ({"one_holds": ["epidemiology"]} if key == "health" and size >= 200 else {})
            for key in departments
        ],
        "windows": [[day * DAY + 9 * HOUR, day * DAY + 17 * HOUR] for day in days],
        "preferred": [[day * DAY + wish[0], day * DAY + wish[1]] for day in days],
        "deadline": DAYS * DAY if size < 150 else 4 * DAY,
        "priority": 2 if size >= 200 else 1,
    }


def _inspectors() -> Any:
    for key, name, _, _ in DEPARTMENTS:
        for number in range(1, 3 if key in ("hrss", "subdistrict") else 5):
            absent = (number + len(key)) % DAYS if number == 1 else -1
            yield {
                "id": f"{key}-{number}",
                "name": f"{name}样例{number}",
                "department": key,
                "office": {"x": OFFICES[key][0], "y": OFFICES[key][1]},
                "holds": ["epidemiology"] if key == "health" and number <= 2 else [],
                "calendar": [
                    [day * DAY + 8 * HOUR + 1800, day * DAY + 17 * HOUR + 1800] for day in range(DAYS) if day != absent
                ],
                "visits_per_day": 6,
            }


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paotui.settings")
    django.setup()
    FILE.write_text(json.dumps(problem(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
