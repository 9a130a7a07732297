"""Files that cannot be read say what they are and where they go wrong, in both languages."""

from __future__ import annotations

import pytest

from paotui.planning import matching, pairing, reading, routes
from paotui.planning.demand import Site
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


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("true", "true cannot be used: a whole number is wanted."),
        ('"12"', "'12' cannot be used: a whole number is wanted, without quotation marks."),
        ("1e300", "the number is too large"),
        ("9" * 5000, "more digits than can be read"),
    ],
)
def test_a_number_is_a_json_number(value, said) -> None:
    assert said in refused(TEXT.replace('"strength": 1', f'"strength": {value}'), pairing.read_problem).en


def test_twelve_point_nought_is_the_number_twelve() -> None:
    read = pairing.read_problem(TEXT.replace('"strength": 1', '"strength": 12.0').encode())
    assert read.units[0].strength == 12


@pytest.mark.parametrize("day", ["1583020800", '"1583020800"', "true", '"2020/03/02"', "0"])
def test_a_date_is_written_as_one(day) -> None:
    text = f'{{"kind": "matching", "on": {day}, "people": [], "vacancies": []}}'
    assert "on: " in refused(text, matching.read_problem).en
    assert "a date such as 2020-07-07 is wanted" in refused(text, matching.read_problem).en


ROUTES = {
    "locations[0].x": ('"x": 1', '"x": "1"'),
    "travel.detour": ('"detour": 1.3', '"detour": true'),
    "vehicles[0].open_end": ('"open_end": false', '"open_end": "yes"'),
    "vehicles[0].fixed_cost": ('"fixed_cost": "2.50"', '"fixed_cost": true'),
    "vehicles[0].capacities.kg": ('"kg": 9', '"kg": "9"'),
}
DAY = (
    '{"kind": "routes", "locations": [{"id": "a", "x": 1, "y": 2}], "travel": {"type": "straight_line", "detour": 1.3},'
    ' "vehicles": [{"id": "v", "start": "a", "open_end": false, "fixed_cost": "2.50", "capacities": {"kg": 9}}]}'
)


@pytest.mark.parametrize("path", ROUTES)
def test_a_value_is_named_with_the_path_that_the_file_has(path) -> None:
    assert routes.read_problem(DAY.encode()).vehicles
    assert refused(DAY.replace(*ROUTES[path]).encode(), routes.read_problem).en.startswith(f"{path}: ")


def test_an_id_that_is_neither_text_nor_number_gets_one_sentence() -> None:
    text = '{"kind": "routes-plan", "routes": [{"vehicle": "v", "trips": [[true, 3, "a"]]}]}'
    told = refused(text, routes.read_plan)
    assert told.en.splitlines() == [
        "routes[0].trips[0][0]: true cannot be used: an id is wanted, a text or a whole number. Correct it."
    ]


def test_a_model_made_in_code_is_refused_in_the_same_words() -> None:
    with pytest.raises(ProblemError) as error:
        Site(id="A", candidates=10**7, rooms=True)
    assert str(error.value).splitlines() == [
        "candidates: 10000000 should be ≤ 20000. Correct it.",
        "rooms: true cannot be used: a whole number is wanted. Correct it.",
    ]
    assert "不合要求" in error.value.in_language("zh-hans")


@pytest.mark.parametrize(
    "text", [rb'{"a": ["x", "\ud83d"]}', b'{"a": ["x", "\xed\xa0\xbd"]}', rb'{"a": ["x", {"\uDEAD": 1}]}']
)
def test_half_a_character_is_refused_with_its_path(text) -> None:
    with pytest.raises(ProblemError) as refused:
        reading.load(text)
    (one,) = refused.value.faults
    assert (one.path, "half a character" in one.text.en, "半个字符" in one.text.zh) == ("a[1]", True, True)


def test_a_whole_character_beyond_the_first_plane_is_a_character() -> None:
    assert reading.load(rb'["\ud83d\ude00"]') == ["\U0001f600"]


def test_a_changed_copy_keeps_nothing_worked_out_of_the_original():
    problem = pairing.read_problem(TEXT.encode())
    assert list(problem.unit_of) == ["a"]
    other = problem.model_copy(update={"units": (problem.units[0].model_copy(update={"id": "b"}),)})
    assert (list(other.unit_of), list(problem.unit_of)) == (["b"], ["a"])
