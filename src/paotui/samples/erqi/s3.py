"""S3 The road-freight safety campaign of June: messages, visits, hazards put right and looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from paotui.playbooks import reading as written
from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign, accept, correct, pause, waive
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

CAMPAIGN = Campaign(
    key="s3",
    playbook="s3-safety-campaign",
    file="30_S3_企业驾校名册.csv",
    title="安全生产月道路货运安全宣传整治",
    title_en="Road-freight safety campaign in safety month",
    lead="区住建交通局",
    clerk="ZJ001",
    members={"bureau": ["区住建交通局"]},
    at=moment(6, 1),
    ends=moment(7, 31).date(),
)
STEPS = (
    Step("screen_message", "LED登记时间", {"wording": "提示版本", "screen_days": "播放天数"}),
    Step("chat_message", "推送登记时间", {"posted_on": "推送日期", "reach": "群内人数"}),
    Step(
        "visit",
        "上门时间",
        {
            "subject": "宣讲主题",
            "head_count": "听讲人数",
            "leaflets": "发放资料",
            "hazards": "发现隐患",
            "hazard_text": "隐患描述",
        },
    ),
    Step("rectification", "整改登记时间", {"remedy": "整改措施", "remedied_on": "整改完成日期"}),
    Step("re_check", "复查时间", {"cleared": "销号隐患", "remaining": "未改隐患"}),
)


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from CAMPAIGN.moves()
    register = rows("31_S3_宣传检查台账.xlsx")
    yield from entries(register, "s3", target="单位名称", steps=STEPS)
    for row in register:
        name = str(row["单位名称"])
        rectified = written.moment(row["整改登记时间"] or "")
        if rectified is not None:
            yield accept(rectified + timedelta(minutes=30), "s3", "rectification", name)
            if not row["复查时间"]:
                yield pause(rectified + timedelta(hours=17), "s3", "re_check", name, "更换设备尚在途中，到货后复查")
        if not row["上门时间"]:
            yield waive(moment(6, 12, 11), "s3", "visit", name, "停业装修，复工后另行上门")
    first = next(row for row in register if row["上门时间"])
    yield correct(
        moment(6, 22, 9, 15), "s3", "visit", str(first["单位名称"]), {"head_count": int(first["听讲人数"]) + 2},
        "签到表漏计两名教练，据实更正",
    )  # fmt: skip
