"""Figures and dates in print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from paotui.bulletin import page_words, printed
from paotui.bulletin.markup import MarkupFault


@dataclass(frozen=True)
class Value:
    value: Decimal
    unit: str = ""


TOTAL = {"S5.refund_total": Value(Decimal("124315160.00"), "元"), "S1.rate": Value(Decimal("95.0"), "%")}


@pytest.mark.parametrize(
    ("value", "language", "scale", "text"),
    [
        ("124315160.00", "zh-hans", "", "124315160"),
        ("124315160.00", "en", "", "124,315,160"),
        ("124315160.00", "zh-hans", "万", "12431.516万"),
        ("124315160.00", "en", "million", "124.31516 million"),
        ("90000000.00", "zh-hans", "亿", "0.9亿"),
        ("90000000.00", "zh-hans", "万", "9000万"),
        ("0", "zh-hans", "万", "0万"),
        ("213.50", "en", "", "213.5"),
        ("1E+2", "en", "", "100"),
        ("-1200.10", "en", "", "-1,200.1"),
    ],
)
def test_a_number_is_printed_exactly(value: str, language: str, scale: str, text: str):
    assert printed.number(Decimal(value), language, scale) == text


def test_a_rate_brings_its_sign_along_and_other_units_are_words_of_the_sentence():
    assert (
        printed.line("退还{S5.refund_total:万}元，到会率{S1.rate}。", TOTAL, "zh-hans")
        == "退还12431.516万元，到会率95%。"
    )


def test_dates_are_printed_in_the_language_of_the_text():
    assert printed.line("{date:2020-07-05}", {}, "zh-hans") == "7月5日"
    assert printed.line("{date:2020-07-05}", {}, "en") == "5 July"
    assert printed.day(dt.date(2020, 7, 5), "en-gb") == "5 July"


def test_a_printed_figure_keeps_its_name_so_that_it_can_be_opened():
    (paragraph,) = printed.paragraphs("共{S5.refund_total}元", TOTAL, "zh-hans")
    assert [(part.kind, part.text, part.name) for part in paragraph] == [
        ("text", "共", ""), ("figure", "124315160", "S5.refund_total"), ("text", "元", ""),
    ]  # fmt: skip


def test_a_figure_nobody_counted_cannot_be_printed():
    with pytest.raises(KeyError):
        printed.line("{S9.nothing}", TOTAL, "zh-hans")
    with pytest.raises(MarkupFault):
        printed.line("{24}", TOTAL, "zh-hans")


@pytest.mark.parametrize(
    ("written", "language", "name"),
    [
        ("通讯员 柏清扬（样例）", "zh-hans", "柏清扬"),
        ("本报记者 骆行舟", "zh-hans", "骆行舟"),
        ("通讯员 柏清扬（样例）", "en", "Bai Qingyang"),
        ("尉迟远", "en", "Yuchi Yuan"),
        ("记者站综合", "zh-hans", "记者站综合"),
        ("", "en", ""),
    ],
)
def test_the_page_prints_office_and_sample_mark_itself_and_takes_the_bare_name(written: str, language: str, name: str):
    assert page_words.name(written, language) == name
