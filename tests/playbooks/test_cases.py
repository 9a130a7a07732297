from __future__ import annotations

import pytest

from paotui.playbooks import catalogue
from paotui.playbooks.cases import CaseResult, run
from paotui.playbooks.errors import PlaybookError
from tests.playbooks.cast import CALENDAR, HERE, loaded


def cases(name: str, *changes: tuple[str, str]) -> list[CaseResult]:
    text = (HERE / f"{name}.cases.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return run(loaded(name), text, f"{name}.cases.yaml", CALENDAR)


def failures(name: str, *changes: tuple[str, str]) -> list[str]:
    return [text.en for one in cases(name, *changes) for text in one.failures]


@pytest.mark.parametrize("name", ["reopening", "exam"])
def test_cases_that_hold_pass_and_say_how_much_they_checked(name: str) -> None:
    for one in cases(name):
        assert one.failures == ()
        assert one.passed
        assert one.checks >= 5


def test_a_result_names_its_file_and_line() -> None:
    second = cases("reopening")[1]
    line = (HERE / second.file).read_text("utf-8").splitlines()[second.line - 1]
    assert line == "  - name: a school that does not pass puts it right before the decision"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("reopening", ("work_orders: 4", "work_orders: 5"), "work orders: expected 5, got 4"),
        ("reopening", ("canteen: 0", "canteen: 1"), "work orders of canteen: expected 1, got 0"),
        ("reopening", ("canteen: 0", "cantine: 0"), "there is no measure called cantine. Did you mean `canteen`?"),
        ("reopening", ("schools: 1,", "schools: 2,"), "figure schools: expected 2, got 1"),
        ("reopening", ("schools: 1,", "scools: 1,"), "there is no figure called scools. Did you mean `schools`?"),
        ("reopening", ("cost: 1200.50", "cost: null"), "figure cost: expected none, got 1200.50"),
        ("reopening", ("due: 2020-06-09, state", "due: 2020-06-10, state"),
         "materials 甲校 甲校: expected due 2020-06-10, got 2020-06-09 23:59"),
        ("reopening", ("opens: 2020-06-02 10:00", "opens: 2020-06-02 10:01"),
         "materials 甲校 甲校: expected opens 2020-06-02 10:01, got 2020-06-02 10:00"),
        ("reopening", ("with: [市监局, 福华街]", "with: [市监局]"),
         "visit 卫健委: expected with 市监局, got 市监局, 福华街"),
        ("reopening", ("by: 卫健委", "by: 消防"), "visit 消防: expected a work order, got none"),
        ("reopening", ("state: waiting", "state: done"), "decision 乙校 1: expected done, got waiting"),
        ("reopening", ("times: 1", "times: 2"), "visit: expected 2 like this, got 1"),
        ("reopening", ("lead: 26.2", "lead: 26.3"), "minutes of lead: expected 26.3, got 26.2"),
        ("reopening", ("hazards: three}, refused: hazards", "hazards: 3}, refused: hazards"),
         "visit of 乙校 1 (06-09 10:00): expected hazards refused, got accepted"),
        ("reopening", ("{measure: materials, target: 甲校,", "{measure: decision, target: 甲校,"),
         "decision of 甲校 (06-05 16:00): cannot be recorded, it still waits for visit、rectify"),
        ("reopening", ("{measure: materials, target: 甲校,", "{measure: notice, target: 甲校,"),
         "notice of 甲校 (06-05 16:00): cannot be recorded, there is no open work order"),
        ("reopening", ("outcome: 同意", "outcome: 再议"),
         "decision of 甲校 (06-09 17:00): Outcome cannot be '再议': choose one of Granted, Refused."),
        ("reopening", ("target: 甲校, at: 2020-06-02", "target: 丙校, at: 2020-06-02"),
         "the record names 丙校, which is not there. There are: 甲校"),
        ("reopening", ("students: 40, ", ""), "roster: 甲校: Students is required: fill it in.. "),
        ("reopening", ("lead: [专班], ", ""), "no organisation holds the role lead"),
        ("exam", ("swept_early: 50", "swept_early: 75"), "figure swept_early: expected 75, got 50"),
    ],
)  # fmt: skip
def test_a_case_that_does_not_hold_says_what_was_expected_and_what_came(
    name: str, change: tuple[str, str], said: str
) -> None:
    assert any(said.rstrip(". ") in text for text in failures(name, change)), failures(name, change)


def test_failures_are_told_in_chinese_too() -> None:
    (one,) = cases("exam", ("swept_early: 50", "swept_early: 75"))
    assert [text.zh for text in one.failures] == ["数字 swept_early：应为 75，实为 50"]


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        (("expect:\n      counts", "expct:\n      counts"), "cases[0].expct", "Did you mean `expect`?"),
        (("from: 2020-07-05", "from: yesterday"), "cases[0].launch.from", "Write a date"),
    ],
)
def test_a_cases_file_that_cannot_be_read_is_answered_like_a_playbook(
    change: tuple[str, str], path: str, said: str
) -> None:
    with pytest.raises(PlaybookError) as caught:
        cases("exam", change)
    assert any(one.path == path and said in one.remedy for one in caught.value.problems)


def test_a_case_that_expects_nothing_is_refused() -> None:
    text = "cases:\n  - name: x\n    launch: {at: 2020-06-01 09:00, from: 2020-06-01, to: 2020-06-30}\n"
    text += "    roster: [{name: 甲}]\n    expect: {}\n"
    with pytest.raises(PlaybookError, match="this case could not fail"):
        run(loaded("study"), text, "x.cases.yaml", CALENDAR)


@pytest.mark.parametrize("one", catalogue.shipped(), ids=lambda one: one.name)
def test_the_cases_beside_the_shipped_playbooks_hold(one) -> None:  # type: ignore[no-untyped-def]
    beside = catalogue.cases(one)
    assert beside is not None, f"{one.name} has no cases beside it"
    results = run(one, beside[1], beside[0], CALENDAR)
    assert [f"{result.name}: {text.en}" for result in results for text in result.failures] == []
