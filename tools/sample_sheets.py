"""Writes spreadsheets the way clerks keep them: a title, who filled it in, units in headings, blanks for unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from paotui.registry.sheets import sheets, table

FOLDER = Path(__file__).resolve().parent.parent / "src/paotui/samples/erqi/sheets"
MADE = dt.datetime(2020, 7, 10, 9)  # noqa: DTZ001 – a spreadsheet keeps no zone
"""Written into every file instead of the time of writing: the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and how wide it is."""

    heading: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: `above` stands over the table; rows hold a cell for every column."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    above: Sequence[str] = ()


def write(file: str, kept: Sequence[Sheet]) -> None:
    """Write a file of the sample district."""
    with xlsxwriter.Workbook(FOLDER / file) as book:
        book.set_properties({"created": MADE})
        for one in kept:
            _sheet(book, one)


def _sheet(book: Any, one: Sheet) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True})
    page = book.add_worksheet(one.name)
    for place, column in enumerate(one.columns):
        page.set_column(place, place, column.width)
    for row, text in enumerate(one.above):
        page.write_string(row, 0, text, bold)
    page.write_row(len(one.above), 0, [column.heading for column in one.columns], bold)
    start = len(one.above) + 1
    for row, line in enumerate(one.rows, start):
        _row(page, row, line)
    page.freeze_panes(start, 2)


def _row(page: Any, row: int, line: Sequence[Any]) -> None:
    for place, cell in enumerate(line):
        if isinstance(cell, bool):
            page.write_string(row, place, "是" if cell else "否")
        elif isinstance(cell, int | float | Decimal):
            page.write_number(row, place, cell)
        elif cell is not None:
            page.write_string(row, place, cell.isoformat() if isinstance(cell, dt.date) else cell)


def read(file: str, sheet: str = "") -> list[Mapping[str, Any]]:
    """Return the rows of a file of the sample district by heading, blank cells as None."""
    found = next(one for one in sheets((FOLDER / file).read_bytes(), file) if not sheet or one.name == sheet)
    read = table(found, lambda heading: 0 < len(heading.text) <= 16)
    assert read is not None
    return [{column.heading.text: row[column] for column in read.columns} for row in read.rows]
