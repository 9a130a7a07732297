"""Files as clerks keep them, read into tables; and files that are something else."""

from __future__ import annotations

import io
import zipfile

import pytest

from paotui import used_range
from paotui.registry.errors import Invalid
from paotui.registry.sheets import files, heading, sheets, table, texts, zips
from tests.factories import sheets as make

ROWS = [["名称", "户数"], ["一号院", "12"], ["二号院", "30"]]


def read(data, name="名册.xlsx"):
    return sheets(data, name)[0].rows


def rows(data):
    """The data rows of the first sheet, its heading being 名称 and 户数."""
    known = {"名称", "户数", "社区"}
    found = table(sheets(data, "名册.xlsx")[0], lambda one: one.label in known)
    return found and [(row.number, [row[column] for column in found.columns]) for row in found.rows]


def test_a_workbook_is_read_whatever_its_name_ends_in():
    assert read(make.workbook(ROWS), "名册.csv") == ROWS
    assert read(make.workbook(ROWS), "名册.xls") == ROWS
    assert read(make.text(ROWS), "名册.xlsx") == ROWS


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_is_read_in_every_encoding_and_with_every_separator(separator, encoding):
    assert read(make.text(ROWS, separator=separator, encoding=encoding)) == ROWS


def test_a_rare_character_beyond_gbk_is_read():
    assert read(make.text([["名称"], ["𠀀㐀院"]], encoding="gb18030"))[1] == ["𠀀㐀院"]


def test_the_separator_line_of_a_spreadsheet_program_is_obeyed_and_keeps_its_row():
    assert read("sep=;\r\n名称;户数\r\n一,号院;12".encode())[1:] == [["名称", "户数"], ["一,号院", "12"]]


def test_a_comma_within_quotes_separates_nothing():
    assert read('名称,户数\r\n"一号院,东",12'.encode())[1] == ["一号院,东", "12"]


def test_row_numbers_are_those_the_clerk_sees():
    blank = [[], ["", ""], *ROWS]
    assert rows(make.workbook(blank)) == [(4, ["一号院", "12"]), (5, ["二号院", "30"])]
    assert rows(make.text(blank)) == [(4, ["一号院", "12"]), (5, ["二号院", "30"])]


def test_title_rows_totals_notes_and_blank_rows_are_no_data():
    around = [["样本名册"], ["制表：样本　2020年7月"], *ROWS, [], ["合计", "42"], ["注：以上为样例"], ["审核人：样本"]]
    assert rows(make.workbook(around, merged=["A1:B1"])) == [(4, ["一号院", "12"]), (5, ["二号院", "30"])]


def test_a_total_beside_the_serial_number_is_no_data_either():
    assert rows(
        make.workbook([["序号", "名称", "户数"], [1, "一号院", 12], [None, "总计", 12], ["小计", None, 12]])
    ) == [(2, [1.0, "一号院", 12.0])]


@pytest.mark.parametrize("name", ["注册会计师事务所", "附属中学", "备注社区", "总部大院"])
def test_a_name_that_begins_like_a_note_is_still_a_name(name):
    assert rows(make.workbook([["名称", "户数"], [name, 3]])) == [(2, [name, 3.0])]


def test_a_heading_repeated_on_every_page_is_no_data():
    assert [number for number, _ in rows(make.workbook([*ROWS, *ROWS]))] == [2, 3, 5, 6]


def test_a_heading_of_two_rows_takes_the_lower_one_and_remembers_the_group():
    data = make.workbook([["名称", "规模", None], [None, "户数", "楼栋"], ["一号院", 12, 2]], merged=["A1:A2", "B1:C1"])
    found = table(sheets(data, "x")[0], lambda one: one.label in {"名称", "户数", "楼栋"})
    assert [(column.letter, column.heading.text, column.group) for column in found.columns] == [
        ("A", "名称", ""), ("B", "户数", "规模"), ("C", "楼栋", "规模"),
    ]  # fmt: skip
    assert [row.number for row in found.rows] == [3]


