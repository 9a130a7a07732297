"""Bad policies, facts and files on the command line: a sentence in the terminal's language, never a traceback."""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from paotui.cli import main
from tests.policy.cast import SMALL, enterprise
from tests.policy.test_tables import HEADS, ROWS

SECOND = """\
  - version: later
    from: {day}
    source: notice
    who: [{{id: few_gone, fixed: 2021-06-30, fact: gone, at_most: 3}}]
    amount: {{result: each}}
"""
END = "      result: total\n"
RATIO = "ratio: [gone, heads], at_most: rate"
SUM = "is: {multiply: [heads, each]}"
DAY = ["--at", "2020-03-01"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "roster.csv").write_bytes((HEADS + ROWS).encode("gbk"))
    for name in ("d.yaml", "d.csv", "d.xlsx", "d.parquet"):
        (tmp_path / name).mkdir()
    for name in ("e.csv", "e.xlsx", "e.xls", "e.ods", "e.parquet", "e.yaml"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


@pytest.fixture(params=["en", "zh_CN.UTF-8"])
def say(request, folder, monkeypatch, capsys):
    """What the command says, with its exit code; the sentence has to be in the language asked for."""
    monkeypatch.setenv("PAOTUI_LANGUAGE", request.param)

    def run(*words, code=1, en, zh):
        assert _code(words) == code
        out, err = capsys.readouterr()
        assert (en if request.param == "en" else zh) in err + out
        assert "Traceback" not in err
        assert "PAOTUI_DEBUG" not in err
        return out, err

    return run


def _code(words):
    try:
        return main(["policy", *words])
    except SystemExit as stopped:  # the parser of the command line ends by itself
        return stopped.code


@pytest.mark.parametrize(
    ("change", "code", "en", "zh"),
    [
        (
            (END, END + SECOND.format(day="2021-02-01")),
            0,
            "versions[1].from: no version holds from 2021-01-01",
            "没有版本",
        ),
        ((END, END + SECOND.format(day="2020-12-01")), 1, "End 2020 on 2020-11-30", "的有效期重叠。把 2020 的 to 改为"),
        (
            (RATIO, "any: [{fact: gone, at_most: 5}, {fact: gone, at_most: 3}]"),
            0,
            "who[0].any[1]: the alternative",
            "永远轮不到",
        ),
        (
            ("at_most: rate", "at_most: 0.1"),
            0,
            "rate is used nowhere. Use it, or leave it out",
            "没有用到。用上它，或删去",
        ),
        (
            (", source: hearsay", ""),
            1,
            "values[0]: this value of each cites no source. Add `source`",
            "没有出处。写上 source",
        ),
        ((SUM, "is: {divide: [heads, each]}"), 1, "`divide` must say its `rounding`", "必须写明 `rounding`"),
        ((SUM, "is: {multiply: [heads, total]}"), 1, "refers to itself: total → total. Take one", "公式绕回自身"),
    ],
)
def test_a_faulty_policy_is_told_with_line_clause_and_remedy(say, folder, change, code, en, zh):
    assert change[0] in SMALL
    (folder / "bad.yaml").write_text(SMALL.replace(*change), encoding="utf-8")
    _out, err = say("check", "bad.yaml", code=code, en=en, zh=zh)
    assert re.search(r"bad\.yaml:\d+: \w+\[", err)


@pytest.mark.parametrize(
    ("facts", "en", "zh"),
    [
        ("heads: 20\ngoen: 2\n", "no fact is called goen. Did you mean `gone`?", "没有叫“goen”的事实。是不是“gone”？"),
        ("heads: -3\n", "Heads (heads) is -3, outside 0", "人数（heads）是 -3，超出了"),
        ("gone: 2\ngone: 3\n", "facts.yaml:2: gone: `gone` is given twice", "“gone”写了两次"),
        ("heads: 99999999999999999999\n", "Compare it with its source", "请核对来源"),
        ("gone: [1]\n", "Gone (gone) is [1], but must be a number", "离职（gone）写着“[1]”"),
        ("- 3\n", "must hold facts, one `name: value` a line", "应当逐行写事实"),
        ("", "the file is empty", "无法读取文件"),
    ],
)
def test_facts_that_cannot_be_are_told_by_name(say, folder, facts, en, zh):
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    say("explain", "small.yaml", "facts.yaml", *DAY, en=en, zh=zh)


@pytest.mark.parametrize(
    ("changed", "en", "zh"),
    [
        ({"credit_code": "91410103MA0000000A"}, "(credit_code)", "（credit_code）"),
        (
            {"insured": 20, "layoffs": 21},
            "the facts contradict each other",
            "自相矛盾：应当“裁员人数不超过年初参保人数”",
        ),
    ],
)
def test_a_wrong_check_digit_and_a_contradiction_are_told(say, folder, changed, en, zh):
    lines = [f"{name}: {_plain(value)}" for name, value in enterprise(**changed).items()]
    (folder / "facts.yaml").write_text("\n".join(lines), encoding="utf-8")
    say("explain", "refund-zhengzhou-emergency", "facts.yaml", *DAY, en=en, zh=zh)


def _plain(value):
    return str(value).lower() if isinstance(value, bool) else value


def test_a_sum_that_overflows_is_told(say, folder):
    text = SMALL.replace("value: 100,", "value: 999999999999,")
    assert text != SMALL
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    (folder / "facts.yaml").write_text("heads: 1000000000000\ngone: 0\nlisted: false\n", encoding="utf-8")
    say(
        "explain",
        "small.yaml",
        "facts.yaml",
        *DAY,
        en="(total) comes to 999999999999000000000000, beyond",
        zh="超过十万亿",
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "ods", "parquet"])
def test_an_empty_file_is_no_table(say, kind):
    _out, err = say("run", "small.yaml", f"e.{kind}", *DAY, en=f"e.{kind}", zh=f"e.{kind}")
    assert re.search("Check the headings|save it as|请", err)


