from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paotui.playbooks.schema import Choice, Field, Text
from paotui.playbooks.values import ValueErrors, dump, load_json, parse
from paotui.worktime import ZONE
from tests.playbooks.cast import clock


def field(type: str, name: str = "x", **more: Any) -> Field:
    return Field(name=name, label=Text(zh="某项", en="Something"), type=type, **more)  # type: ignore[arg-type]


OUTCOME = field(
    "choice",
    choices=(
        Choice(value="granted", label=Text(zh="同意", en="Granted")),
        Choice(value="refused", label=Text(zh="不同意", en="Refused")),
    ),
)


def read(one: Field, raw: Any) -> Any:
    return parse([one], {"x": raw})["x"]


def sentence(one: Field, raw: Any, language: str = "en") -> str:
    with pytest.raises(ValueErrors) as caught:
        parse([one], {"x": raw})
    ((name, said),) = caught.value.in_language(language)
    assert name == "x"
    return said


@pytest.mark.parametrize(
    ("type", "raw", "value"),
    [
        ("integer", " 40 ", 40),
        ("integer", "４０", 40),
        ("integer", 40.0, 40),
        ("integer", "1,234", 1234),
        ("integer", "-3", -3),
        ("decimal", "1,234.50", Decimal("1234.50")),
        ("decimal", 0.1 + 0.2, Decimal("0.3")),
        ("decimal", "．５", None),
        ("money", "12,431.5", Decimal("12431.50")),
        ("money", "￥12,431.50元", Decimal("12431.50")),
        ("money", "12431.516万元", Decimal("124315160.00")),
        ("money", 90000000, Decimal("90000000.00")),
        ("boolean", "是", True),
        ("boolean", "否", False),
        ("boolean", "√", True),
        ("boolean", "No", False),
        ("boolean", 1.0, True),
        ("date", "2020-07-03", dt.date(2020, 7, 3)),
        ("date", "2020/7/3", dt.date(2020, 7, 3)),
        ("date", "２０２０年７月３日", dt.date(2020, 7, 3)),
        ("date", "20200703", dt.date(2020, 7, 3)),
        ("date", "2020.7.3 15:00", dt.date(2020, 7, 3)),
        ("date", 44015, dt.date(2020, 7, 3)),
        ("date", 44015.0, dt.date(2020, 7, 3)),
        ("date", dt.datetime(2020, 7, 3, 0, 0), dt.date(2020, 7, 3)),  # noqa: DTZ001
        ("datetime", "2020-07-03 15:00", clock("2020-07-03 15:00")),
        ("datetime", "2020年7月3日15时30分", clock("2020-07-03 15:30")),
        ("datetime", "2020-07-03T07:00:00Z", clock("2020-07-03 15:00")),
        ("datetime", 44015.625, clock("2020-07-03 15:00")),
        ("time", "06:00", dt.time(6)),
        ("time", "6：05", dt.time(6, 5)),
        ("time", "6点30分", dt.time(6, 30)),
        ("time", 0.25, dt.time(6)),
        ("text", "  心得 ", "心得"),
        ("text", 2020.0, "2020"),
        ("organisation", "12", 12),
        ("organisation", 12.0, 12),
        ("person", "n-7", "n-7"),
        ("place", "007", "007"),
    ],
)
def test_values_are_read_as_people_and_spreadsheets_write_them(type: str, raw: Any, value: Any) -> None:
    if value is None:
        assert sentence(field(type), raw)
    else:
        found = read(field(type), raw)
        assert (found, found.__class__) == (value, value.__class__)


@pytest.mark.parametrize("raw", ["granted", "同意", "Granted", " GRANTED "])
def test_a_choice_is_known_by_its_value_and_by_its_label_in_both_languages(raw: str) -> None:
    assert read(OUTCOME, raw) == "granted"


@pytest.mark.parametrize(
    ("one", "raw", "said"),
    [
        (field("integer"), "40.5", "Something cannot be '40.5': write a whole number."),
        (field("integer"), "1,23", "Something cannot be '1,23': write a number such as 1,234.50."),
        (field("integer"), True, "Something cannot be 'True': write a number such as 1,234.50."),
        (field("integer"), "9" * 40, f"Something cannot be '{'9' * 40}': write a number such as 1,234.50."),
        (field("decimal"), "nan", "Something cannot be 'nan': write a number such as 1,234.50."),
        (field("decimal"), float("inf"), "Something cannot be 'inf': write a number such as 1,234.50."),
        (field("money"), "1.005", "Something cannot be '1.005': an amount has at most two decimal places."),
        (field("date"), "2020-02-30", "Something cannot be '2020-02-30': write a date such as 2020-07-03."),
        (field("date"), 7, "Something cannot be '7': write a date such as 2020-07-03."),
        (field("time"), "25:00", "Something cannot be '25:00': write a time of day such as 06:00."),
        (field("boolean"), "maybe", "Something cannot be 'maybe': write yes or no."),
        (OUTCOME, "later", "Something cannot be 'later': choose one of Granted, Refused."),
        (field("integer", minimum=1), "0", "Something must be at least 1, not 0."),
        (
            field("integer", maximum=50, unit=Text(zh="人", en="people")),
            "51人",
            "Something must be at most 50 people, not 51.",
        ),
        (field("text"), "   ", "Something is required: fill it in."),
    ],
)
def test_a_value_that_cannot_be_is_answered_with_a_sentence(one: Field, raw: Any, said: str) -> None:
    assert sentence(one, raw) == said


def test_sentences_come_in_chinese_too() -> None:
    assert sentence(OUTCOME, "再说", "zh-hans") == "“某项”不能是“再说”：可选 同意、不同意。"


def test_every_wrong_field_is_reported_and_so_is_one_that_does_not_exist() -> None:
    fields = [field("integer", "first"), field("date", "second"), field("text", "third", required=False)]
    with pytest.raises(ValueErrors) as caught:
        parse(fields, {"first": "x", "secund": "2020-07-03"})
    assert [one.field for one in caught.value.problems] == ["first", "second", "secund"]
    assert caught.value.problems[2].text.en == "There is no field called secund. Did you mean `second`?"


def test_a_blank_optional_field_is_left_out() -> None:
    assert parse([field("integer", required=False)], {"x": " "}) == {}


FIELDS = [
    field(type, type, required=False)
    for type in ("text", "integer", "decimal", "money", "boolean", "date", "time", "datetime", "organisation")
]
typed = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text(min_size=1).map(str.strip).filter(bool),
        "integer": st.integers(-(10**15), 10**15),
        "decimal": st.decimals(-(10**9), 10**9, places=4),
        "money": st.decimals(-(10**9), 10**9, places=2),
        "boolean": st.booleans(),
        "date": st.dates(),
        "time": st.times(),
        "datetime": st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(ZONE)),  # noqa: DTZ001
        "organisation": st.integers(0, 10**9) | st.text("abc-", min_size=1),
    },
)


@given(typed)
def test_values_survive_json_without_loss(values: dict[str, Any]) -> None:
    back = load_json(FIELDS, json.loads(json.dumps(dump(FIELDS, values))))
    assert back == values
    assert {name: type(value) for name, value in back.items()} == {name: type(value) for name, value in values.items()}


@given(typed)
def test_typed_values_are_taken_as_they_are(values: dict[str, Any]) -> None:
    assert parse(FIELDS, values) == values