def test_a_name_merged_over_several_rows_stands_in_each_of_them():
    data = make.workbook([["社区", "名称", "户数"], ["样本社区", "一号院", 1], [None, "二号院", 2]], merged=["A2:A3"])
    assert rows(data) == [(2, ["样本社区", "一号院", 1.0]), (3, ["样本社区", "二号院", 2.0])]


def test_hidden_sheets_are_not_read():
    data = make.book({"名册": ROWS, "旧表": [["名称"], ["旧院"]]}, hidden=["旧表"])
    assert [sheet.name for sheet in sheets(data, "x")] == ["名册"]


def test_where_no_heading_is_known_there_is_no_table():
    assert rows(make.workbook([["甲", "乙"], ["1", "2"]])) is None


@pytest.mark.parametrize(
    ("text", "label", "unit"),
    [
        ("户　数", "户数", ""),
        ("金额（万元）", "金额", "万元"),
        ("金额 (单位：元)", "金额", "元"),
        ("长度[千米]", "长度", "公里"),
        ("单位名称（全称）", "单位名称", ""),
        ("2019年12月参保人数", "2019年12月参保人数", ""),
    ],
)
def test_a_heading_is_taken_apart_into_label_and_unit(text, label, unit):
    assert (heading(text).label, heading(text).unit) == (label, unit)


def empty_zip(**content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (empty_zip(word__document_xml="x"), "Word"),
        (empty_zip(readme="x"), "archive"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE, "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (make.workbook(ROWS)[:3000], "damaged"),
        (empty_zip(xl__workbook_xml="<not-a-workbook"), "damaged"),
        (b"\xff\xfe\x00\xd8\x00", "neither"),
        (b"name,\x00\x01\x02", "neither"),
    ],
)
def test_a_file_that_is_something_else_is_told_what_it_is(data, said):
    with pytest.raises(Invalid, match=said) as refusal:
        sheets(data, "名册.xlsx")
    assert "名册.xlsx" in refusal.value.sentence
    assert refusal.value.remedy


def test_a_file_that_is_too_large_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    with pytest.raises(Invalid, match="20 MB"):
        sheets(make.workbook(ROWS), "x")


def test_a_zip_bomb_is_refused_while_it_unfolds(monkeypatch):
    monkeypatch.setattr(zips, "MAX_UNPACKED", 5_000_000)
    bomb = empty_zip(xl__workbook_xml="x", xl__worksheets__sheet1_xml=b" " * 20_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(Invalid, match="unfolds"):
        sheets(bomb, "x")


@pytest.mark.parametrize("far", ["XFD1048576", "A100001", "KO1", "ZZZZ2", "A10000000"])
def test_one_stray_cell_far_away_is_refused_instead_of_filling_the_memory(far):
    sheet = f'<worksheet><sheetData><row><c r="{far}" t="n"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(Invalid, match="reaches"):
        sheets(empty_zip(xl__workbook_xml="x", xl__worksheets__sheet1_xml=sheet), "x")


def test_cells_that_are_only_coloured_do_not_count_as_far_away():
    sheet = '<row><c r="A1" t="n"><v>1</v></c><c r="XFD1048576" s="3"/></row>'
    zips.check(empty_zip(xl__workbook_xml="x", xl__worksheets__sheet1_xml=sheet), "x")


def test_a_cell_cut_between_two_pieces_is_still_seen(monkeypatch):
    monkeypatch.setattr(used_range, "_PIECE", 70)
    sheet = " " * 65 + '<c r="A900000" t="n"><v>1</v></c>'
    with pytest.raises(Invalid):
        zips.check(empty_zip(xl__workbook_xml="x", xl__worksheets__sheet1_xml=sheet), "x")


def test_a_text_file_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(texts, "MAX_ROWS", 2)
    with pytest.raises(Invalid, match="100,000"):
        sheets(make.text(ROWS), "x")
