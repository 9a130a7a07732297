"""How a heading can be written: 已领返还冲减（万元） is a label and a unit, 姓　名 is 姓名."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from paotui.registry import names

_REMARK = re.compile(r"^(?P<label>.+?)[(\[](?P<remark>[^()\[\]]*)[)\]]$")
_UNIT_OF_SHEET = re.compile(r"单位\s*[:]\s*(人民币)?(?P<unit>百万元|千元|万元|亿元|元)")

SAME = {
    "千米": "公里",
    "千克": "公斤",
    "平方米": "㎡",
    "m2": "㎡",
    "m": "米",
    "km": "公里",
    "kg": "公斤",
    "t": "吨",
    "yuan": "元",
}
# How many of the second is one of the first.
FACTORS = {
    ("百万元", "元"): Decimal(1_000_000),
    ("千元", "元"): Decimal(1_000),
    ("万元", "元"): Decimal(10_000),
    ("亿元", "元"): Decimal(100_000_000),
    ("元", "万元"): Decimal("0.0001"),
    ("公里", "米"): Decimal(1_000),
    ("米", "公里"): Decimal("0.001"),
    ("吨", "公斤"): Decimal(1_000),
    ("公斤", "吨"): Decimal("0.001"),
    ("万人", "人"): Decimal(10_000),
    ("万户", "户"): Decimal(10_000),
    ("小时", "分钟"): Decimal(60),
}
KNOWN = frozenset(
    unit for pair in FACTORS for unit in pair
) | {"㎡", "亩", "公顷", "辆", "台", "个", "天", "栋", "岁", "年", "个月", "月", "次", "%"}  # fmt: skip


class Heading(NamedTuple):
    """A heading taken apart: both ways of comparing it, and what stands in its brackets."""

    text: str
    whole: str
    """Comparable form with the brackets' content."""
    label: str
    """Comparable form without it."""
    unit: str
    """The unit in the brackets, empty when they hold something else."""


def heading(text: str) -> Heading:
    """Return the heading `text` taken apart."""
    tidy = names.tidy(text)
    found = _REMARK.match(tidy)
    label, remark = (found["label"], found["remark"]) if found else (tidy, "")
    remark = re.sub(r"^单位\s*[:]\s*", "", remark.strip())
    return Heading(tidy, names.comparable(tidy), names.comparable(label), unit(remark))


def unit(text: str) -> str:
    """Return the one spelling of a unit, empty for what is none."""
    spelled = names.tidy(text).replace("平方米", "㎡")
    spelled = SAME.get(spelled.lower(), spelled)
    return spelled if spelled in KNOWN else ""


def unit_of_sheet(lines: list[str]) -> str:
    """Return the unit of money said above the table (金额单位：万元), empty when there is none."""
    for line in lines:
        if found := _UNIT_OF_SHEET.search(names.tidy(line)):
            return found["unit"]
    return ""


def factor(given: str, wanted: str) -> Decimal | None:
    """Return how many `wanted` one `given` is: 1 for the same unit, None when one cannot become the other."""
    return Decimal(1) if given == wanted else FACTORS.get((given, wanted))
