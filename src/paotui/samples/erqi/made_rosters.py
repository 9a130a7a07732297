"""Rosters the bureau's rules make: a spreadsheet like any other, for the import every roster goes through."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], made: dt.datetime) -> bytes:
    """Return a spreadsheet with one sheet; the same rows of the same moment give the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        page = book.add_worksheet("名册")
        page.write_string(0, 0, title)
        page.write_row(1, 0, headings)
        for number, row in enumerate(rows, 2):
            page.write_row(number, 0, row)
    return file.getvalue()
