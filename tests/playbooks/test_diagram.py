from __future__ import annotations

import re

import pytest

from paotui.playbooks.catalogue import shipped
from paotui.playbooks.diagram import mermaid
from paotui.playbooks.loader import load
from tests.playbooks.cast import loaded


def test_measures_stand_under_the_role_that_is_responsible_in_order() -> None:
    lines = mermaid(loaded("reopening").playbook, "en").splitlines()
    assert lines[:4] == ["---", 'title: "Reopening of training schools"', "---", "flowchart LR"]
    start = lines.index('  subgraph role_health["Health"]')
    assert lines[start + 1] == (
        '    visit["Joint inspection<br/>together with: Market regulation, Sub-district office<br/>'
        '3 working days after it may start"]'
    )
    assert "  notice --> materials" in lines
    assert '  visit -.->|"Passed = no"| rectify' in lines


def test_work_that_arises_is_drawn_round_and_conditions_are_said() -> None:
    text = mermaid(loaded("reopening").playbook, "zh-hans")
    assert 'rectify("整改<br/>可以开始后 7 日内")' in text
    assert 'canteen["食堂清单<br/>仅当 寄宿 = 是<br/>启动后 10 日内"]' in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("study", "at least 2 a month"),
        ("exam", "every 30 minutes around: Paper"),
        ("exam", "once for every day of: Paper<br/>before 06:00 on: Paper"),
        ("exam", "1.5 hours after Paper"),
        ("exam", "also, each on its own: Facilities office<br/>before 18:00 on: 2020-07-05"),
        ("reopening", "20+10 statutory working days after Hand in the commitment"),
    ],
)
def test_repetition_and_deadlines_are_said_in_words(name: str, said: str) -> None:
    assert said in mermaid(loaded(name).playbook, "en")


def test_a_label_cannot_break_out_of_its_quotes() -> None:
    text = loaded("study").source.replace("{zh: 集体学习, en: Session}", "{zh: 'a\"] --> x[\"<b>', en: Session}")
    assert '"a#quot;] --#gt; x[#quot;#lt;b#gt;' in mermaid(load(text, name="x").playbook)


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_edge_joins_measures_that_are_drawn(one, language: str) -> None:  # type: ignore[no-untyped-def]
    text = mermaid(one.playbook, language)
    drawn = set(re.findall(r"^    (\w+)[\[(]", text, re.MULTILINE))
    edges = [line.split() for line in text.splitlines() if re.match(r"  \w+ -", line)]
    assert drawn == {measure.id for measure in one.playbook.measures}
    assert len(edges) == sum(len(measure.after) + (measure.on is not None) for measure in one.playbook.measures)
    assert {name for edge in edges for name in (edge[0], edge[-1])} <= drawn
