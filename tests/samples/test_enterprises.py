"""The sheets of enterprises, borrowers and employees, answered by the shipped rules: no replay, no database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest

from paotui import credit_code, policy
from paotui.policy import running
from paotui.samples.erqi import evaluations, loans, refunds, s5_money, severance
from paotui.samples.erqi.files import HERE
from paotui.samples.erqi.reading import rows

PRINTED = dt.date(2020, 7, 10)
MATCHED = s5_money.MATCHED.date()
SHEETS = HERE / "sheets"


def summary(key: str, file: str, day: dt.date | None = None, **shared: int) -> running.Summary:
    """Answer a sheet the way `paotui policy run` does."""
    found = running.Summary()
    for one in running.run(policy.find(key), SHEETS / file, day, shared=shared):
        found.add(one.found)
    return found


def test_the_sheet_of_enterprises_run_as_it_is_gives_the_refunds_the_newspaper_told():
    found = summary(refunds.POLICY, refunds.ENTERPRISES, PRINTED, fund_reserve=refunds.FUND_RESERVE)
    assert found.outcomes == {"qualifies": 124, "does_not": 3_426, "unknown": 650, "refused": 0}
    assert found.rows == 4_200
    assert found.total == Decimal("124315160.00")


def test_the_replay_asks_the_same_of_the_same_rows():
    found = Counter(one.outcome for one in refunds.answers(PRINTED))
    assert found == {"qualifies": 124, "does_not": 3_426, "unknown": 650}


def test_no_other_enterprise_is_paid_than_those_the_rules_find():
    paid = {str(row["企业名称"]) for row in rows("55_S5_稳岗返还拨付台账.xlsx") if row["拨付登记"]}
    assert set(refunds.proposed(PRINTED)) == paid


def test_one_by_one_the_rules_give_every_refund_to_the_fen():
    rules, told = policy.find(refunds.POLICY), refunds.proposed(PRINTED).values()
    for one in told:
        facts = one.subject.facts
        answer = policy.assess(rules, facts | {"fund_reserve": refunds.FUND_RESERVE}, PRINTED)
        assert (answer.outcome, answer.amount) == ("qualifies", one.amount)
        assert one.amount == facts["contributors"] * 9_120 - facts["earlier_refund"]


def test_the_sum_is_no_multiple_of_a_contributors_because_three_had_a_refund_already():
    earlier = [one.subject.facts["earlier_refund"] for one in refunds.proposed(PRINTED).values()]
    assert len([one for one in earlier if one]) == 3
    assert (Decimal("124315160.00") + sum(earlier)) % 9_120 == 0


@pytest.mark.parametrize("way", ["loss", "profit_down", "hardship_recognised", "epidemic_recognised"])
def test_every_alternative_lets_somebody_in(way):
    assert way in {one.reason for one in refunds.proposed(PRINTED).values()}


@pytest.mark.parametrize("reason", ["hardship", "fully_paid", "few_layoffs", "no_arrears", "complies"])
def test_every_test_keeps_somebody_out(reason):
    assert ("does_not", reason) in {(one.outcome, one.reason) for one in refunds.answers(PRINTED)}


@pytest.mark.parametrize("reason", ["loss", "complies", "no_arrears", "amount", "layoff_rate", "hardship_recognised"])
def test_what_is_not_known_is_never_taken_for_no(reason):
    assert ("unknown", reason) in {(one.outcome, one.reason) for one in refunds.answers(PRINTED)}


def test_the_match_of_march_proposed_seven_more_whose_data_were_put_right_since():
    before, after = refunds.proposed(MATCHED), refunds.proposed(PRINTED)
    assert len(before) == 131
    assert set(after) < set(before)
    now = {one.subject.name: (one.outcome, one.reason) for one in refunds.answers(PRINTED)}
    assert Counter(now[name] for name in set(before) - set(after)) == {
        ("does_not", "few_layoffs"): 3, ("unknown", "complies"): 2, ("unknown", "amount"): 2,
    }  # fmt: skip


def test_a_refund_the_rules_do_not_propose_cannot_be_paid():
    with pytest.raises(LookupError, match="does not propose"):
        refunds.amount("桐沅文化有限公司", PRINTED)


def test_every_credit_code_is_sound_marked_as_sample_and_of_one_enterprise_only():
    codes = [one.subject.facts["credit_code"] for one in refunds.answers(PRINTED)]
    assert len(set(codes)) == len(codes) == 4_200
    assert all(credit_code.is_sound(one) and one[8:10] == "YL" for one in codes)
    assert len({one.subject.name for one in refunds.answers(PRINTED)}) == len(codes)


def test_the_same_sheet_answers_the_ordinary_refund_of_the_city_too():
    found = summary("refund-zhengzhou", refunds.ENTERPRISES, PRINTED, fund_reserve=refunds.FUND_RESERVE)
    assert found.outcomes is not None
    assert found.outcomes["refused"] == 0
    assert found.outcomes["qualifies"] > 1_000
    assert found.outcomes["unknown"] > 0


def test_a_fund_too_small_for_the_hardship_track_pays_nobody():
    assert summary(refunds.POLICY, refunds.ENTERPRISES, PRINTED, fund_reserve=23).total == 0


def test_the_sheet_of_borrowers_run_as_it_is_gives_the_loans_the_newspaper_told():
    found = summary(loans.POLICY, loans.SCREENED)
    assert found.outcomes == {"qualifies": 39, "does_not": 116, "unknown": 105, "refused": 0}
    assert found.total == Decimal("90000000.00")


def test_every_loan_is_within_the_statutory_limit_and_what_was_asked():
    lent = [one for one in loans.answers().values() if one.outcome == "qualifies"]
    limit = {"firm": 3_000_000, "individual": 200_000}
    assert all(0 < one.amount <= limit[one.subject.facts["borrower"]] for one in lent)
    assert all(one.amount == one.subject.facts["asked"] for one in lent)
    assert {one.subject.facts["borrower"] for one in lent} == {"firm", "individual"}
    assert max(one.amount for one in lent) == 3_000_000


def test_a_firm_that_asks_for_more_than_the_limit_gets_the_limit():
    one = next(one.subject for one in loans.answers().values() if one.amount == 3_000_000)
    asked = replace(one, facts=one.facts | {"asked": Decimal(3_200_000)})
    assert evaluations.assess(policy.find(loans.POLICY), [asked])[0].amount == 3_000_000


def test_staff_of_a_borrowing_firm_is_who_it_insures():
    insured = {one.subject.name: one.subject.facts.get("contributors") for one in refunds.answers(PRINTED)}
    firms = [one.subject for one in loans.answers().values() if one.subject.facts["borrower"] == "firm"]
    assert len(firms) > 100
    assert [one.name for one in firms if one.facts["staff"] != insured[one.name]] == []


def to_the_fen(yuan: Decimal) -> Decimal:
    return yuan.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_employee_of_the_store_has_a_sum_worked_out():
    found = severance.dues()
    assert len(found) == 149
    assert all(one.claimed >= one.settled >= 0 for one in found.values())
    assert all(one.length >= 0 and one.average > 0 for one in found.values())


@pytest.mark.parametrize(
    ("number", "months", "n"),
    [("BH001", 5, "0.5"), ("BH002", 6, "1"), ("BH003", 17, "1.5"), ("BH004", 17, "1.5"), ("BH005", 18, "2"),
     ("BH006", 30, "3")],
)  # fmt: skip
def test_service_on_the_line_counts_as_the_law_says(number, months, n):
    one = severance.dues()[number]
    assert one.length == months
    assert one.severance == to_the_fen(one.average * Decimal(n))


def test_service_before_the_law_is_a_segment_of_its_own():
    first_day, day_before = severance.dues()["BH007"], severance.dues()["BH008"]
    assert first_day.severance == to_the_fen(first_day.average * Decimal("12.5"))
    assert day_before.severance == to_the_fen(day_before.average * (1 + Decimal("12.5")))


def test_a_wage_beyond_three_times_the_average_is_cut_to_it_and_to_twelve_years():
    short = severance.dues()["BH024"]
    assert short.average > 3 * 6247
    assert short.severance == Decimal("4.5") * 3 * 6247
    long = severance.dues()["BH023"]
    assert long.severance == 9 * 3 * 6247
    before = severance.dues()["BH022"]
    assert before.severance == 7 * before.average + 12 * 3 * 6247


def test_severance_is_worked_out_on_no_less_than_the_minimum_wage():
    one = severance.dues()["BH032"]
    assert one.average < 1_900
    assert one.severance % Decimal("950") == 0


def test_who_takes_the_other_post_is_paid_wages_owed_and_no_severance():
    stays = [str(row["职工编号"]) for row in rows(severance.EMPLOYEES) if row["主要诉求"] == "转岗安置"]
    assert len(stays) == 26
    assert all(severance.dues()[one].severance == 0 for one in stays)
    assert any(severance.dues()[one].wages > 0 for one in stays)


def test_twice_the_severance_may_be_asked_for_and_is_not_due_where_the_store_closed():
    asked = [str(row["职工编号"]) for row in rows(severance.EMPLOYEES) if row["本人主张"] == "赔偿金"]
    assert len(asked) > 10
    for one in (severance.dues()[number] for number in asked):
        assert one.claimed - one.wages == 2 * one.severance or abs(one.claimed - one.wages - 2 * one.severance) <= 1
    cause = evaluations.subjects(severance.EMPLOYEES, "double-severance", "职工编号")
    assert "unlawful" not in {one.facts.get("cause") for one in cause}


@pytest.mark.parametrize("file", ["55_S5_稳岗返还拨付台账.xlsx", "57_S5_创业贷款台账.xlsx", "61_S5_诉求化解台账.xlsx"])
def test_no_register_holds_a_sum_that_a_rule_gives(file):
    assert [heading for heading in rows(file)[0] if "金额" in heading] == []
