"""Three answers, and facts that cannot be: unknown is never no, and what cannot be is named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from paotui import policy
from paotui.policy.columns import Column
from tests.policy.cast import DAY, enterprise, small

SURE = {"heads": 20, "gone": 2, "listed": False}


def outcome(**facts):
    found = policy.assess(small(), {**SURE, **facts}, DAY)
    return found.outcome, found.reason


def test_a_case_qualifies_to_the_boundary():
    assert outcome() == ("qualifies", "qualifies")
    assert outcome(gone=3) == ("does_not", "few_gone")
    assert policy.assess(small(), SURE, DAY).amount == Decimal(2000)


def test_unknown_is_not_a_no():
    assert outcome(gone=None) == ("unknown", "few_gone")
    assert outcome(listed=None) == ("unknown", "listed")


def test_a_no_is_a_no_whatever_else_is_unknown():
    assert outcome(gone=None, listed=True) == ("does_not", "listed")


def test_a_ratio_without_a_base_is_unknown_unless_the_policy_says_what_holds():
    assert outcome(heads=0, gone=0) == ("unknown", "few_gone")
    loaded = small(("at_most: rate", "at_most: rate, without_base: true"))
    assert policy.assess(loaded, {**SURE, "heads": 0, "gone": 0}, DAY).outcome == "qualifies"


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        ({"gone": -1}, "fact:gone", "Gone (gone) is -1, outside 0 to"),
        ({"gone": 1.5}, "fact:gone", "must be a number, as int or Decimal"),
        ({"gone": Decimal("1.5")}, "fact:gone", "must be a whole number"),
        ({"listed": "no"}, "fact:listed", "must be true or false"),
        ({"heds": 1}, "facts", "no fact is called heds. Did you mean `heads`?"),
        ({"heads": 10**13}, "fact:heads", "outside 0 to 1000000000000"),
    ],
)
def test_a_fact_that_cannot_be_is_named(facts, code, said):
    with pytest.raises(policy.FactsError) as error:
        policy.assess(small(), {**SURE, **facts}, DAY)
    assert error.value.code == code
    assert said in str(error.value)
    assert error.value.in_language("zh-hans") != str(error.value)


def test_a_date_outside_all_versions_is_refused_with_those_there_are():
    with pytest.raises(
        policy.FactsError, match=r"2021-01-01 is outside all versions of small; they are 2020 \(2020-01-01"
    ):
        policy.assess(small(), SURE, dt.date(2021, 1, 1))


def test_a_sum_beyond_all_measure_is_refused():
    loaded = small(("is: {multiply: [heads, each]}", "is: {multiply: [heads, each, heads]}"))
    with pytest.raises(policy.FactsError, match=r"In all \(total\) comes to .*beyond ten trillion"):
        policy.assess(loaded, {**SURE, "heads": 10**12}, DAY)


def test_a_policy_without_a_date_of_its_own_wants_a_day():
    with pytest.raises(ValueError, match="give one"):
        policy.assess(small(), SURE)


def test_facts_that_contradict_each_other_are_refused():
    with pytest.raises(policy.FactsError, match="no more laid off than were insured"):
        policy.assess(policy.find("refund-zhengzhou-emergency"), enterprise(layoffs=201), DAY)


def test_products_beyond_64_bits_stay_exact_in_bulk():
    """Three columns of a trillion multiply to 10^36, which no 64-bit whole number holds."""
    loaded = small(
        (
            "ratio: [gone, heads], at_most: rate",
            "value: {multiply: [heads, heads, heads]}, more_than: {multiply: [gone, heads, heads]}",
        ),
        ("result: total", "result: 1"),
    )
    big = 10**12
    found = policy.assess_table(
        loaded,
        {
            "heads": Column(np.array([big, big])),
            "gone": Column(np.array([big - 1, big])),
            "listed": Column(np.array([False, False])),
        },
        DAY,
    )
    assert [found.reason_of(0), found.reason_of(1)] == ["overflow", "few_gone"]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="columns differ in length"):
        policy.assess_table(small(), {"heads": Column(np.array([1])), "gone": Column(np.array([1, 2]))}, DAY)


def test_a_fact_told_once_counts_for_all():
    loaded = policy.find("refund-zhengzhou-emergency")
    facts = {name: value for name, value in enterprise().items() if name != "fund_reserve"}
    columns = policy.columns.of_rows(loaded.policy, [facts, {**facts, "layoffs": 200}])
    found = policy.assess_table(loaded, columns, DAY, shared={"fund_reserve": 24})
    assert [found.outcome_of(0), found.outcome_of(1)] == ["qualifies", "does_not"]
    assert policy.assess_table(loaded, columns, DAY).reason_of(0) == "fund"
    assert found.counts() == {"does_not": 1, "unknown": 0, "qualifies": 1, "refused": 0}
    assert found.total() == Decimal("1805760.00")


def test_rows_of_several_days_fall_under_their_own_versions():
    loaded = policy.find("startup-loan")
    base = {
        "borrower": "individual",
        "group": "graduate",
        "members": 0,
        "earlier_loans": 0,
        "outstanding": False,
        "asked": Decimal(400000),
        "months": 12,
        "annual_rate": Decimal("0.05"),
    }
    days = [dt.date(2020, 4, 14), dt.date(2023, 10, 1), None, dt.date(2020, 4, 15), dt.date(2017, 1, 1)]
    rows = [{**base, "applied_on": day} for day in days]
    found = policy.assess_table(loaded, policy.columns.of_rows(loaded.policy, rows))
    assert [found.amount_of(row) for row in range(5)] == [150000, 300000, None, 200000, None]
    assert [found.reason_of(2), found.reason_of(4)] == ["date", "no_version"]
