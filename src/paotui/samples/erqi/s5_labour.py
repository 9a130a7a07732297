"""S5b Labour for above-scale enterprises in March: the gap found, workers brought, the gap closed."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

CAMPAIGN = Campaign(
    key="s5-labour",
    playbook="s5-labour",
    file="52_S5_缺工企业名册.xlsx",
    title="规模以上企业复工用工保障",
    title_en="Labour for above-scale enterprises",
    lead="区人力资源和社会保障局",
    clerk="RS001",
    members={"bureau": ["区人力资源和社会保障局"], "industry": ["区工业和信息化局"]},
    at=moment(3, 3),
    ends=moment(4, 30).date(),
)
STEPS = (
    Step("policy", "送达登记", {"brought_on": "送达日期"}),
    Step("gap", "摸底登记", {"needed": "缺工人数", "trade": "主要工种"}),
    Step("placement", "到岗登记", {"arrived": "到岗人数", "channel": "主要渠道", "overtime": "加班工时"}),
    Step("confirmation", "销号登记", {"met": "用工需求已满足"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from CAMPAIGN.moves()
    yield from entries(rows("53_S5_用工保障台账.xlsx"), "s5-labour", target="企业名称", steps=STEPS)
