"""Who may have a start-up guaranteed loan among those the bureau screens, and how much at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from paotui import policy
from paotui.samples.erqi.evaluations import Found, assess, subjects
from paotui.samples.erqi.made_rosters import workbook

SCREENED = "49_S5_创业贷款筛查数据.xlsx"
POLICY = "startup-loan"
HEADINGS = ("名称", "借款人类型", "在职人数", "新招用人数")
KINDS = {"firm": "小微企业", "individual": "个体工商户"}
"""Kinds of borrower of the policy, as the playbook's roster calls them."""


@cache
def answers() -> dict[str, Found]:
    """Return what the policy says of everybody screened, by name, on the day of each application."""
    found = assess(policy.find(POLICY), subjects(SCREENED, POLICY, "名称"))
    return {one.subject.name: one for one in found}


def kind(name: str) -> str:
    """Return the kind of borrower: firm or individual."""
    return str(answers()[name].subject.facts["borrower"])


def roster(names: Collection[str], made: dt.datetime) -> bytes:
    """Return the roster of those the bureau helps with their papers."""
    return workbook("创业担保贷款帮办名册（样例数据，由筛查数据生成）", HEADINGS, _roster(names), made)


def _roster(names: Collection[str]) -> Iterator[tuple[Any, ...]]:
    for name in names:
        facts = answers()[name].subject.facts
        yield name, KINDS[facts["borrower"]], int(facts["staff"]), int(facts.get("hires", 0))
