"""Policies from the command line, as a clerk uses them: no database, one sentence a fault."""

from __future__ import annotations

import json

import pytest

from tests.policy.cast import SMALL
from tests.policy.test_tables import HEADS, ROWS
from tests.tooling.test_command_line import paotui

CASES = """\
facts: {heads: 20, gone: 2, listed: false}
cases:
  - {name: few gone, at: 2020-03-01, expect: {outcome: qualifies, amount: 2000.00}}
  - {name: too many, at: 2020-03-01, facts: {gone: 3}, expect: {outcome: does_not, reason: few_gone}}
"""
FACTS = "heads: 20\ngone: 4\nlisted: false\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in (("small.yaml", SMALL), ("small.cases.yaml", CASES), ("one.yaml", FACTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_bytes((HEADS + ROWS).encode("gbk"))
    return tmp_path


def policy(folder, action, *words, **variables):
    return paotui("policy", action, str(folder / "small.yaml"), *words, **variables)


def test_a_policy_without_faults_passes(folder):
    done = policy(folder, "check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_misspelt_name_is_told_with_line_place_and_remedy(folder):
    (folder / "small.yaml").write_text(SMALL.replace("at_most: rate", "at_most: rat"), encoding="utf-8")
    done = policy(folder, "check")
    assert done.returncode == 1
    assert "small.yaml:23: versions[0].who[0].at_most: nothing is called rat. Did you mean `rate`?" in done.stderr
    assert json.loads(policy(folder, "check", "--json").stdout)[0]["line"] == 23


def test_cases_pass_and_a_case_that_comes_out_otherwise_fails(folder):
    assert policy(folder, "cases").returncode == 0
    (folder / "small.cases.yaml").write_text(CASES.replace("2000.00", "2000.01"), encoding="utf-8")
    done = policy(folder, "cases")
    assert done.returncode == 1
    assert "amount: expected 2000.01, got 2000" in done.stdout


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Gone 2 less: 4 → 2 (by 2020-06-30): then it qualifies, 2,000.00 yuan"),
        ("zh", "离职减少 2：4 → 2（2020-06-30 前）：则符合条件，金额 2,000.00 元"),
    ],
)
def test_one_case_is_explained_in_the_language_of_the_terminal(folder, language, said):
    done = policy(folder, "explain", str(folder / "one.yaml"), "--at", "2020-03-01", PAOTUI_LANGUAGE=language)
    assert done.returncode == 0
    assert said in done.stdout


def test_a_row_of_a_table_is_explained_with_exact_numbers(folder):
    done = policy(folder, "explain", str(folder / "roster.csv"), "--row", "3", "--at", "2020-03-01", "--json")
    found = json.loads(done.stdout)
    assert (found["outcome"], found["version"], found["inputs"]["heads"]) == ("qualifies", "2020", "1,000")
    assert '"amount": 100000' in done.stdout


def test_a_table_is_answered_and_rows_that_cannot_be_judged_are_named(folder):
    out = folder / "answers.csv"
    done = policy(
        folder,
        "run",
        str(folder / "roster.csv"),
        "--at",
        "2020-03-01",
        "--out",
        str(out),
        "--figure",
        "total",
        "--json",
    )
    found = json.loads(done.stdout)
    assert (found["rows"], found["qualifies"], found["does_not"], found["unknown"], found["refused"]) == (6, 1, 2, 1, 2)
    assert "Row 6 (丁公司): Gone (gone) is “两人”" in done.stderr
    assert "Row 8 (己公司): Heads (heads) is -1" in done.stderr
    lines = out.read_text("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert lines[1] == '3,"甲公司","qualifies","qualifies","2020",100000.00,100000'


def test_answers_can_be_written_as_parquet(folder):
    import pyarrow.parquet as pq

    out = folder / "answers.parquet"
    assert policy(folder, "run", str(folder / "roster.csv"), "--at", "2020-03-01", "--out", str(out)).returncode == 0
    assert pq.read_table(out).column("outcome").to_pylist()[0] == "qualifies"


def test_two_days_are_compared_on_a_roster(folder):
    later = SMALL.replace(
        "value: 100, source: hearsay}", "value: 100, source: hearsay}, {from: 2020-07-01, value: 90, source: notice}"
    )
    (folder / "small.yaml").write_text(later, encoding="utf-8")
    done = policy(folder, "diff", str(folder / "roster.csv"), "2020-06-30", "2020-07-01")
    assert "Lose: 1 (10,000.00 yuan)" in done.stdout
    assert "3 甲公司: -10,000.00" in done.stdout


@pytest.mark.parametrize(
    ("action", "words", "said"),
    [
        ("run", ["roster.csv"], "Say for which day: --at 2020-03-01."),
        ("run", ["roster.csv", "--at", "2020-03-01", "--set", "hedas=1"], "Did you mean `heads`?"),
        ("run", ["roster.csv", "--at", "2020-03-01", "--set", "heads=many"], "must be a whole number"),
        ("run", ["one.yaml", "--at", "2020-03-01"], "no .xlsx, .csv or .parquet"),
        (
            "run",
            ["roster.csv", "--at", "2020-03-01", "--out", "answers.doc"],
            "answers are written as .csv or .parquet",
        ),
        ("run", ["none.csv", "--at", "2020-03-01"], "No such file"),
        ("explain", ["one.yaml", "--at", "2021-01-01"], "outside all versions of small"),
        ("explain", ["roster.csv", "--at", "2020-03-01"], "Say which row"),
        ("explain", ["roster.csv", "--row", "99", "--at", "2020-03-01"], "has no row 99"),
        ("explain", ["roster.csv", "--row", "6", "--at", "2020-03-01"], "“两人”"),
        ("diff", ["roster.csv", "2020", "soon"], "soon is neither a version (2020) nor a day"),
    ],
)
def test_what_cannot_be_done_is_answered_with_one_sentence(folder, action, words, said):
    done = policy(folder, action, *[str(folder / word) if "." in word and "=" not in word else word for word in words])
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "PAOTUI_DEBUG" not in done.stderr


def test_a_key_that_is_not_shipped_is_answered_with_those_that_are():
    done = paotui("policy", "check", "severence")
    assert done.returncode == 1
    assert "Did you mean `severance`?" in done.stderr
