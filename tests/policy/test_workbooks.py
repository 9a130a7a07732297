"""Workbooks are read row by row: typed cells, gaps kept, damage told, nothing held but the different texts."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from paotui.policy import tables, workbooks
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
        [],
        ["乙", True, MOMENT.date()],
    ]


def test_what_a_file_is_its_content_says(tmp_path):
    path = book(tmp_path / "a.xls", MANY)
    assert len(list(workbooks.rows(path))) == 4


def test_a_cell_without_a_value_is_empty_and_an_error_is_told_as_it_stands(tmp_path):
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
    assert "#DIV/0!" in batch.unreadable[0].en
    assert batch.columns["heads"].values[1] == 6


def test_rows_are_given_out_before_the_file_is_read_to_its_end(tmp_path):
    path = book(tmp_path / "a.xlsx", [["heads", "gone"], *([number, 0] for number in range(5000))])
    whole = _part(path)
    broken = whole.replace(b"<v>4000</v>", b"<v>4000<v>", 1)
    assert broken != whole
    batches = tables.read(_with_part(path, broken), small().policy, batch=100)
    assert next(batches).size == 100
    with pytest.raises(tables.TableError, match="damaged"):
        list(batches)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="1048577"'),
        (b'r="A2"', b'r="2A"'),
        (b'r="B2"', b'r="ZZZZ2"'),
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
