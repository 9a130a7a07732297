"""Makes the spreadsheet of the sample district's enterprises, and that of what was put right in it.

    python tools/sample_enterprises.py

The newspaper tells how many enterprises were refunded and how much. The rules give so many yuan for a contributor, and
that sum is no multiple of it: so three of the enterprises had a refund for the same year already, which is set off.
Nothing here computes a refund; what the policy answers is asked of the policy, before the sheets are written.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from paotui.policy import answering, catalogue
from sample_codes import credit_code, names
from sample_enterprise_facts import Enterprise, Facts, draw
from sample_proposed import JUST_IN, JUST_OUT, NOT_KNOWN, resize, sound
from sample_sheets import Column, Sheet, read, write

SEED = 410103
ENTERPRISES = 4_200
PAID, MATCHED, PRINTED = Decimal("124315160.00"), dt.date(2020, 3, 9), dt.date(2020, 7, 10)
"""What the newspaper told, the day of the match, and the day the sheet is as of."""
STANDARD = 9_120
EARLIER = (Decimal("5760.00"), Decimal("8800.00"))
"""Refunds received before by two enterprises; that of the third is what is left to the sum."""
CONTRIBUTORS = -(-int(PAID) // STANDARD) + 2
FUND = {"fund_reserve": 26}

POLICY = catalogue.find("refund-zhengzhou-emergency")
SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型", None: None}
HEADINGS = (
    ("credit_code", "统一社会信用代码", 22),
    ("size", "企业规模", 8),
    ("paid_months", "足额缴费月数", 8),
    ("insured", "参保人数（人）", 10),
    ("contributors", "2019年12月缴费人数（人）", 10),
    ("layoffs", "裁员人数（人）", 10),
    ("premiums", "缴纳失业保险费（元）", 14),
    ("arrears", "失业保险费欠费（元）", 12),
    ("profit_2016", "2016年净利润（元）", 16),
    ("profit_2017", "2017年净利润（元）", 16),
    ("profit_2018", "2018年净利润（元）", 16),
    ("profit_2019", "2019年净利润（元）", 16),
    ("complies", "符合产业结构调整和环保政策", 10),
    ("hit_by_epidemic", "受疫情影响", 8),
    ("hardship_recognised", "市政府认定的困难企业", 10),
    ("epidemic_recognised", "市认定的防疫贡献、保供或受冲击行业企业", 10),
    ("earlier_refund", "同年度已领稳岗返还（元）", 12),
    ("dishonest", "列入严重失信名单", 8),
    ("zombie", "僵尸企业", 8),
    ("insured_now", "现参保人数（人）", 10),
)
"""Facts and the headings clerks know them by."""
LABELS = {fact: heading.partition("（")[0] for fact, heading, _width in HEADINGS}

Correction = tuple[Enterprise, str, Any, str, str]
"""Of which enterprise which fact was put right, what it had said, when, and on what ground."""


def main() -> None:
    rng = random.Random(SEED)
    register = read("55_S5_稳岗返还拨付台账.xlsx")
    refunded = [str(row["企业名称"]) for row in register if row["拨付登记"]]
    stopped = {str(row["企业名称"]): str(row["备注"]) for row in register if not row["拨付登记"]}
    others = _others(rng)
    codes = (credit_code(number) for number in count(1))
    fresh = names(rng, {*refunded, *stopped, *(name for name, _staff in others)})

    found = list(_paid(rng, refunded, codes))
    proposed = [sound(rng, name, next(codes), rng.randint(28, 120), "loss") for name in stopped]
    corrections = [_correct(one, stopped[one.name]) for one in proposed]
    found += proposed
    for way, contributors, facts in (*JUST_OUT, *NOT_KNOWN):
        found.append(_given(sound(rng, next(fresh), next(codes), contributors, way), facts))
    found += [_known(rng, name, staff, next(codes)) for name, staff in others]
    while len(found) < ENTERPRISES:
        found.append(_outside(rng, next(fresh), next(codes)))
    rng.shuffle(found)
    _check(found, corrections, refunded)
    _write(found, corrections)


def _others(rng: random.Random) -> list[tuple[str, int]]:
    """Enterprises other registers of the district tell of, and how many people work there."""
    short = [(str(row["企业名称"]), row["在职人数(人)"]) for row in read("52_S5_缺工企业名册.xlsx")]
    loans = [str(row["名称"]) for row in read("57_S5_创业贷款台账.xlsx")]
    borrowers = [(name, rng.randint(9, 118)) for name in loans if name.endswith("公司")]
    return [(name, int(staff)) for name, staff in (*short, *borrowers, ("晟澜百货有限公司", 149))]


def _paid(rng: random.Random, refunded: Sequence[str], codes: Iterator[str]) -> Iterator[Enterprise]:
    """Yield the enterprises refunded: first those on the very line, then the rest, adding up to what was paid."""
    edges = [_given(sound(rng, name, next(codes), contributors, way), facts)
             for name, (way, contributors, facts) in zip(refunded, JUST_IN, strict=False)]  # fmt: skip
    yield from edges
    rest = refunded[len(edges) :]
    heads = _heads(rng, len(rest), CONTRIBUTORS - sum(one.facts["contributors"] for one in edges))
    earlier = dict(zip(_fitting(heads), (*EARLIER, CONTRIBUTORS * STANDARD - PAID - sum(EARLIER)), strict=True))
    for place, (name, contributors) in enumerate(zip(rest, heads, strict=True)):
        one = sound(rng, name, next(codes), contributors)
        if place in earlier:
            one.facts |= {"earlier_refund": earlier[place], "premiums": earlier[place] * 2}
        yield one


def _heads(rng: random.Random, number: int, together: int) -> list[int]:
    """Return head counts of so many enterprises that add up."""
    drawn = [rng.lognormvariate(0, 0.85) for _ in range(number)]
    heads = [max(4, round(one * together / sum(drawn))) for one in drawn]
    while (left := together - sum(heads)) != 0:
        place = rng.randrange(number)
        if heads[place] > 30:
            heads[place] += 1 if left > 0 else -1
    return heads


def _fitting(heads: Sequence[int]) -> list[int]:
    """Return the three enterprises whose head counts an ordinary refund of half the premiums fits best."""
    places: list[int] = []
    for wanted in (28, 43, 60):
        places.append(min((place for place in range(len(heads)) if place not in places),
                          key=lambda place: abs(heads[place] - wanted)))  # fmt: skip
    return places


def _given(one: Enterprise, facts: Facts) -> Enterprise:
    one.facts |= facts
    if one.facts["arrears"]:
        one.debt, one.cured = one.facts["arrears"], ""
    return one


def _correct(one: Enterprise, remark: str) -> Correction:
    """Put right what was found after the match of an enterprise that was proposed then and is not paid."""
    fact, after, day, ground = {
        "核": ("layoffs", one.facts["insured"] // 4, "2020-03-20", "企业核对时自报，另有未登记的裁员"),
        "联": ("complies", None, "2020-04-15", "登记住所查无，产业和环保情况待核"),
        "公": ("contributors", None, "2020-05-15", "公示期收到异议，缴费人数核查中"),
    }[remark[:1]]
    before, one.facts[fact] = one.facts[fact], after
    one.remark = remark
    return one, fact, before, day, ground


def _known(rng: random.Random, name: str, staff: int, code: str) -> Enterprise:
    """Return an enterprise another register tells of, with as many people as it says there."""
    while True:
        one = draw(rng, name, code)
        resize(rng, one, staff)
        if not _qualifies(one.facts):
            return one


def _outside(rng: random.Random, name: str, code: str) -> Enterprise:
    """Return an enterprise the emergency refund does not find: what would be found is drawn again."""
    while True:
        one = draw(rng, name, code)
        if rng.random() < 0.01:
            one.facts[rng.choice(("hardship_recognised", "epidemic_recognised", "size", "hit_by_epidemic"))] = None
        if not _qualifies(one.facts):
            return one


def _answer(facts: Facts, day: dt.date) -> answering.Answer:
    asked = {fact.name for fact in POLICY.policy.facts}
    return answering.assess(POLICY, {name: value for name, value in facts.items() if name in asked} | FUND, day)


def _qualifies(facts: Facts) -> bool:
    return _answer(facts, PRINTED).outcome == "qualifies"


def _check(found: Sequence[Enterprise], corrections: Sequence[Correction], refunded: Sequence[str]) -> None:
    """Ask the policy whether the sheets will say what the newspaper told."""
    paid = {one.name: answer for one in found if (answer := _answer(one.facts, PRINTED)).outcome == "qualifies"}
    assert set(paid) == set(refunded), set(paid) ^ set(refunded)
    assert sum(answer.amount or 0 for answer in paid.values()) == PAID
    for one, fact, before, _day, _ground in corrections:
        assert _answer(one.facts | {fact: before}, MATCHED).outcome == "qualifies", one.name


def _write(found: Sequence[Enterprise], corrections: Sequence[Correction]) -> None:
    columns = [Column("企业名称", 24), Column("所在街道"), Column("行业")]
    columns += [Column(heading, width) for _fact, heading, width in HEADINGS]
    columns += [Column("2019年底欠费（元）"), Column("补缴日期"), Column("备注", 20)]
    above = [
        "二七区失业保险参保企业数据（样例数据）",
        "区人社局失业保险组　2020年7月10日　空白为不掌握，不等于“否”",
        "参保人数为2018年末数；裁员人数、缴纳失业保险费为2019年数；代码中的 YL 表示样例",
    ]
    rows = [_row(one) for one in found]
    write("47_S5_参保企业数据.xlsx", [Sheet("参保企业", columns, rows, above)])
    write(
        "48_S5_参保数据更正.xlsx", [Sheet("更正", CORRECTION_COLUMNS, list(_corrected(corrections)), CORRECTION_TITLE)]
    )


CORRECTION_TITLE = ["参保企业数据更正台账（样例数据）", "区人社局失业保险组　比对之后核实、更正的数据；空白为待核"]
CORRECTION_COLUMNS = [
    Column("序号", 6), Column("企业名称", 24), Column("统一社会信用代码", 22), Column("项目", 24), Column("更正前"),
    Column("更正后"), Column("更正日期"), Column("依据", 40),
]  # fmt: skip


def _corrected(corrections: Sequence[Correction]) -> Iterator[list[Any]]:
    for number, (one, fact, before, day, ground) in enumerate(sorted(corrections, key=lambda item: item[3]), 1):
        yield [number, one.name, one.code, LABELS[fact], before, one.facts[fact], day, ground]


def _row(one: Enterprise) -> list[Any]:
    cells = [one.facts[fact] if fact != "size" else SIZES[one.facts["size"]] for fact, _heading, _width in HEADINGS]
    return [one.name, one.street, one.trade, *cells, one.debt, one.cured or None, one.remark or None]


if __name__ == "__main__":
    main()
