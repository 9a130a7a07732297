"""The guide does what it says: its policy, its cases and its Python, taken out of the text, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from paotui import policy
from paotui.policy import cases, linting

GUIDES = Path(__file__).parents[2] / "docs" / "guides"


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (GUIDES / name).read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("name", ["write-a-policy.md", "write-a-policy.zh-CN.md"])
def test_the_guide_does_what_it_says(name):
    text, _facts, examples = blocks(name, "yaml")
    loaded = policy.load(text, name="refund.yaml")
    assert linting.lint(loaded) == []
    assert all(one.passed for one in cases.run(loaded, examples, "refund.cases.yaml"))
    acme = {"insured": 200, "layoffs": 13, "premiums": Decimal("100000.00")}
    said = "\n".join(policy.explain(loaded, acme, dt.date(2020, 3, 1)).sentences("en"))
    assert "Laid off 2 less: 13 → 11" in said
    assert "then it qualifies, 50,000.00 yuan" in said
    del acme["layoffs"]
    assert policy.assess(loaded, acme, dt.date(2020, 3, 1)).outcome == "unknown"


@pytest.mark.parametrize("name", ["write-a-policy.md", "write-a-policy.zh-CN.md"])
def test_the_python_of_the_guide_runs(name):
    [code] = blocks(name, "python")
    found: dict = {}
    exec(compile(code, name, "exec"), found)
    assert found["answer"].amount == Decimal("96000.00")
    assert list(found["table"].outcome) == [2, 0]
