"""Makes the spreadsheet the bureau screens for start-up guaranteed loans: small firms and sole traders.

    python tools/sample_borrowers.py

Those whose papers the register tells of are among them; the rest meet some condition not, or have not said what they
want. The sums lent are what the policy answers, and add up to what the newspaper told.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from paotui import policy
from sample_codes import CHARACTERS
from sample_sheets import Column, Sheet, read, write

SEED = 4101032
SCREENED = 260
LENT = Decimal("90000000.00")
FIRM, TRADER = "小微企业", "个人（含个体工商户）"
SHOPS = ("小吃店", "裁缝铺", "修车行", "理发店", "便利店", "花店", "打印社", "洗衣店")
GROUPS = {
    "城镇登记失业人员": 30, "就业困难人员（含残疾人）": 10, "退役军人": 12, "高校毕业生": 16, "返乡创业农民工": 16,
    "网络商户": 6, "受疫情影响较大、暂时失去收入来源的个体工商户": 10,
}  # fmt: skip
HEADINGS = {
    "applied_on": "申请日期", "borrower": "借款人类型", "group": "人员类别", "small_or_micro": "属小微企业",
    "staff": "在职人数", "hires": "新招用人数", "contract_months": "新招用人员最短合同期限",
    "arrears": "拖欠工资和社会保险费", "earlier_loans": "已享受贴息的次数", "outstanding": "前一笔创业担保贷款尚未还清",
    "asked": "申请金额", "months": "申请期限", "annual_rate": "贷款年利率",
}  # fmt: skip
Row = dict[str, Any]


def main() -> None:
    rng = random.Random(SEED)
    register = read("57_S5_创业贷款台账.xlsx")
    staff = {
        str(row["企业名称"]): int(row["2019年12月缴费人数(人)"])
        for row in read("47_S5_参保企业数据.xlsx")
        if row["企业规模"] in ("小型", "微型") and row["2019年12月缴费人数(人)"]
    }
    rows = [_applicant(rng, line, staff) for line in register]
    _fit(rng, [row for row, line in zip(rows, register, strict=True) if line["放款登记"]])
    taken = {row["name"] for row in rows}
    firms = rng.sample(list(staff), len(staff))
    fresh = (name for name in firms if name not in taken)
    shops = _shops(rng, taken)
    while len(rows) < SCREENED:
        rows.append(_screened(rng, next(fresh) if rng.random() < 0.6 else next(shops), staff))
    rng.shuffle(rows)
    _write(rows)
    _check({str(line["名称"]) for line in register if line["放款登记"]}, rows)


def _shops(rng: random.Random, taken: set[str]) -> Iterator[str]:
    while True:
        name = "".join(rng.sample(CHARACTERS, 2)) + rng.choice(SHOPS)
        if name not in taken:
            taken.add(name)
            yield name


def _applicant(rng: random.Random, line: Any, staff: Mapping[str, int]) -> Row:
    """Return the row of somebody the register tells of: fit for a loan, but for those it was not paid to."""
    row = _fit_for_a_loan(rng, str(line["名称"]), str(line["申请登记"] or "2020-04-20")[:10], staff)
    if line["放款登记"]:
        return row
    if not line["申请登记"]:
        return row | {"asked": None, "months": None}
    if row["borrower"] == TRADER:
        return row | {"group": "其他人员"}
    return row | {"hires": int(row["staff"] * 0.149)}


def _fit_for_a_loan(rng: random.Random, name: str, applied: str, staff: Mapping[str, int]) -> Row:
    """Return the row of somebody who meets every condition; a firm has as many staff as it insures."""
    firm = name.endswith("公司")
    people = staff[name] if firm else rng.randint(1, 6)
    row: Row = dict.fromkeys(HEADINGS) | {
        "name": name, "applied_on": applied, "borrower": FIRM if firm else TRADER, "staff": people,
        "earlier_loans": rng.choices((0, 1, 2), (80, 15, 5))[0], "outstanding": False,
    }  # fmt: skip
    if not firm:
        group = rng.choices(list(GROUPS), list(GROUPS.values()))[0]
        return row | {"group": group, "asked": rng.randrange(150_000, 200_001, 10_000), "months": 36,
                      "annual_rate": Decimal("0.0685"), "hires": rng.choice((0, 0, 1))}  # fmt: skip
    return row | {
        "small_or_micro": True, "hires": max(1, -(-people * rng.randint(15, 34) // 100)),
        "contract_months": rng.choice((12, 12, 24, 36)), "arrears": 0, "months": 24,
        "asked": rng.randrange(2_400_000, 3_000_001, 20_000), "annual_rate": Decimal("0.0585"),
    }  # fmt: skip


def _fit(rng: random.Random, paid: list[Row]) -> None:
    """Bring the sums asked by those paid to the sum told, within every limit.

    One firm asks for all it can get, and has just enough new hires.
    """
    firms = [row for row in paid if row["borrower"] == FIRM]
    firms[0]["asked"], firms[0]["hires"] = 3_000_000, -(-firms[0]["staff"] * 15 // 100)
    while (left := int(LENT) - sum(row["asked"] for row in paid)) != 0:
        row = rng.choice(firms[1:])
        step = max(-20_000, min(20_000, left))
        if 1_500_000 <= row["asked"] + step <= 3_000_000:
            row["asked"] += step


def _screened(rng: random.Random, name: str, staff: Mapping[str, int]) -> Row:
    """Return the row of somebody who was looked at on the day the list was made and gets no loan by it."""
    row = _fit_for_a_loan(rng, name, "2020-04-20", staff) | {"asked": None, "months": None}
    firm = row["borrower"] == FIRM
    spoiled: list[Row] = [{}, {}, {"earlier_loans": 3}, {"outstanding": True}, {"outstanding": None}]
    spoiled += [
        {"hires": int(row["staff"] * 0.149)}, {"hires": 0}, {"arrears": 18_600}, {"contract_months": 6},
        {"arrears": None}, {"small_or_micro": None},
    ] if firm else [{"group": "其他人员"}, {"group": "其他人员"}, {"group": None}]  # fmt: skip
    return row | rng.choice(spoiled)


def _write(rows: list[Row]) -> None:
    columns = [Column("名称", 24), *(Column(heading, 14) for heading in HEADINGS.values())]
    above = [
        "创业担保贷款申请和筛查数据（样例数据）",
        "区人社局就业组　2020年4月20日起　未申请的按筛查日填写　金额单位：元　空白为不掌握",
    ]
    lines = [[row["name"], *(row[fact] for fact in HEADINGS)] for row in rows]
    write("49_S5_创业贷款筛查数据.xlsx", [Sheet("筛查", columns, lines, above)])


def _check(borrowers: set[str], rows: list[Row]) -> None:
    """Ask the policy whether the sheet will say what the newspaper told."""
    from paotui.samples.erqi import evaluations

    loans = policy.find("startup-loan")
    found = evaluations.assess(loans, evaluations.subjects("49_S5_创业贷款筛查数据.xlsx", "startup-loan", "名称"), None)
    lent = {one.subject.name: one.amount for one in found if one.outcome == "qualifies"}
    assert set(lent) == borrowers, set(lent) ^ borrowers
    assert sum(amount or 0 for amount in lent.values()) == LENT
    assert len(found) == len(rows)


if __name__ == "__main__":
    main()
