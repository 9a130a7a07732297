"""Workbooks are read row by row: typed cells, gaps kept, damage told, batches made when they are asked for."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from paotui.policy import tables, workbooks
from tests.policy import old_workbook
from tests.policy.cast import small


def book(path, many, **options):
    with xlsxwriter.Workbook(path, {"remove_timezone": True, **options}) as made:
        sheet = made.add_worksheet()
        date = made.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for at, row in enumerate(many):
            for place, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, place, cell, date)
                elif cell is not None:
                    sheet.write(at, place, cell)
    return path


DAY, MOMENT = dt.date(2020, 2, 28), dt.datetime(2020, 2, 29, 9, 30, tzinfo=dt.UTC)
MANY = [["名称", "人数", "日期"], ["甲", 12.5, DAY], [], ["乙", True, MOMENT]]


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}, {"strings_to_numbers": True}])
def test_cells_come_with_their_types_and_empty_rows_keep_their_place(tmp_path, options):
    assert list(workbooks.rows(book(tmp_path / "a.xlsx", MANY, **options))) == [
        ["名称", "人数", "日期"],
        ["甲", 12.5, DAY],
        [None, None, None],
        ["乙", True, MOMENT.replace(tzinfo=None)],
    ]


def test_a_workbook_from_before_2007_is_read(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook.CONTENT)
    heading, *rows = workbooks.rows(path)
    assert heading == ["企业名称", "人数", "离职", "失信"]
    assert rows == [["甲公司", 1000, 100, "否"], ["乙公司", 20, 3, False], ["丙公司", 20, None, "否"]]


def test_what_a_file_is_its_content_says(tmp_path):
    path = book(tmp_path / "a.xls", MANY)
    assert len(list(workbooks.rows(path))) == 4


def test_a_cell_without_a_value_or_with_an_error_is_empty(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["heads", "gone"])
        sheet.write_formula(1, 0, "=1/0", value="#DIV/0!")
        sheet.write_blank(1, 1, None, made.add_format({"bold": True}))
        sheet.write_formula(2, 0, "=2*3", value=6)
        sheet.write_blank(900, 0, None, made.add_format({"bold": True}))
    [batch] = tables.read(path, small().policy)
    assert batch.size == 2
    assert list(batch.columns["heads"].known) == [False, True]
    assert batch.columns["heads"].values[1] == 6


def test_rows_are_taken_from_the_sheet_as_batches_are_asked_for(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["heads", "gone"], *([number, 0] for number in range(5000))])
    taken = []
    rows = workbooks.rows
    monkeypatch.setattr(workbooks, "rows", lambda path: (taken.append(row) or row for row in rows(path)))
    batches = tables.read(path, small().policy, batch=100)
    assert next(batches).size == 100
    assert len(taken) < 200
    assert sum(one.size for one in batches) == 4900


def test_one_stray_cell_in_the_last_corner_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["heads", "gone"])
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(tables.TableError) as error:
        list(tables.read(path, small().policy))
    assert "reach down to row 1048576 and across 16384 columns. Delete the stray ones" in error.value.text.en
    assert "第 1048576 行、共 16384 栏" in error.value.text.zh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="2A"'),
        (b'<c r="A2">', b'<c r="A2" t="what">'),
        (b'<c r="A2">', b'<c r="A2" t="s">'),
        (b"</sheetData>", b""),
    ],
)
def test_a_damaged_workbook_is_refused_with_a_sentence(tmp_path, old, new):
    path = book(tmp_path / "a.xlsx", [["heads", "gone"], [10**6, 1]])
    whole = _part(path)
    assert old in whole
    with pytest.raises(tables.TableError) as error:
        list(tables.read(_with_part(path, whole.replace(old, new, 1)), small().policy))
    assert "Open it in the spreadsheet program and save it as .xlsx" in error.value.text.en
    assert "另存为 .xlsx" in error.value.text.zh


@pytest.mark.parametrize("place", [b"ZZZZ2", b"B1048577", b"ZZZZZZZ1048576"])
def test_a_cell_outside_every_sheet_is_refused_with_a_sentence(tmp_path, place):
    path = book(tmp_path / "a.xlsx", [["heads", "gone"], [10**6, 1]])
    whole = _part(path)
    with pytest.raises(tables.TableError, match="Delete the stray ones"):
        list(tables.read(_with_part(path, whole.replace(b'r="B2"', b'r="%b"' % place, 1)), small().policy))


def test_half_a_workbook_is_refused_with_a_sentence(tmp_path):
    path = book(tmp_path / "a.xlsx", MANY)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(tables.TableError, match="damaged"):
        list(tables.read(path, small().policy))


SHEET = "xl/worksheets/sheet1.xml"


def _part(path):
    with zipfile.ZipFile(path) as found:
        return found.read(SHEET)


def _with_part(path, content):
    with zipfile.ZipFile(path) as found:
        parts = {name: found.read(name) for name in found.namelist()}
    with zipfile.ZipFile(path, "w") as made:
        for name, one in (parts | {SHEET: content}).items():
            made.writestr(name, one)
    return path
