"""Makes the spreadsheet of the department store's employees: segments of service, twelve months of wages, wages owed.

    python tools/sample_claimants.py

It holds what the store's books and the insurance say, and what each employee asks for; no sum that a rule gives.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sample_sheets import Column, Sheet, read, write

SEED = 4101033
CLOSED = dt.date(2020, 5, 10)
LAW = dt.date(2008, 1, 1)
CLAIMS = {"经济补偿": 79, "转岗安置": 26, "拖欠工资": 26, "社会保险": 18}
DEMANDS = {"经济补偿": 45, "赔偿金": 38, "经济补偿加代通知金": 17}
ON_THE_LINE = (
    "2019-11-12", "2019-11-11", "2018-12-11", "2018-11-12", "2018-11-11", "2017-11-11", "2008-01-01", "2007-12-31",
    "2007-11-10", "1996-03-04",
)  # fmt: skip
"""First days on the line: a day short of six months and six months, 17, 18 and 30 months, about the law's beginning."""
MANAGERS = {21: ("2001-07-01", 26_400), 22: ("2011-09-01", 21_800), 23: ("2016-04-01", 18_800)}
"""Wages about three times the city's average, for long and for short service: by number."""
PART_TIMERS = (31, 32, 33)
"""Paid less than the minimum wage on average: by number."""
HEADINGS = (
    ("姓名", 10), ("职工编号", 10), ("主要诉求", 10), ("本人主张", 20), ("离职日期", 12), ("解除或终止的原因", 36),
    ("工作起止", 48), ("各月工资", 70), ("申请之日", 12), ("劳动关系存续", 8), ("各月拖欠工资", 26), ("已补发", 10),
    ("劳动行政部门已责令限期支付", 10),
)  # fmt: skip


def main() -> None:
    rng = random.Random(SEED)
    register = read("61_S5_诉求化解台账.xlsx")
    claims = [name for name, number in CLAIMS.items() for _ in range(number)]
    rng.shuffle(claims)
    rows = [_row(rng, line, claim, place) for place, (line, claim) in enumerate(zip(register, claims, strict=True))]
    columns = [Column(heading, width) for heading, width in HEADINGS]
    above = [
        "百货商场职工诉求、工龄、工资资料（样例数据）",
        "区人社局调解组　2020年5月12日　转岗职工劳动关系存续，离职日期空白　金额单位：元",
    ]
    write("60_S5_职工诉求名册.xlsx", [Sheet("名册", columns, rows, above)])


def _row(rng: random.Random, line: Any, claim: str, place: int) -> list[Any]:
    begun = _begun(rng, place)
    wages = _wages(rng, begun, place)
    stays = claim == "转岗安置"
    owed, paid = _owed(rng, wages, claim)
    demand = rng.choices(list(DEMANDS), list(DEMANDS.values()))[0] if claim == "经济补偿" else "经济补偿"
    return [
        line["姓名"], line["职工编号"], claim, demand, None if stays else CLOSED.isoformat(),
        None if stays else "用人单位关闭、破产、解散或被吊销执照", _service(rng, begun), _listed(wages),
        str(line["登记时间"])[:10], stays, _listed(owed), paid, False,
    ]  # fmt: skip


def _begun(rng: random.Random, place: int) -> dt.date:
    if place < len(ON_THE_LINE):
        return dt.date.fromisoformat(ON_THE_LINE[place])
    if place in MANAGERS:
        return dt.date.fromisoformat(MANAGERS[place][0])
    first, last = (dt.date(1994, 3, 1), dt.date(2007, 11, 30)) if rng.random() < 0.28 else (LAW, dt.date(2019, 12, 1))
    return first + dt.timedelta(days=rng.randrange((last - first).days))


def _service(rng: random.Random, begun: dt.date) -> str:
    """Return the segments of service; the older ones came over from the state shop the store was made of."""
    taken_over = dt.date(2003, 7, 1) if rng.random() < 0.5 else dt.date(2006, 1, 1)
    if begun < taken_over:
        return f"{begun}至{taken_over - dt.timedelta(days=1)}；{taken_over}至{CLOSED}"
    return f"{begun}至{CLOSED}"


def _wages(rng: random.Random, begun: dt.date, place: int) -> list[int]:
    """Return wages in yuan, May 2019 to April 2020, less in the two months the store was shut for the epidemic."""
    served = (2020 - begun.year) * 12 + 5 - begun.month
    usual = MANAGERS[place][1] if place in MANAGERS else rng.randrange(2_300, 6_900, 50)
    usual = 1_650 if place in PART_TIMERS else usual
    shut = {9: 0.75, 10: 0.75} if place not in MANAGERS else {}
    wages = [round(usual * rng.uniform(0.94, 1.08) * shut.get(month, 1)) for month in range(12)]
    return wages[-max(1, min(12, served)) :]


def _owed(rng: random.Random, wages: list[int], claim: str) -> tuple[list[int], int]:
    """Return the wages owed of the last months, and what was paid of them since."""
    months = rng.randint(1, 3) if claim == "拖欠工资" else rng.choices((0, 1), (75, 25))[0]
    owed = wages[-months:] if months else [0]
    return owed, rng.choice((0, 0, 500, 800)) if months else 0


def _listed(amounts: list[int]) -> str:
    return "；".join(str(one) for one in amounts)


if __name__ == "__main__":
    main()
