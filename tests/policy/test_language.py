"""What the language refuses, with line, path and what to do."""

from __future__ import annotations

import pytest

from paotui.authored.errors import AuthoredError
from paotui.policy import PolicyError, load
from tests.policy.cast import SMALL, small


def refused(*changes: tuple[str, str]) -> str:
    with pytest.raises(AuthoredError) as error:
        small(*changes)
    assert all(one.remedy or one.code == "shape" for one in error.value.problems)
    return str(error.value)


def test_the_small_policy_is_fine():
    assert small().policy.versions[0].version == "2020"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("at_most: rate", "at_most: rat"),
            "small.yaml:23: versions[0].who[0].at_most: nothing is called rat. Did you mean `rate`?",
        ),
        (
            ("ratio: [gone, heads], at_most", "ratio: [gone, heads], at_mots"),
            "`at_mots` is not known here. Did you mean `at_most`?",
        ),
        (("fact: listed, is: true", "fact: listed, is: 3"), "a boolean cannot be compared with a number"),
        (("result: total", "result: listed"), "this must be a number, not a boolean"),
        (
            ("is: {multiply: [heads, each]}", "is: {multiply: [heads, total]}"),
            "the formula refers to itself: total → total",
        ),
        (("is: {multiply: [heads, each]}", "is: {divide: [heads, each]}"), "`divide` must say its `rounding`"),
        (
            ("is: {multiply: [heads, each]}", "is: {multiply: [heads, each, rate, rate]}"),
            "can have parts of a fen and says no rounding",
        ),
        (("id: few_gone, ", ""), "every condition in fund, who and excluded needs an `id`"),
        (("to: 2020-12-31", "to: 2019-12-31"), "it ends before it begins"),
        (("    from: 2020-01-01\n    to", "    from: 2020\n    to"), "dates and times are written out"),
        (("heads, type: integer", "heads, type: integr"), "Did you mean `integer`?"),
        (("each, type: money", "each, type: money, type: rate"), "`type` is given twice"),
    ],
)
def test_a_mistake_is_told_with_place_and_remedy(change, said):
    assert said in refused(change)


def test_conditions_that_use_each_other_in_a_circle_are_refused():
    a, b = (f"\n  - {{id: {one}, label: {{zh: 甲, en: A}}, use: {other}}}" for one, other in ("ab", "ba"))
    around = f"conditions:{a}{b}\nversions:"
    said = refused(("versions:", around), ("{id: few_gone, label", "{use: a}\n      - {id: few_gone, label"))
    assert "conditions[1].use: the condition a refers to itself" in said


def test_a_text_that_is_no_yaml_is_refused():
    with pytest.raises(PolicyError, match="this is not YAML"):
        load("policy: [", name="x.yaml")


def test_a_text_with_a_version_only_knows_its_line():
    with pytest.raises(PolicyError) as error:
        load(SMALL.replace("    source: notice\n    who", "    sorce: notice\n    who"), name="small.yaml")
    assert {one.line for one in error.value.problems} == {18, 21}


def test_an_unknown_version_is_answered_with_those_there_are():
    with pytest.raises(PolicyError, match="there is no version 2021"):
        small().version("2021")
