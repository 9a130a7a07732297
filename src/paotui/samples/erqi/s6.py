"""S6 Exam sites of 5 to 8 July: disinfection, duty rounds, masks, streets before six, toilets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from paotui.samples.erqi.events import Entry, Event, moment
from paotui.samples.erqi.moves import Campaign, correct
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries, on

CITY, SANITATION, FACILITIES = "区城市管理局", "区环卫中心", "区市政设施养护中心"
BOTH = {"sanitation": [SANITATION], "facilities": [FACILITIES]}
ENDS = moment(7, 31).date()
SITES = Campaign(
    key="s6-sites", playbook="s6-exam-sites", file="62_S6_考点名册.xlsx", title="2020年高考考点环卫保障",
    title_en="Exam sites 2020", lead=CITY, clerk="CG900", members=BOTH, at=moment(6, 28, 15), ends=ENDS,
)  # fmt: skip
STREETS = Campaign(
    key="s6-streets", playbook="s6-streets", file="64_S6_路段名册.xlsx", title="2020年高考周边道路错时保洁",
    title_en="Streets around the exam sites 2020", lead=CITY, clerk="CG900", members={"sanitation": [SANITATION]},
    at=moment(6, 28, 16), ends=ENDS,
)  # fmt: skip
TOILETS = Campaign(
    key="s6-toilets", playbook="s6-toilets", file="66_S6_公厕名册.csv", title="2020年高考周边公厕跟进消杀",
    title_en="Public toilets near the exam sites 2020", lead=CITY, clerk="CG900", members=BOTH,
    at=moment(6, 28, 17), ends=ENDS,
)  # fmt: skip
AREAS = {"campus": "校园", "playground": "操场", "canteen": "食堂", "corridors": "楼道", "toilets": "厕所"}
SITE_BOOK = "63_S6_考点保障台账.xlsx"
DISINFECTION = tuple(Step(measure, f"{area}完成", {"litres": f"{area}用量"}) for measure, area in AREAS.items())
MASKS = Step("masks", "收运时间", {"weight": "口罩重量", "vehicle_trips": "收运车次", "isolation": "含隔离考场"})
DUTY = Step("duty", "登记时间", {"bags": "清理垃圾"})
FOLLOW_UP = Step("follow_up", "登记时间", {"broken": "损坏设施"})
REPAIR = Step("repair", "修复时间", {"repaired": "修复设施"})
STREET_STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("sweep", "清扫完成", {}),
    ("collect", "收运完成", {"bins": "收运桶数"}),
    ("flush", "冲洗完成", {"water": "用水量"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    for campaign in (SITES, STREETS, TOILETS):
        yield from campaign.moves()
    yield from entries(rows(SITE_BOOK, "消杀"), "s6-sites", target="考点名称", steps=DISINFECTION)
    yield from entries(rows(SITE_BOOK, "值守"), "s6-sites", target="考点名称", steps=[DUTY])
    masks = rows(SITE_BOOK, "口罩")
    yield from entries(masks, "s6-sites", target="考点名称", steps=[MASKS])
    yield _weighed_again(masks[0])
    yield from _streets()
    yield from entries(rows("67_S6_公厕保洁台账.xlsx"), "s6-toilets", target="公厕名称", steps=[FOLLOW_UP, REPAIR])


def _weighed_again(row: dict[str, object]) -> Event:
    """A scale read wrongly is corrected the same evening; both records are kept."""
    heavier = Decimal(str(row["口罩重量"])) + Decimal("0.4")
    reason = "复核磅单，读数少记0.4千克"
    return correct(moment(7, 7, 20), "s6-sites", "masks", str(row["考点名称"]), {"weight": heavier}, reason)


def _streets() -> Iterator[Event]:
    """The crew's slips are entered at once, in the order of the three steps; each keeps its own time."""
    for row in rows("65_S6_错时保洁台账.xlsx"):
        for measure, column, fields in STREET_STEPS:
            happened = on(row["日期"], row[column])
            values = {field: row[heading] for field, heading in fields.items()}
            yield Entry(happened, "s6-streets", str(row["路段名称"]), measure, values, happened)
