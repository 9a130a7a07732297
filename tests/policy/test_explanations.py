"""An answer tells its conditions, its sum line by line, what is missing and who holds it, and what would change it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from paotui import policy
from paotui.policy import cases, catalogue
from paotui.policy.answering import assess
from tests.policy.cast import DAY, enterprise, small

EMERGENCY = policy.find("refund-zhengzhou-emergency")


def told(language="en", **facts):
    return "\n".join(policy.explain(EMERGENCY, enterprise(**facts), DAY).sentences(language))


def test_the_sum_is_worked_out_line_by_line():
    said = told()
    assert (
        "Sum for a contributor = Sum for a month and contributor 1,520.00 yuan × Months refunded 6 months = 9,120.00"
        in said
    )
    assert (
        "Refund before set-off = Contributors in December 2019 198 people × Sum for "
        "a contributor 9,120.00 = 1,805,760.00" in said
    )


def test_clause_version_and_source_are_named():
    said = "\n".join(policy.explain(policy.find("severance"), claimant()).sentences("en"))
    assert "version 2008, 2020-06-30" in said
    assert "《中华人民共和国劳动合同法》第四十六条、第四十七条" in said
    assert "[第四十七条第二款]" in said


def claimant():
    name, text = catalogue.cases(policy.find("severance"))
    file, _lines = cases.read(text, name)
    return dict(file.facts)


def test_arrears_that_can_be_cured_are_told_with_sum_remedy_and_date():
    said = told(arrears=Decimal(3200))
    assert "Arrears of unemployment premiums 3,200.00 yuan less: 3,200.00 yuan → 0.00 yuan" in said
    assert "can be cured: pay the arrears up to the end of 2019, until 2020-12-31" in said
    assert "then it qualifies, 1,805,760.00 yuan" in said


def test_two_layoffs_too_many_are_told_as_two_fewer():
    found = policy.explain(EMERGENCY, enterprise(layoffs=11), DAY)
    first = found.changes[0]
    assert [(turn.fact, turn.difference) for turn in first.turns] == [("layoffs", -2)]
    assert first.answer.outcome == "qualifies"
    assert "2019年裁员人数减少 2 人：11 人 → 9 人（2019-12-31 已定，只能更正差错）：则符合条件" in told(
        "zh-hans", layoffs=11
    )


def test_a_day_still_to_come_is_told_as_a_date_to_act_by():
    found = policy.explain(small(), {"heads": 20, "gone": 4, "listed": False}, DAY)
    assert "Gone 2 less: 4 → 2 (by 2020-06-30): then it qualifies, 2,000.00 yuan" in "\n".join(found.sentences("en"))


def test_two_failed_conditions_are_told_one_by_one_and_together():
    found = policy.explain(EMERGENCY, enterprise(layoffs=11, arrears=Decimal(1)), DAY)
    alone = [one for one in found.changes if one.code != "together"]
    assert alone
    assert all(one.answer is None for one in alone)
    [both] = [one for one in found.changes if one.code == "together"]
    assert {turn.fact for turn in both.turns} == {"layoffs", "arrears"}
    assert both.answer.outcome == "qualifies"


@pytest.mark.parametrize(
    "facts", [{}, {"layoffs": 11}, {"profit_2019": Decimal(90000)}, {"fund_reserve": 20, "paid_months": 3}]
)
def test_every_change_told_is_true_when_tried(facts):
    """Whatever the explanation promises, the evaluation of the changed facts keeps."""
    given = enterprise(**facts)
    found = policy.explain(EMERGENCY, given, DAY)
    assert found.changes
    for one in found.changes:
        then = {turn.fact: turn.then for turn in one.turns}
        again = assess(EMERGENCY, {**given, **then}, DAY)
        assert again.outcome == (one.answer.outcome if one.answer else found.answer.outcome)
        assert one.answer is None or again.amount == one.answer.amount


def test_how_near_a_case_is_to_failing_is_told():
    found = policy.explain(EMERGENCY, enterprise(layoffs=8), DAY)
    assert [turn.then for one in found.changes for turn in one.turns if turn.fact == "layoffs"] == [10]


def test_what_is_missing_is_told_with_who_holds_it():
    found = policy.explain(EMERGENCY, enterprise(layoffs=10, size=None, hit_by_epidemic=None), DAY)
    assert [(one.name, one.holder.en) for one in found.missing] == [
        ("size", "industry and information; statistics"),
        ("hit_by_epidemic", "human resources and social security"),
    ]
    assert "not a no" in found.sentences("en")[0]
    assert found.changes == ()


def test_a_parameter_nobody_published_is_missing_like_a_fact():
    found = policy.explain(policy.find("severance"), {**claimant(), "left_on": dt.date(2026, 6, 30)})
    assert found.answer.outcome == "unknown"
    assert [(one.name, one.holder.zh) for one in found.missing] == [("city_average", "市统计部门")]


def test_the_date_that_picks_the_version_is_missing_like_a_fact():
    found = policy.explain(policy.find("severance"), {})
    assert [one.name for one in found.missing] == ["left_on"]


def test_what_is_not_verified_is_told_in_every_answer_that_used_it():
    found = policy.explain(small(), {"heads": 20, "gone": 2, "listed": False}, DAY)
    assert [(one.label.en, one.source) for one in found.unverified] == [("For each", "听说")]
    refused = policy.explain(small(), {"heads": 20, "gone": 20, "listed": False}, DAY)
    assert refused.unverified == ()


def test_the_cap_and_the_rate_adopted_are_lines_of_their_own():
    name, text = catalogue.cases(policy.find("refund-zhengzhou"))
    facts = {**cases.read(text, name)[0].facts, "size": "small"}
    found = policy.explain(policy.find("refund-zhengzhou"), facts, dt.date(2025, 3, 1))
    values = {one.name: one.value.en for one in found.working}
    assert (values["adopted"], values["cap"], values["amount"]) == (
        "60,000.00 yuan",
        "90,000.00 yuan",
        "60,000.00 yuan",
    )


def test_publicity_and_payee_are_told():
    assert "Publicity: 5 working days. An objection during publicity stops the payment" in told()
    assert "Payment: The corporate account; without one, the account premiums are paid from." in told()


@pytest.mark.parametrize("key", [one.policy.policy for one in catalogue.shipped()])
def test_every_shipped_case_can_be_explained_in_both_languages(key):
    loaded = policy.find(key)
    name, text = catalogue.cases(loaded)
    file, _lines = cases.read(text, name)
    for one in file.cases:
        facts = {**file.facts, **one.facts}
        try:
            answer = assess(loaded, facts, one.at)
        except policy.FactsError:
            continue
        found = policy.explain(loaded, facts, one.at)
        assert found.answer == answer
        assert found.sentences("en") != found.sentences("zh-hans")
        assert bool(found.missing) == (answer.outcome == "unknown"), one.name


@pytest.mark.parametrize("key", [one.policy.policy for one in catalogue.shipped() if "refund" in one.policy.policy])
def test_whoever_is_asked_for_a_layoff_rate_is_told_that_its_denominator_is_our_reading(key):
    loaded = policy.find(key)
    name, text = catalogue.cases(loaded)
    file, _lines = cases.read(text, name)
    one = next(each for each in file.cases if each.expect.outcome == "qualifies")
    found = policy.explain(loaded, {**file.facts, **one.facts}, one.at, version=one.version)
    assert any("what exactly counts" in each.label.en and "裁员率" in each.source for each in found.unverified)


def test_what_exactly_a_fact_counts_is_told_as_unverified_with_its_source():
    loaded = small(("{name: heads, type: integer,", "{name: heads, type: integer, source: hearsay,"))
    found = policy.explain(loaded, {"heads": 10, "gone": 1, "listed": False}, DAY)
    assert next((one.label.en, one.source) for one in found.unverified) == ("Heads (what exactly counts)", "听说")
    assert "Heads (what exactly counts) — 听说" in "\n".join(found.sentences("en"))
    assert "人数（口径）——听说" in "\n".join(found.sentences("zh-hans"))
