"""The registers of the sample district as rows: heading → cell, the way the registry reads any clerk's spreadsheet."""

from __future__ import annotations

from functools import cache
from typing import Any

from paotui.registry import names
from paotui.registry.sheets import Heading, Sheet, heading, sheets, table
from paotui.samples.erqi.files import sheet as file_of

Row = dict[str, Any]
LONGEST_HEADING = 16


def rows(file: str, sheet: str = "") -> list[Row]:
    """Return the rows of a register by heading, blank cells as None; amounts in 万元 say so themselves."""
    found = next(one for one in _sheets(file) if not sheet or one.name == sheet)
    read = table(found, _may_be_heading)
    assert read is not None
    return [{_name(column.heading): _cell(column.heading, row[column]) for column in read.columns} for row in read.rows]


@cache
def _sheets(file: str) -> list[Sheet]:
    return sheets(file_of(file), file)


def _may_be_heading(text: Heading) -> bool:
    return len(text.text) <= LONGEST_HEADING and not any(digit.isdigit() for digit in text.text[:1])


def _name(found: Heading) -> str:
    """Return the heading without what stands in its brackets: 拟返还金额（万元） is 拟返还金额."""
    return names.tidy(found.text).partition("(")[0]


def _cell(found: Heading, cell: Any) -> Any:
    return f"{cell}万" if found.unit == heading("金额(万元)").unit and cell is not None else cell
