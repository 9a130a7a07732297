"""S5a Reopening of the training schools in June: told once, asked once, inspected together, stamps fetched."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

CAMPAIGN = Campaign(
    key="s5-schools",
    playbook="s5-reopening",
    file="50_S5_培训学校名册.xlsx",
    title="民办职业培训学校复课帮办",
    title_en="Reopening of private training schools",
    lead="区人力资源和社会保障局",
    clerk="RS001",
    members={
        "bureau": ["区人力资源和社会保障局"],
        "health": ["区卫生健康委员会"],
        "market": ["区市场监督管理局"],
    },
    at=moment(6, 2),
    ends=moment(7, 31).date(),
)


def _errand(measure: str, who: str) -> Step:
    fields = {"collected_at": f"{who}取件", "returned_at": f"{who}送还", "trips": f"{who}趟数"}
    return Step(measure, f"{who}登记", fields)


STEPS = (
    Step("notice", "告知登记", {"told_on": "送达日期", "items": "告知事项"}),
    Step("materials", "收件登记", {"papers": "收取材料", "gaps": "容缺材料"}),
    Step(
        "joint_inspection",
        "查看登记",
        {"officers": "到场人员", "class_size": "每班人数上限", "finding": "查看结论", "finding_text": "整改意见"},
    ),
    Step("rectification", "整改登记", {"remedy": "整改情况"}),
    Step("second_look", "复看登记", {"settled": "整改到位"}),
    _errand("health_errand", "卫健"),
    _errand("market_errand", "市监"),
    _errand("subdistrict_errand", "街道"),
    Step("decision", "决定登记", {"outcome": "决定", "reopens_on": "复课日期"}),
    Step("follow_up", "回访登记", {"thanks": "学校表达感谢", "difficulty": "还有什么难处"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from CAMPAIGN.moves()
    yield from entries(rows("51_S5_复课帮办台账.xlsx"), "s5-schools", target="学校名称", steps=STEPS)
