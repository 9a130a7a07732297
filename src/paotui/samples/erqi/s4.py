"""S4 The learning organisation: sessions of each body, essays and hours of each member, March to July."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paotui.playbooks import reading as written
from paotui.playbooks.schema import Occurrence, Text
from paotui.samples.erqi.events import Entry, Event, moment
from paotui.samples.erqi.moves import Campaign, accept, give_back
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.registers import Step, entries

SESSIONS = Campaign(
    key="s4-bodies",
    playbook="s4-core-sessions",
    file="40_S4_学习单位.xlsx",
    title="2020年学习型机关建设·集体学习",
    title_en="Learning organisation 2020: sessions",
    lead="区自然资源分局",
    clerk="ZR900",
    members={"office": ["区自然资源分局"]},
    at=moment(3, 2),
    ends=dt.date(2020, 12, 31),
    starts=dt.date(2020, 3, 1),
)
MEMBERS = Campaign(
    key="s4-members",
    playbook="s4-members",
    file="42_S4_干部职工名册.xlsx",
    title="2020年学习型机关建设·个人学习",
    title_en="Learning organisation 2020: members",
    lead="区自然资源分局",
    clerk="ZR900",
    members={"office": ["区自然资源分局"]},
    at=moment(3, 2, 10),
    ends=dt.date(2020, 12, 31),
    starts=dt.date(2020, 1, 1),
    occurrences={
        "reading": [
            Occurrence(
                starts=moment(4, 23, 14, 30),
                ends=moment(4, 23, 17),
                label=Text(zh="世界读书日", en="World Book Day"),
            )
        ]
    },
)
CORE = Step(
    "core_session",
    "登记时间",
    {"theme": "学习主题", "attended": "到会人数", "hours": "学时", "lecturer": "主讲"},
)
DAY = Step("members_day", "登记时间", {"activity": "活动内容", "present": "参加人数"})
ESSAY = Step("essay", "交稿时间", {"heading": "文章题目", "sort": "文章类别"})
QUARTERS = (
    ("一季度", moment(3, 31, 17), moment(4, 2, 16)),
    ("二季度", moment(6, 30, 17), moment(7, 2, 16)),
)
RETURNED = "与网上文章雷同较多，请联系自己的岗位重写"


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from SESSIONS.moves()
    yield from MEMBERS.moves()
    yield from entries(rows("41_S4_集体学习台账.xlsx", "中心组学习"), "s4-bodies", target="单位名称", steps=[CORE])
    yield from _members_days()
    yield from _essays()
    yield from _hours()
    yield from _reading()


def _members_days() -> Iterator[Event]:
    register = rows("41_S4_集体学习台账.xlsx", "主题党日")
    for entry in entries(register, "s4-bodies", target="单位名称", steps=[DAY]):
        yield entry
        yield accept(entry.at + dt.timedelta(minutes=55), "s4-bodies", "members_day", entry.target)


def _essays() -> Iterator[Event]:
    register = rows("43_S4_个人学习台账.xlsx", "文章")
    yield from entries(register, "s4-members", target="姓名", number="工号", steps=[ESSAY])
    for row in register:
        at = written.moment(row["审核时间"] or "")
        if at is None:
            continue
        if row["审核"] == "退回":
            yield give_back(at, "s4-members", "essay", str(row["工号"]), RETURNED)
        else:
            yield accept(at, "s4-members", "essay", str(row["工号"]))


def _hours() -> Iterator[Event]:
    for row in rows("43_S4_个人学习台账.xlsx", "学时"):
        for quarter, until, entered in QUARTERS:
            values = {"obligatory": row[f"{quarter}规定"], "voluntary": row[f"{quarter}自愿"]}
            if values["obligatory"] not in (None, ""):
                yield Entry(entered, "s4-members", str(row["姓名"]), "self_study", values, until, str(row["工号"]))


def _reading() -> Iterator[Event]:
    at, happened = moment(4, 23, 17, 30), moment(4, 23, 16, 30)
    for row in rows("43_S4_个人学习台账.xlsx", "读书"):
        values = {"took_part": row["是否参加"], "book": row["所读书目"]}
        yield Entry(at, "s4-members", str(row["姓名"]), "reading", values, happened, str(row["工号"]))
