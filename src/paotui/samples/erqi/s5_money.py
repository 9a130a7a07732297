"""S5c Money that finds the enterprise: stabilisation refunds from March to May, start-up loans in April and May."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.playbooks import reading as written
from paotui.samples.erqi import loans, refunds
from paotui.samples.erqi.events import Event, moment
from paotui.samples.erqi.moves import Campaign, cancel, pause, waive
from paotui.samples.erqi.reading import Row, rows
from paotui.samples.erqi.registers import Step, entries

BUREAU = "区人力资源和社会保障局"
MATCHED = moment(3, 9)
"""When the rules were applied to the data the bureau has; what was found out later is not known yet."""
REFUNDS = Campaign(
    key="s5-refund",
    playbook="s5-refund",
    file="应急稳岗返还拟返还企业名册.xlsx",
    made=lambda: refunds.roster(MATCHED),
    title="应急稳岗返还免申即享",
    title_en="Emergency job-stabilisation refund",
    lead=BUREAU,
    clerk="RS001",
    members={"bureau": [BUREAU]},
    at=MATCHED,
    ends=moment(7, 31).date(),
)
LOAN_REGISTER = "57_S5_创业贷款台账.xlsx"
HELPED = moment(4, 20)
LOANS = Campaign(
    key="s5-loans",
    playbook="s5-loans",
    file="创业担保贷款帮办名册.xlsx",
    made=lambda: loans.roster([str(row["名称"]) for row in rows(LOAN_REGISTER)], HELPED),
    title="创业担保贷款帮办",
    title_en="Start-up guaranteed loans",
    lead=BUREAU,
    clerk="RS001",
    members={"bureau": [BUREAU]},
    at=HELPED,
    ends=moment(7, 31).date(),
)
REFUND_STEPS = (
    Step("match", "比对登记", {"proposed": "拟返还金额"}),
    Step("confirm", "确认登记", {"confirmed": "确认接受", "account": "收款方式"}),
    Step("publicity", "公示登记", {"published_until": "公示截止", "objections": "收到异议"}),
    Step("payment", "拨付登记", {"amount": "拨付金额", "batch": "批次"}),
)
LOAN_STEPS = (
    Step("eligibility", "审核登记", {"eligible": "符合条件"}),
    Step("bank_decision", "银行登记", {"verdict": "银行意见", "granted": "批准金额"}),
    Step("payment", "放款登记", {"amount": "放款金额", "months": "贷款期限"}),
)
APPLICATIONS = {"firm": "firm_application", "individual": "trader_application"}


def story() -> Iterator[Event]:
    """Yield what happened, in any order."""
    yield from REFUNDS.moves()
    yield from LOANS.moves()
    yield from _refunds()
    yield from _loans()


def _refunds() -> Iterator[Event]:
    register = rows("55_S5_稳岗返还拨付台账.xlsx")
    yield from entries(map(_with_sums, register), "s5-refund", target="企业名称", steps=REFUND_STEPS)
    for row in register:
        yield from _stopped(str(row["企业名称"]), str(row["备注"] or ""))


def _with_sums(row: Row) -> Row:
    """Return a row of the register with what the rules give: at the match, and again on the day of payment."""
    name, paid = str(row["企业名称"]), written.day(row["拨付登记"] or "")
    due = refunds.amount(name, paid) if paid else None
    return row | {"拟返还金额": refunds.amount(name, MATCHED.date()), "拨付金额": due}


def _stopped(name: str, remark: str) -> Iterator[Event]:
    """An enterprise may turn out not to qualify; an objection stops the clock until it is cleared."""
    if "不再符合" in remark:
        for minute, measure in enumerate(("confirm", "publicity", "payment")):
            yield waive(moment(3, 23, 10, minute), "s5-refund", measure, name, "核实裁员人数后不再符合条件，不予返还")
    elif "异议" in remark:
        yield pause(moment(5, 15, 10), "s5-refund", "publicity", name, "公示期收到异议，核查参保人数")


def _loans() -> Iterator[Event]:
    for row in rows(LOAN_REGISTER):
        application = Step(APPLICATIONS[loans.kind(str(row["名称"]))], "申请登记", {"asked": "申请金额"})
        yield from entries([_with_answer(row)], "s5-loans", target="名称", steps=(application, *LOAN_STEPS))
        yield from _withdrawn(row, application.measure)


def _with_answer(row: Row) -> Row:
    """Return a row of the register with what the applicant asked for and what the rules answer; the bank adds nothing.

    Where the bank agrees it grants what can be lent.
    """
    found = loans.answers()[str(row["名称"])]
    if row["放款登记"] and found.amount is None:
        raise LookupError(f"{row['名称']}: {loans.POLICY} lends nothing ({found.reason})")
    return row | {
        "申请金额": found.subject.facts.get("asked"), "贷款期限": found.subject.facts.get("months"),
        "符合条件": found.outcome == "qualifies", "批准金额": found.amount, "放款金额": found.amount,
    }  # fmt: skip


def _withdrawn(row: Row, application: str) -> Iterator[Event]:
    if not row["申请登记"]:
        for minute, measure in enumerate((application, "eligibility")):
            yield cancel(moment(5, 20, 9, minute), "s5-loans", measure, str(row["名称"]), "本人表示暂不申请")
