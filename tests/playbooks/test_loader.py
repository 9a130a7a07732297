from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

import pytest

from paotui.playbooks.errors import PlaybookError, Problem
from paotui.playbooks.loader import load
from tests.playbooks.cast import HERE, clock, loaded


def study(*changes: tuple[str, str]) -> str:
    text = (HERE / "study.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def faults(text: str) -> dict[str, Problem]:
    with pytest.raises(PlaybookError) as caught:
        load(text, name="x.yaml")
    return {one.path: one for one in caught.value.problems}


def test_a_playbook_remembers_its_text_its_hash_and_its_lines() -> None:
    one = loaded("exam")
    assert one.sha256 == hashlib.sha256(one.source.encode()).hexdigest()
    assert one.source.splitlines()[one.line("measures[2]") - 1].strip() == "- id: sweep"
    assert (
        one.source.splitlines()[one.line("measures[2].due.before.deeper") - 1].strip().startswith("due: {before: 06:00")
    )


def test_a_clock_time_is_a_time_and_not_a_number_to_the_base_of_sixty() -> None:
    due = loaded("exam").playbook.measure("sweep").due
    assert due is not None
    assert due.before == dt.time(6)
    assert load(study(("zh: 学习型机关", "zh: '10:30'")), name="x").playbook.title.zh == "10:30"


def test_numbers_with_a_point_are_exact() -> None:
    due = loaded("exam").playbook.measure("masks").due
    assert due is not None
    assert due.hours == Decimal("1.5")


def test_an_occurrence_without_an_offset_is_local_time() -> None:
    first = loaded("exam").playbook.events[0].occurrences[0]
    assert first.starts == clock("2020-07-07 09:00")


def test_on_is_a_word_and_not_true() -> None:
    trigger = loaded("reopening").playbook.measure("rectify").on
    assert trigger is not None
    assert trigger.measure == "visit"


def test_a_mistyped_key_is_found_with_line_and_suggestion() -> None:
    found = faults(study(("summary:", "sumary:")))
    assert set(found) == {"summary", "sumary"}
    assert str(found["sumary"]) == "x.yaml:5: sumary: `sumary` is not known here. Did you mean `summary`?"
    assert found["sumary"].in_language("zh-hans") == "x.yaml:5: sumary: 这里不能写“sumary”。是不是“summary”？"


def test_a_mistyped_value_is_answered_with_the_allowed_ones() -> None:
    found = faults(study(("kind: session", "kind: sesion")))
    assert found["measures[0].kind"].remedy.startswith("Did you mean `session`? Allowed: session, notice")


def test_a_name_where_a_list_belongs_says_how_to_write_the_list() -> None:
    assert "[body]" in faults(study(("roles: [body]", "roles: body")))["measures[0].roles"].remedy


def test_a_fault_inside_a_repeat_is_reported_once_and_at_its_place() -> None:
    found = faults(study(("per: month", "per: mnth")))
    assert list(found) == ["measures[0].repeat.per"]
    assert "month" in found["measures[0].repeat.per"].remedy


def test_two_due_rules_at_once_are_refused_naming_both() -> None:
    text = study(("repeat: {at_least: 2, per: month}", "due: {hours: 2, working_days: 1}"))
    assert faults(text)["measures[0].due"].message == (
        "say exactly one of working_days, calendar_days, hours, before, end_of, statutory, at_end_of; "
        "found working_days, hours"
    )


def test_a_number_is_never_taken_for_a_time_of_day() -> None:
    text = study(("repeat: {at_least: 2, per: month}", "due: {before: 6, on: [2020-07-05]}"))
    assert "06:00" in faults(text)["measures[0].due.before"].message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, "given twice (first on line 1)"),
        ("a: 1\nb: 24:00", 2, "no date, time or number"),
        ("a: 1\nb: 2020-02-30", 2, "no date, time or number"),
        ("a: 1\n  b: 2", 2, "not YAML"),
        ("", 1, "empty"),
        ("a: &x [*x]", 1, "refers to itself"),
        ("a: !!python/object/apply:os.getcwd []", 1, "`playbook` is missing"),
    ],
)
def test_text_that_is_no_playbook_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        load(text, name="x.yaml")
    assert caught.value.problems[0].line == line
    assert said in str(caught.value)


def test_an_alias_bomb_is_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True):
        bomb += f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
    with pytest.raises(PlaybookError, match="refers to itself"):
        load(bomb, name="x.yaml")
