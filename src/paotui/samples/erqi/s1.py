"""S1 The study session of 3 July: sign-in at the door, takeaways, and a make-up session for whoever was away."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.playbooks.schema import Occurrence, Text
from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

SESSION = Occurrence(
    starts=moment(7, 3, 15),
    ends=moment(7, 3, 17),
    label=Text(
        zh="系列讲座第一集（二楼会议室）", en="First episode of the lecture series (meeting room, second floor)"
    ),
)
CAMPAIGN = Campaign(
    key="s1",
    playbook="s1-study-session",
    file="10_S1_参学名册.xlsx",
    title="系列讲座第一集集中学习",
    title_en="First episode of the lecture series, watched together",
    lead="区机关事务服务中心",
    clerk="JG900",
    members={"organiser": ["区机关事务服务中心"]},
    at=moment(7, 1, 9, 30),
    ends=moment(7, 31).date(),
    occurrences={"session": [SESSION]},
)
STEPS = (
    Step("sign_in", "签到登记时间", {"attendance": "到会情况", "leave_reason": "请假事由"}),
    Step("takeaway", "交稿时间", {"takeaway": "学习体会", "tied_to": "联系的工作"}),
    Step("make_up", "补学登记时间", {"made_up_on": "补学日期", "way": "补学方式"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from CAMPAIGN.moves()
    yield from entries(rows("11_S1_签到和体会.xlsx"), "s1", target="姓名", number="工号", steps=STEPS)
