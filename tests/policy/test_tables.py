"""Tables of facts as offices keep them: workbooks, text in GBK, Parquet; read in batches, nothing dropped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from paotui.policy import cells, columns, find, running, tables
from paotui.policy.refusals import FactsError
from tests.policy.cast import DAY, small

HEADS = "样例名册（示例数据）,,,\n企业名称,人数,离职（人）,失信\n"
ROWS = '甲公司,"1,000",100,否\n乙公司,20,3,无\n丙公司,20,,否\n丁公司,20,两人,否\n戊公司,20,2,有\n己公司,-1,0,否\n'


def answers(path, loaded=None, **options):
    """(row, name, outcome, reason) of every row of a table, batches joined."""
    return [
        (one.batch.first + row, one.batch.label[row], one.found.outcome_of(row), one.found.reason_of(row))
        for one in running.run(loaded or small(), path, DAY, **options)
        for row in range(len(one.found))
    ]


EXPECTED = [
    (3, "甲公司", "qualifies", "qualifies"),
    (4, "乙公司", "does_not", "few_gone"),
    (5, "丙公司", "unknown", "few_gone"),
    (6, "丁公司", "refused", "unreadable"),
    (7, "戊公司", "does_not", "listed"),
    (8, "己公司", "refused", "fact:heads"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_is_read_in_any_encoding_and_with_any_separator(tmp_path, encoding, separator):
    path = tmp_path / "roster.csv"
    text = (HEADS + ROWS).replace('"1,000"', "1000").replace(",", separator)
    path.write_bytes(text.encode(encoding))
    assert answers(path) == EXPECTED


def test_a_number_with_commas_in_quotes_is_a_number(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEADS + ROWS, encoding="utf-8")
    assert answers(path) == EXPECTED


def test_batches_do_not_change_the_answers_or_the_row_numbers(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEADS + ROWS, encoding="gbk")
    assert answers(path, batch=2) == EXPECTED


def test_a_workbook_is_read_with_typed_cells(tmp_path):
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells_ in enumerate(
            [
                ["名册"],
                ["企业名称", "人数", "离职", "失信"],
                ["甲公司", 1000, 100.0, "否"],
                ["乙公司", 20, 3, False],
                ["丙公司", 20, None, "否"],
                ["丁公司", 20, "两人", "否"],
                ["戊公司", 20, 2, True],
                ["己公司", -1, 0, 0],
            ]
        ):
            sheet.write_row(row, 0, cells_)
    assert answers(path) == EXPECTED


def test_parquet_is_read_with_typed_columns(tmp_path):
    path = tmp_path / "roster.parquet"
    table = pa.table(
        {
            "name": ["甲公司", "乙公司", "丙公司"],
            "heads": [1000, 20, 20],
            "gone": pa.array([100, 3, None]),
            "listed": [False, False, False],
            "unrelated": [1, 2, 3],
        }
    )
    pq.write_table(table, path)
    assert [one[1:3] for one in answers(path)] == [
        ("甲公司", "qualifies"),
        ("乙公司", "does_not"),
        ("丙公司", "unknown"),
    ]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([Decimal("3200.01"), None]),
        pa.array(["3,200.01", ""]),
        pa.array([3200.01, None]),
        pa.array(["3200.01", None]),
        pa.array([Decimal("3200.01"), None], pa.decimal128(38, 2)),
    ],
)
def test_money_is_exact_to_the_fen_however_it_is_stored(tmp_path, column):
    path = tmp_path / "roster.parquet"
    pq.write_table(pa.table({"arrears": column}), path)
    [batch] = tables.read(path, find("refund-henan").policy)
    found = batch.columns["arrears"]
    assert found.values[0] == 320001
    assert list(found.known) == [True, False]


def test_every_row_that_cannot_be_judged_gets_a_sentence(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEADS + ROWS, encoding="utf-8")
    [one] = running.run(small(), path, DAY)
    said = {row: text.en for row, _label, text in running.sentences(small(), one, DAY, None, None, 10)}
    assert set(said) == {6, 8}
    assert "Gone (gone) is “两人”, but must be a whole number" in said[6]
    assert "Heads (heads) is -1, outside 0 to" in said[8]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "甲,乙\n1,2\n", "no column of a.csv has a heading this policy knows"),
        ("a.csv", "heads,gone\n1,2,3\n", "has 3 columns, the heading 2"),
        ("a.parquet", "not at all", "a.parquet is no Parquet file"),
        ("a.xlsx", "not at all", "a.xlsx is damaged, locked, or no workbook"),
        ("a.xlsx", "", "a.xlsx is damaged, locked, or no workbook"),
        ("a.xls", "", "a.xls is damaged, locked, or no workbook"),
        ("a.doc", "", "a.doc is no .xlsx, .csv or .parquet"),
        ("a.csv", "", "no column of a.csv has a heading"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(tables.TableError) as error:
        list(running.run(small(), tmp_path / name, DAY))
    assert said in error.value.text.en
    assert error.value.text.zh


def fact(name, policy="severance"):
    return next(one for one in find(policy).policy.facts if one.name == name)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("left_on", "2020/6/30", dt.date(2020, 6, 30)),
        ("left_on", "2020年6月30日", dt.date(2020, 6, 30)),
        ("left_on", dt.datetime(2020, 6, 30, tzinfo=dt.UTC), dt.date(2020, 6, 30)),
        ("wages", "5000; 5,200.50；４８００", [Decimal(5000), Decimal("5200.50"), Decimal(4800)]),
        (
            "service",
            "2005-03-01/2007-12-31; 2010-01-01至2020-06-30",
            [(dt.date(2005, 3, 1), dt.date(2007, 12, 31)), (dt.date(2010, 1, 1), dt.date(2020, 6, 30))],
        ),
        ("cause", "经济性裁员", "layoff"),
        ("cause", "layoff", "layoff"),
        ("cause", " 未知 ", None),
    ],
)
def test_cells_are_read_as_clerks_write_them(name, cell, value):
    assert cells.read(fact(name), cell) == value


@pytest.mark.parametrize(
    ("name", "cell"), [("left_on", "2020-02-30"), ("cause", "累了"), ("service", "2020-01-01"), ("wages", "NaN")]
)
def test_a_cell_that_cannot_be_read_is_refused(name, cell):
    with pytest.raises(FactsError, match=name):
        cells.read(fact(name), cell)


def test_a_row_taken_out_of_columns_is_the_case_it_was():
    loaded = find("severance")
    facts = {
        "left_on": dt.date(2020, 6, 30),
        "cause": "layoff",
        "wages": [Decimal("5000.50"), Decimal(1)],
        "service": [(dt.date(2005, 3, 1), dt.date(2020, 6, 30))],
    }
    given = columns.of_rows(loaded.policy, [facts, {}])
    assert columns.row_of(loaded.policy, given, 0) == facts
    assert columns.row_of(loaded.policy, given, 1) == {}
