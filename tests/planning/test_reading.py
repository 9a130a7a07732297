"""Files that cannot be read say what they are and where they go wrong, in both languages."""

from __future__ import annotations

import pytest

from paotui.planning import pairing, reading, routes
from paotui.planning.faults import ProblemError
from paotui.worktime import LocalText

TEXT = '{"kind": "pairing", "units": [{"id": "a", "strength": 1}], "compounds": []}'


def refused(data: bytes | str, read=reading.load) -> LocalText:
    with pytest.raises(ProblemError) as error:
        read(data)
    said = LocalText(error.value.in_language("zh-hans"), error.value.in_language("en"))
    assert said.zh.isascii() is False
    return said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT[:40].encode(), "1:41: this is no JSON: it breaks off here"),
        (TEXT[:21].encode(), "1:21: this is no JSON: it breaks off here"),
        (TEXT.replace(",", ";", 1).encode(), "1:19: this is no JSON ("),
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        ("[" * 100_000, "nested too deep"),
        (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "this is a spreadsheet"),
        (TEXT.replace("pairing", "结对").encode("gbk"), "Save it as UTF-8"),
    ],
)
def test_a_text_that_is_no_json_is_named_for_what_it_is(data, said) -> None:
    assert said in refused(data).en


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\xff"])
def test_a_problem_of_routes_says_so_too(data) -> None:
    assert "known format" not in refused(data, routes.read_problem).en


@pytest.mark.parametrize(("word", "where"), [("NaN", "a[1].b"), ("Infinity", "a[1].b"), ("-Infinity", "a[1].b")])
def test_what_is_no_number_is_named_with_its_path(word, where) -> None:
    said = refused(f'{{"a": [1, {{"b": {word}}}]}}')
    assert (said.zh.startswith(f"{where}: {word} 不是"), said.en.startswith(f"{where}: {word} is no")) == (True, True)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('"much"', "应为整数"),
        ("1.5", "应为整数，不能有小数"),
        ("1e300", "太大"),
        ("null", "应为整数"),
        ("[]", "应为整数"),
    ],
)
def test_a_value_of_another_type_is_refused_without_a_word_of_english(value, said) -> None:
    told = refused(TEXT.replace('"strength": 1', f'"strength": {value}'), pairing.read_problem).zh
    assert said in told
    assert "Input" not in told