@pytest.mark.parametrize(
    "words",
    [("check", "d.yaml"), ("cases", "d.yaml"), ("explain", "small.yaml", "d.yaml", *DAY),
     *(("run", "small.yaml", f"d.{kind}", *DAY) for kind in ("csv", "xlsx", "parquet")),
     ("diff", "small.yaml", "d.parquet", "2020", "2020")],
)  # fmt: skip
def test_a_directory_is_no_file(say, words):
    say(*words, en="give the path of a file that can be used", zh="请给出可用文件的路径")


WRONG = {
    "gone": (pa.array([[1], [2]]), "Gone (gone) is “[1]”", "“离职”栏写着“[1]”"),
    "heads": (pa.array([{"a": 1}, {"a": 2}]), "Heads (heads) is “{'a': 1}”", "“人数”栏写着“{'a': 1}”"),
    "listed": (pa.array(["maybe", "no"]), "Listed (listed) is “maybe”, but must be yes or no", "应为是或否"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("action", ["run", "diff"])
def test_parquet_of_wrong_types_is_told_row_by_row(say, folder, name, action):
    column, en, zh = WRONG[name]
    right = {"heads": pa.array([20, 20]), "gone": pa.array([1, 1]), "listed": pa.array([False, False])}
    pq.write_table(pa.table({**right, name: column}), folder / "t.parquet")
    _out, err = say(action, "small.yaml", "t.parquet", *(DAY if action == "run" else ["2020", "2020"]),
                    code=0, en=en, zh=zh)  # fmt: skip
    assert "1" in err


def test_a_date_where_a_number_should_be_is_told(say, folder):
    pq.write_table(pa.table({"heads": pa.array([dt.date(2020, 1, 1)])}), folder / "t.parquet")
    say("run", "small.yaml", "t.parquet", *DAY, code=0, en="Heads (heads)", zh="人数")


@pytest.mark.parametrize(
    "words",
    [("run", "small.yaml", "roster.csv", "--at", "1999-01-01"),
     ("diff", "small.yaml", "roster.csv", "2020", "1999-01-01"),
     ("explain", "small.yaml", "roster.csv", "--row", "3", "--at", "1999-01-01")],
)  # fmt: skip
def test_a_day_outside_all_versions_is_refused_in_one_sentence(say, words):
    _out, err = say(*words, en="1999-01-01 is outside all versions of small", zh="1999-01-01 不在“小政策”任何版本")
    assert err.count("1999-01-01") == 1


def test_rows_left_out_of_a_comparison_are_named(say):
    say(
        "diff",
        "small.yaml",
        "roster.csv",
        "2020",
        "2020",
        code=0,
        en="Row 6 (丁公司): Gone (gone)",
        zh="“离职”栏写着“两人”",
    )


def test_a_figure_that_is_no_step_is_refused(say):
    say("run", "small.yaml", "roster.csv", *DAY, "--figure", "totla", en="Did you mean `total`?", zh="是不是“total”？")


def test_a_word_that_is_no_day_is_refused(say):
    say("run", "small.yaml", "roster.csv", "--at", "soon", code=2, en="soon is no day", zh="不是日期")


def test_a_misspelt_fact_of_a_case_is_told_in_the_terminals_language(say, folder):
    text = "cases:\n  - {name: a, at: 2020-03-01, facts: {goen: 1}, expect: {outcome: qualifies}}\n"
    (folder / "small.cases.yaml").write_text(text, encoding="utf-8")
    out, _err = say("cases", "small.yaml", en="Did you mean `gone`?", zh="是不是“gone”？")
    assert "in bulk" not in out
    assert "批量" not in out
