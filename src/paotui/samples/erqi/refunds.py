"""Whom the emergency refund finds among the district's enterprises, as their data stood on a day, and for how much.

What was put right after a match is in a register of its own, so that the match can be made again as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from paotui import policy
from paotui.playbooks import reading as written
from paotui.policy import cells
from paotui.registry import names
from paotui.samples.erqi.evaluations import Facts, Found, Subject, assess, subjects, words
from paotui.samples.erqi.made_rosters import workbook
from paotui.samples.erqi.reading import rows

ENTERPRISES = "47_S5_参保企业数据.xlsx"
CORRECTIONS = "48_S5_参保数据更正.xlsx"
POLICY = "refund-zhengzhou-emergency"
FUND_RESERVE = 26
"""Months of benefits the fund held at the end of 2019, as the agency states it for a run (sample data)."""
HEADINGS = ("企业名称", "统一社会信用代码", "2019年12月参保人数", "已领返还冲减（元）")


@cache
def answers(day: dt.date) -> tuple[Found, ...]:
    """Return what the policy says of every enterprise, with the data as they stood at the end of a day."""
    undone = _undone(day)
    known = [replace(one, facts=one.facts | undone.get(one.name, {})) for one in _enterprises()]
    return tuple(assess(policy.find(POLICY), known, day, {"fund_reserve": FUND_RESERVE}))


def _enterprises() -> tuple[Subject, ...]:
    return subjects(ENTERPRISES, POLICY, "企业名称")


def _undone(day: dt.date) -> dict[str, Facts]:
    """Return, by enterprise, what its facts said before they were put right later than on that day."""
    facts = words(policy.find(POLICY).policy)
    before: dict[str, Facts] = {}
    for row in rows(CORRECTIONS):
        corrected, fact = written.day(row["更正日期"]), facts[names.comparable(row["项目"])]
        assert corrected is not None
        if corrected > day:
            before.setdefault(str(row["企业名称"]), {})[fact.name] = cells.read(fact, row["更正前"])
    return before


def proposed(day: dt.date) -> dict[str, Found]:
    """Return the enterprises that qualify on a day, by name."""
    return {one.subject.name: one for one in answers(day) if one.outcome == "qualifies"}


def roster(made: dt.datetime) -> bytes:
    """Return the roster of the refund: whom the match proposes, with the facts the sum was worked out from."""
    return workbook("应急稳岗返还拟返还企业名册（样例数据，按政策规则比对生成）", HEADINGS, _roster(made.date()), made)


def _roster(day: dt.date) -> Iterator[tuple[Any, ...]]:
    for name, one in sorted(proposed(day).items()):
        facts = one.subject.facts
        yield name, facts["credit_code"], int(facts["contributors"]), facts["earlier_refund"] or ""


def amount(name: str, day: dt.date) -> str:
    """Return what an enterprise is due on a day in yuan; raises LookupError when the rules do not propose it."""
    found = proposed(day).get(name)
    if found is None:
        raise LookupError(f"{name}: {POLICY} does not propose it on {day}")
    return str(found.amount)
