"""The guide's problem and plans are real, and so is what it shows them to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paotui.planning.routes import bound, check, cost, diff, explain, read_plan, read_problem, remarks
from paotui.planning.stop import after_iterations

GUIDES = Path(__file__).parents[3] / "docs" / "guides"


@pytest.mark.parametrize(("name", "language"), [("plan-routes.md", "en"), ("plan-routes.zh-CN.md", "zh-hans")])
def test_the_guide_shows_what_the_commands_say(name, language):
    text = (GUIDES / name).read_text("utf-8")
    day, plan, noon = (block.encode() for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    checked, explained, changed, bounded = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    problem, before, after = read_problem(day, "day.json"), read_plan(plan), read_plan(noon)
    assert not check(problem, before)
    assert not remarks(problem)
    assert str(cost(problem, before).total) in checked
    said = [one.in_language(language) for one in explain(problem, before, "masks47")]
    assert explained.splitlines() == said
    assert changed.splitlines() == [one.in_language(language) for one in diff(problem, before, after)]
    found = bound(problem, after_iterations(500), before)
    assert bounded.splitlines() == [one.in_language(language) for one in found.sentences()]


def test_both_languages_show_the_same_problem():
    blocks = [re.findall(r"```(?:json|sh)\n(.*?)```", (GUIDES / name).read_text("utf-8"), re.DOTALL)
              for name in ("plan-routes.md", "plan-routes.zh-CN.md")]  # fmt: skip
    assert blocks[0] == blocks[1]
