"""What the department store owes each of its employees, by the rules of labour law; and what each of them asked for.

Everybody who left when the store closed is due severance, and whatever wages are still owed. Who takes the other post
offered stays employed: the years go with him, and only wages owed are paid now. Missing insurance premiums are paid to
the insurance, not to the employee.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from paotui import policy
from paotui.policy import facts
from paotui.policy.single import Case
from paotui.samples.erqi.evaluations import Found, Subject, assess, subjects
from paotui.samples.erqi.made_rosters import workbook
from paotui.samples.erqi.reading import rows

EMPLOYEES = "60_S5_职工诉求名册.xlsx"
CLOSED = dt.date(2020, 5, 10)
HEADINGS = ("姓名", "职工编号", "工作月数", "月平均工资（元）", "主要诉求")
AS_IF_LEFT = {"left_on": CLOSED, "cause": "closed"}
DEMANDS = {
    "经济补偿": ("severance", {}),
    "赔偿金": ("double-severance", {"cause": "unlawful", "wants_to_stay": False}),
    "经济补偿加代通知金": ("notice-pay", {"cause": "changed", "noticed": False}),
}
"""What an employee asks for besides wages: the policy that gives it, and the facts as the employee sees them."""


@dataclass(frozen=True, slots=True)
class Due:
    """What one employee is due: severance, wages owed, and what was asked for; `length` is months of service."""

    severance: Decimal
    wages: Decimal
    claimed: Decimal
    length: int
    average: Decimal

    @property
    def settled(self) -> Decimal:
        return self.severance + self.wages


@cache
def dues() -> dict[str, Due]:
    """Return what everybody is due, by staff number; raises ValueError where the rules cannot say."""
    wages = [_owed(one) for one in _answers("wage-arrears")]
    severance = [_paid_now(one) for one in _answers("severance")]
    left = _answers("severance", AS_IF_LEFT)
    return {
        one.subject.name: Due(now, owed, claimed + owed, *_base(one.subject))
        for one, now, owed, claimed in zip(left, severance, wages, _asked(left), strict=True)
    }


def _base(one: Subject) -> tuple[int, Decimal]:
    """Return what severance is worked out on, as its rules define it: months of service and average wage."""
    rules = policy.find("severance")
    program = rules.program(CLOSED)
    assert program is not None
    case = Case(program, facts.check(rules.policy, one.facts))
    return int(case.named("months_before") + case.named("months_since")), case.named("average_wage")


def _answers(asked: str, seen: dict[str, Any] | None = None) -> list[Found]:
    """Return what a policy says of everybody, with some facts as somebody sees them."""
    known = [replace(one, facts=one.facts | (seen or {})) for one in subjects(EMPLOYEES, asked, "职工编号")]
    return assess(policy.find(asked), known)


def _owed(one: Found) -> Decimal:
    """Return the wages still owed; that nothing is owed is an answer too."""
    if one.outcome == "unknown":
        raise ValueError(f"{one.subject.name}: wages owed are unknown ({one.reason})")
    return one.amount or Decimal(0)


def _paid_now(one: Found) -> Decimal:
    """Return the severance due now: none while the employment goes on, whose end nobody knows."""
    if one.outcome != "qualifies" and "left_on" in one.subject.facts:
        raise ValueError(f"{one.subject.name}: severance is {one.outcome} ({one.reason})")
    return one.amount or Decimal(0)


def _asked(left: list[Found]) -> Iterator[Decimal]:
    """Yield what everybody asks for besides wages, worked out by the rule each of them appeals to."""
    given = {
        name: _answers(asked, AS_IF_LEFT | seen) for name, (asked, seen) in DEMANDS.items() if asked != "severance"
    }
    for place, (row, one) in enumerate(zip(rows(EMPLOYEES), left, strict=True)):
        demand = str(row["本人主张"])
        severance, more = one.amount or Decimal(0), given[demand][place].amount if demand in given else None
        yield more if demand == "赔偿金" and more is not None else severance + (more or 0)


def roster(made: dt.datetime) -> bytes:
    """Return the roster of claims: everybody with the months of service and the average wage worked out."""
    return workbook("职工诉求登记名册（样例数据，由工资和工龄资料算得）", HEADINGS, _roster(), made)


def _roster() -> Iterator[tuple[Any, ...]]:
    for row in rows(EMPLOYEES):
        due = dues()[str(row["职工编号"])]
        yield row["姓名"], row["职工编号"], due.length, due.average, row["主要诉求"]
