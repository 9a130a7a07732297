"""S7 Compounds without a manager, April to July: register, three organisations, pairing, score cards, issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paotui.playbooks import reading as written
from paotui.registry.models import Person
from paotui.samples.erqi.events import Entry, Event, Move, moment
from paotui.samples.erqi.moves import Campaign, accept
from paotui.samples.erqi.reading import Row, rows
from paotui.samples.erqi.registers import Step, entries
from paotui.samples.erqi.world import World
from paotui.work.actions import work_orders

CAMPAIGN = Campaign(
    key="s7",
    playbook="s7-compounds",
    file="70_S7_无主管楼院名册.xlsx",
    title="棠溪街道无主管楼院治理",
    title_en="Compounds without a manager in Tangxi Sub-district",
    lead="棠溪街道",
    clerk="TX001",
    members={"office": ["棠溪街道"]},
    at=moment(4, 7),
    ends=moment(12, 31).date(),
)
STEPS = (
    Step("register_check", "核实登记", {"unchanged": "与名册一致", "correction": "有何出入"}),
    Step("party_group", "党小组登记", {"party_group_on": "党小组成立日期", "party_group_members": "党小组人数"}),
    Step("council", "管委会登记", {"council_on": "管委会成立日期", "voted": "参加表决户数", "agreed": "同意户数"}),
    Step("volunteers", "服务队登记", {"volunteers_on": "服务队成立日期", "volunteers": "志愿者人数"}),
    Step(
        "score_card",
        "评议登记",
        {
            "roads": "路面整洁",
            "walls": "墙面干净",
            "facades": "楼体更新",
            "greenery": "绿化",
            "issues": "居民反映问题",
            "issue_text": "问题内容",
        },
    ),
    Step("issue", "办理登记", {"answered": "办结回复件数", "how": "办理情况"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from CAMPAIGN.moves()
    register = rows("71_S7_楼院治理台账.xlsx")
    for entry in entries(register, "s7", target="楼院名称", steps=STEPS):
        yield entry
        if entry.measure == "issue":
            yield accept(_next_morning(entry), "s7", "issue", entry.target)
    for row in register:
        if row["结对登记"]:
            yield _pairing(row)


def _next_morning(entry: Entry) -> dt.datetime:
    return (entry.at + dt.timedelta(days=1)).replace(hour=9, minute=0)


def _pairing(row: Row) -> Event:
    """Return the pairing of a compound: unit and cadre are looked up by name in the registry."""
    at = written.moment(row["结对登记"])
    assert at is not None

    def do(world: World) -> None:
        cadre = Person.objects.get(district=world.district, name=str(row["包院干部"]))
        values = {"unit": world.organisation(str(row["结对单位"])).pk, "cadre": cadre.pk}
        work = world.work("s7", "pairing", str(row["楼院名称"]))
        work_orders.complete(work_order=work, values=values, by=world.clerk("s7", at), at=at)

    return Move(at, CAMPAIGN.title, do)
