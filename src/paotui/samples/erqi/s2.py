"""S2 The skills contest of 18 June: five sections present, judges score, talks become knowledge entries."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.playbooks.schema import Occurrence, Text
from paotui.samples.erqi.events import Entry, Event, moment
from paotui.samples.erqi.moves import Campaign, accept, give_back
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

CONTEST = Occurrence(
    starts=moment(6, 18, 9), ends=moment(6, 18, 12), label=Text(zh="岗位业务技能比武", en="Skills contest")
)
CAMPAIGN = Campaign(
    key="s2",
    playbook="s2-skills-contest",
    file="20_S2_参赛科室.xlsx",
    title="工信局岗位业务技能比武",
    title_en="Skills contest of the Industry and Information Bureau",
    lead="区工业和信息化局",
    clerk="GX001",
    members={"organiser": ["区工业和信息化局"]},
    at=moment(6, 15, 10),
    ends=moment(7, 31).date(),
    occurrences={"contest": [CONTEST]},
)
JUDGES = {
    "judge_1": "一号评委",
    "judge_2": "二号评委",
    "judge_3": "三号评委",
    "judge_4": "四号评委",
    "judge_5": "五号评委",
}
STEPS = (
    Step("presentation", "讲完时间", {"presenter": "讲述人", "length": "讲述时长"}),
    Step("scores", "打分时间", JUDGES),
    Step("material", "交稿时间", {"question": "问题", "answer": "答复要点"}),
)
SENT_BACK = "工信局信访科"


def story() -> Iterator[Event]:
    """Yield what happened, in any order; one knowledge entry was sent back once."""
    yield from CAMPAIGN.moves()
    register = rows("21_S2_评分和讲稿.xlsx")
    yield from entries(register, "s2", target="科室名称", steps=STEPS)
    for row in register:
        yield from _review(str(row["科室名称"]), row)


def _review(section: str, row: dict[str, object]) -> Iterator[Event]:
    if section != SENT_BACK:
        yield accept(moment(6, 24, 16), "s2", "material", section)
        return
    again = moment(6, 28, 9, 30)
    yield give_back(moment(6, 24, 16, 10), "s2", "material", section, "依据没写清，补上文件名称再交")
    answer = f"{row['答复要点']}依据：信访事项网上办理工作规程。"
    yield Entry(again, "s2", section, "material", {"question": row["问题"], "answer": answer}, again)
    yield accept(moment(6, 28, 15), "s2", "material", section)
