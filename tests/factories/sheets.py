"""Spreadsheets for tests, made in memory."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def workbook(rows: Rows, *, merged: Iterable[str] = (), name: str = "名册") -> bytes:
    """A workbook of one sheet; `merged` holds ranges such as "A1:C1", whose first cell keeps its text."""
    return book({name: rows}, merged=merged)


def book(sheets: Mapping[str, Rows], *, merged: Iterable[str] = (), hidden: Iterable[str] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for place in merged:
                sheet.merge_range(place, "")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(number, column, cell, day)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return out.getvalue()


def text(rows: Rows, *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)
