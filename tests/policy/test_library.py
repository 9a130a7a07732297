"""The policies shipped: their cases come out, case by case and in bulk; nothing in them is an error."""

from __future__ import annotations

import re

import pytest

from paotui.policy import cases, catalogue, linting

SHIPPED = {one.policy.policy: one for one in catalogue.shipped()}
PROMISED = {
    "refund-national",
    "refund-national-hardship",
    "refund-henan",
    "refund-zhengzhou",
    "refund-zhengzhou-emergency",
    "startup-loan",
    "severance",
    "double-severance",
    "notice-pay",
    "wage-arrears",
}


def test_every_policy_promised_is_shipped():
    assert set(SHIPPED) == PROMISED


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_the_cases_of_a_policy_come_out_both_ways(key):
    name, text = catalogue.cases(SHIPPED[key])
    results = cases.run(SHIPPED[key], text, name)
    assert [(one.name, one.failures) for one in results if not one.passed] == []
    assert len(results) >= 15


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_every_version_is_answered_under_in_a_case(key):
    loaded = SHIPPED[key]
    name, text = catalogue.cases(loaded)
    file, _lines = cases.read(text, name)
    days = [one.at or {**file.facts, **one.facts}.get(loaded.policy.dated_by) for one in file.cases]
    for version in loaded.policy.versions:
        assert any(day and version.from_ <= day and (version.to is None or day <= version.to) for day in days)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_policy_has_no_errors_and_speaks_both_languages(key):
    problems = linting.lint(SHIPPED[key])
    assert linting.errors(problems) == []
    assert {one.code for one in problems} <= {"gap", "no-value"}


def test_every_reason_a_requirement_can_give_is_tested_in_some_case():
    """A requirement no case fails on is a requirement nobody has tried."""
    for key, loaded in SHIPPED.items():
        _name, text = catalogue.cases(loaded)
        given = set(re.findall(r"reason: ([a-z_0-9]+)", text))
        for version in loaded.policy.versions:
            ids = {one.id or one.use for one in (*version.fund, *version.who, *version.excluded)}
            assert ids <= given, (key, version.version, ids - given)
