"""What a well-formed policy says that cannot be meant."""

from __future__ import annotations

import pytest

from paotui.policy.linting import errors, lint
from tests.policy.cast import small

SECOND = """
  - version: later
    from: {day}
    source: notice
    who: [{{id: few_gone, fixed: 2021-06-30, fact: gone, at_most: 3}}]
    amount: {{result: each}}
"""


def found(*changes):
    return {(one.code, one.path) for one in lint(small(*changes))}


def with_second(day):
    return small(("      result: total\n", "      result: total\n" + SECOND.format(day=day).lstrip("\n")))


def test_the_small_policy_has_nothing_wrong():
    assert lint(small()) == []


@pytest.mark.parametrize(("day", "code"), [("2020-12-31", "overlap"), ("2021-01-02", "gap")])
def test_versions_that_overlap_or_leave_a_gap_are_found(day, code):
    assert (code, "versions[1].from") in {(one.code, one.path) for one in lint(with_second(day))}


def test_versions_that_follow_each_other_are_fine():
    assert lint(with_second("2021-01-01")) == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("at_most: rate", "at_most: 0.1"), ("unused", "parameters[0]")),
        ((", source: hearsay", ""), ("uncited", "parameters[1].values[0]")),
        ((", source: hearsay", ", source: rumour"), ("unknown-name", "parameters[1].values[0].source")),
        (("fixed: 2020-06-30, ratio", "ratio"), ("not-fixed", "versions[0].who[0]")),
        (("fixed: 2020-06-30, ratio", "fixed: someday, ratio"), ("unknown-name", "versions[0].who[0]")),
        (("from: 2020-01-01, value: 100", "from: 2020-03-01, value: 100"), ("no-value", "parameters[1]")),
        (("label: {zh: 合计, en: In all}", "label: {zh: 合计}"), ("no-english", "versions[0].amount.steps[0].label")),
        (("name: each, type: money", "name: gone, type: money"), None),
    ],
)
def test_each_mistake_is_found_where_it_is(change, finding):
    if finding is None:
        assert ("duplicate-name", "parameters[1].name") in found(change, ("[heads, each]", "[heads, gone]"))
    else:
        assert finding in found(change)


@pytest.mark.parametrize(
    "alternatives",
    [
        "[{fact: gone, at_most: 5}, {fact: gone, at_most: 3}]",
        "[{fact: listed, is: true}, {all: [{fact: listed, is: true}, {fact: gone, at_most: 3}]}]",
        "[{ratio: [gone, heads], at_most: rate}, {ratio: [gone, heads], at_most: rate}]",
        "[{fact: gone, at_least: 1}, {fact: gone, less_than: 0}]",
    ],
)
def test_an_alternative_that_can_never_decide_is_found(alternatives):
    codes = found(("ratio: [gone, heads], at_most: rate", f"any: {alternatives}"))
    assert ("unreachable", "versions[0].who[0].any[1]") in codes


def test_alternatives_that_can_decide_are_fine():
    alternatives = "any: [{fact: gone, at_most: 3}, {ratio: [gone, heads], at_most: rate}, {fact: gone, at_most: 5}]"
    assert not {
        code for code, _path in found(("ratio: [gone, heads], at_most: rate", alternatives)) if code == "unreachable"
    }


def test_every_finding_says_where_and_what_to_do():
    for one in lint(with_second("2020-12-31")):
        assert one.line > 0
        assert one.remedy
        assert one.in_language("zh-hans") != str(one)
    assert errors(lint(with_second("2020-12-31")))
