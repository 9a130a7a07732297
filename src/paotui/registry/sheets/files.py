"""What a file is, judged by its content and never by its name, and its sheets as cells."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import python_calamine
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paotui.registry.errors import Invalid
from paotui.registry.sheets import texts, zips
from paotui.registry.sheets.refusing import wrong

MAX_BYTES = 20 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WRONG = {
    b"%PDF": gettext_lazy("it is a PDF"),
    b"\x89PNG": gettext_lazy("it is a picture"),
    b"\xff\xd8\xff": gettext_lazy("it is a picture"),
    b"GIF8": gettext_lazy("it is a picture"),
    b"Rar!": gettext_lazy("it is an archive"),
    b"7z\xbc\xaf": gettext_lazy("it is an archive"),
    b"\x1f\x8b": gettext_lazy("it is an archive"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is the clerk's row 1; a blank cell is None; merged columns are filled downwards."""

    name: str
    rows: list[list[Any]]


def sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the visible sheets of an .xlsx, .xls or text file; `name` is used in sentences only.

    Raises Invalid, saying what the file is and what to do, when it is none of them, too large, or damaged.
    """
    if not data:
        raise wrong(name, _("it is empty"), _("Choose the file again; perhaps it was still being saved."))
    if len(data) > MAX_BYTES:
        raise wrong(name, _("it is larger than 20 MB"), _("Remove pictures, or divide it into several files."))
    if data.startswith(b"PK\x03\x04"):
        zips.check(data, name)
        return _workbook(data, name)
    if data.startswith(_OLE):
        return _old_workbook(data, name)
    for start, why in _WRONG.items():
        if data.startswith(start):
            raise wrong(name, str(why), _("Save the table as .xlsx or .csv."))
    if data.lstrip()[:400].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise wrong(
            name,
            _("it is a web page, whatever its name says"),
            _("Open it in the spreadsheet program and save it as .xlsx."),
        )
    return [Sheet("", texts.rows(data, name))]


def _old_workbook(data: bytes, name: str) -> list[Sheet]:
    if _ENCRYPTED in data:
        raise wrong(name, _("it is protected by a password"), _("Save it without the password, then import it."))
    if "WordDocument".encode("utf-16-le") in data:
        raise wrong(name, _("it is a Word document"), _("Copy its table into a spreadsheet and save that as .xlsx."))
    return _workbook(data, name)


def _workbook(data: bytes, name: str) -> list[Sheet]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [one.name for one in workbook.sheets_metadata if _is_visible_sheet(one)]
        return [_sheet(workbook.get_sheet_by_name(sheet)) for sheet in visible]
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        raise _damaged(name) from fault
    except BaseException as fault:
        # The reader is written in Rust; where it stumbles over a crafted file its panic is no ordinary Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise _damaged(name) from fault


def _damaged(name: str) -> Invalid:
    return wrong(
        name,
        _("it is damaged, or no spreadsheet"),
        _("Open it in the spreadsheet program, save it as .xlsx and import that."),
    )


def _is_visible_sheet(one: python_calamine.SheetMetadata) -> bool:
    return (
        one.visible == python_calamine.SheetVisibleEnum.Visible and one.typ == python_calamine.SheetTypeEnum.WorkSheet
    )


def _sheet(sheet: python_calamine.CalamineSheet) -> Sheet:
    # Without skipping the empty area row 1 stays row 1, so that problems name the row the clerk sees.
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom + 1, len(rows))):
            rows[row][left] = rows[top][left]
    return Sheet(sheet.name, rows)


def _cell(cell: Any) -> Any:
    return None if isinstance(cell, str) and not cell.strip() else cell
