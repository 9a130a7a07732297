"""S5d The group dispute of May: five meetings on site, a line open day and night, a claim for every employee."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.playbooks import reading as written
from paotui.playbooks.schema import Occurrence, Text
from paotui.samples.erqi import severance
from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign
from paotui.samples.erqi.reading import Row, rows
from paotui.samples.erqi.registers import Step, entries

BUREAU = "区人力资源和社会保障局"
REGISTER = "59_S5_现场调处台账.xlsx"
FIRST = Step("first_response", "登记时间", {"listeners": "到场听讲人数"})
MEETING = Step(
    "meeting",
    "登记时间",
    {"representatives": "职工代表", "agreed": "谈成事项", "open_points": "尚存分歧"},
    happened="结束",
)
LINE = Step("line", "登记时间", {"calls_enterprise": "企业来电", "calls_employees": "职工来电"})
CLAIMED = moment(5, 12, 8, 40)
CLAIMS = Campaign(
    key="s5-claims",
    playbook="s5-dispute-claims",
    file=severance.EMPLOYEES,
    made=lambda: severance.roster(CLAIMED),
    title="百货商场歇业职工诉求化解",
    title_en="Claims of the department store's employees",
    lead=BUREAU,
    clerk="RS001",
    members={"bureau": [BUREAU]},
    at=CLAIMED,
    ends=moment(6, 30).date(),
)
CLAIM_STEPS = (
    Step("registration", "登记时间", {"claimed": "诉求金额"}),
    Step("consent", "同意登记", {"agrees": "本人同意", "signed_on": "签字日期"}),
    Step("settlement", "和解登记", {"settled": "和解金额"}),
)


def on_site() -> Campaign:
    """Return the campaign on site; its meetings and days of watch are those the registers tell of."""
    return Campaign(
        key="s5-site",
        playbook="s5-dispute-site",
        file="58_S5_涉事企业.xlsx",
        title="百货商场歇业劳资纠纷现场调处",
        title_en="Labour dispute of a department store, on site",
        lead=BUREAU,
        clerk="RS001",
        members={"bureau": [BUREAU]},
        at=moment(5, 11, 11),
        ends=moment(6, 30).date(),
        occurrences={"meeting": list(_meetings()), "watch": list(_watch())},
    )


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from on_site().moves()
    yield from CLAIMS.moves()
    for sheet, step in (("先期介入", FIRST), ("调解会", MEETING), ("热线", LINE)):
        yield from entries(rows(REGISTER, sheet), "s5-site", target="企业名称", steps=[step])
    register = rows("61_S5_诉求化解台账.xlsx")
    yield from entries(map(_with_sums, register), "s5-claims", target="姓名", number="职工编号", steps=CLAIM_STEPS)


def _with_sums(row: Row) -> Row:
    """Return a row of the register with what the employee asked for and what the rules say is due."""
    due = severance.dues()[str(row["职工编号"])]
    return row | {"诉求金额": due.claimed, "和解金额": due.settled}


def _meetings() -> Iterator[Occurrence]:
    for row in rows(REGISTER, "调解会"):
        starts, ends = written.moment(row["开始"]), written.moment(row["结束"])
        assert starts is not None
        assert ends is not None
        yield Occurrence(starts=starts, ends=ends, label=Text(zh="现场调解会", en="Meeting on site"))


def _watch() -> Iterator[Occurrence]:
    for row in rows(REGISTER, "热线"):
        day = written.day(row["日期"])
        assert day is not None
        yield Occurrence(starts=moment(day.month, day.day, 0), ends=moment(day.month, day.day, 23, 59))
