"""Numbers typed into a bulletin are found, whatever they are written in; names are left alone."""

from __future__ import annotations

import pytest

from paotui.bulletin.numerals import unsourced


def found(text: str) -> list[str]:
    return [number.text for number in unsourced(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("共24所学校", "24"),
        ("共２４所学校", "２４"),
        ("退还12,431.516万元", "12,431.516"),
        ("覆盖率98.5%以上", "98.5%"),
        ("覆盖率９８．５％", "９８．５％"),
        ("共二十四所学校", "二十四所"),
        ("一百二十四家企业", "一百二十四家"),
        ("涉及九千万元贷款", "九千万元"),
        ("四十余个院落", "四十余个"),
        ("百分之九十五点五", "百分之九十五点五"),
        ("三分之二的职工", "三分之二"),
        ("九成以上", "九成"),
        ("先后三次上门", "三次"),
        ("两个多月", "两个"),
        ("数十名队员", "数十名"),
        ("共一家企业", "一家"),
        ("半年时间", "半年"),
        ("贰拾肆所", "贰拾肆所"),
        ("〇五年", "〇五年"),
        ("第一集", "一集"),
        ("½的院落", "½"),
        ("Ⅳ类", "Ⅳ"),
        ("24 schools reopened", "24"),
        ("twenty-four schools", "twenty"),
        ("a dozen streets", "dozen"),
        ("half of them", "half"),
        ("ninety per cent", "ninety"),
        ("only one school sent thanks", "only one"),
    ],
)  # fmt: skip
def test_a_typed_number_is_found(text: str, number: str):
    assert number in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "{S5.schools}所学校全部复课",
        "{date:2020-07-03}下午",
        "{label:三类组织}逐院建立，{label:一次性告知}",
        "二七区召开现场会",
        "统一部署，每一个院落、同一家企业都不落下",
        "一线职工一起清扫，千万不能马虎",
        "参会人数逐年增加，多数企业满意，数字可查",
        "千家万户，十分满意，千方百计",
        "①清扫②消毒",
        "一对一服务，帮企业跑腿",
        "one by one, no one was left out, rather than one more trip",
        "一位校长问遍几个窗口，不让企业多跑一趟",
        "考点四周，{S6.masks_kg}千克",
        "Someone phoned; nobody had to come in person.",
    ],
)
def test_a_name_or_a_turn_of_phrase_is_not_a_number(text: str):
    assert found(text) == []


def test_a_number_is_reported_with_its_position_in_the_source_and_the_words_around_it():
    source = "{S5.schools}所学校。\n\n其中五所送来锦旗。"
    (number,) = unsourced(source)
    assert source[number.position : number.position + len(number.text)] == number.text == "五所"
    assert number.around == "其中五所送来锦旗。"


def test_a_number_beside_a_figure_does_not_hide_behind_it():
    assert found("{S5.schools}所学校、5面锦旗、三类组织") == ["5", "三类"]
