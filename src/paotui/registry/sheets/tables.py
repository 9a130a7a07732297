"""The table within a sheet: which row is the heading, and which rows below it are data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from paotui.registry import names
from paotui.registry.sheets.files import Sheet
from paotui.registry.sheets.headings import Heading, heading

LOOK_FOR_HEADING = 30
DEEPEST_HEADING = 3
_TOTAL = re.compile(r"^(合计|总计|小计|共计|本页合计|累计|(sub)?total$)")
# The colon tells a note from a name: 注册会计师事务所, 附属中学.
_NOTE = re.compile(
    r"^(注|备注|说明|填表人?|制表人?|填报(人|单位)?|审核人?|复核人?|联系人|联系电话|(单位)?负责人|附件?|notes?|remarks?)"
    r"\s*\d*\s*:|^单位\(?盖章\)?"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place from 0, its letter for the clerk, its heading, and the heading above that."""

    index: int
    heading: Heading
    group: str = ""

    @property
    def letter(self) -> str:
        number, letters = self.index + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: its number as the clerk sees it, and its cells by the index of their column."""

    number: int
    cells: list[Any]

    def __getitem__(self, column: Column) -> Any:
        return self.cells[column.index] if column.index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table; `preface` is what stands above the heading."""

    sheet: str
    columns: list[Column]
    rows: list[Row]
    preface: list[str] = field(default_factory=list)


def table(sheet: Sheet, is_known: Callable[[Heading], bool]) -> Table | None:
    """Return the table whose heading has most columns for which `is_known`; None when no row has any.

    A heading may take up to three rows, upper ones naming groups. Blank rows, totals, notes and headings repeated on
    every printed page are no data.
    """
    best, start, depth = 0, 0, 1
    # Lower headings first: a taller one that knows no more has only swallowed a title.
    for height in range(1, DEEPEST_HEADING + 1):
        for row in range(min(LOOK_FOR_HEADING, len(sheet.rows) - height + 1)):
            known = sum(is_known(column.heading) for column in _columns(sheet.rows[row : row + height]))
            if known > best:
                best, start, depth = known, row, height
    if not best:
        return None
    end = start + depth
    while start and end - start < DEEPEST_HEADING and _names_groups(sheet.rows[start - 1]):
        start -= 1
    columns = _columns(sheet.rows[start:end])
    preface = [" ".join(str(cell) for cell in row if cell is not None) for row in sheet.rows[: end - 1]]
    return Table(sheet.name, columns, list(_data(sheet, columns, end)), [line for line in preface if line])


def _names_groups(cells: list[Any]) -> bool:
    """Tell a row of group names from a title, which is one text however far it is merged."""
    return len({str(cell) for cell in cells if cell is not None}) > 1


def _columns(rows: list[list[Any]]) -> list[Column]:
    """Return the columns a heading of these rows gives: the lowest text of each, under the nearest text above."""
    columns, group = [], ""
    for index in range(max(map(len, rows), default=0)):
        texts = [str(row[index]) for row in rows if index < len(row) and row[index] is not None]
        top = rows[0][index] if index < len(rows[0]) else None
        if top is not None:
            group = str(top)
        if texts:
            lowest = texts[-1]
            above = group if len(rows) > 1 and names.comparable(group) != names.comparable(lowest) else ""
            columns.append(Column(index, heading(lowest), names.tidy(above)))
    return columns


def _data(sheet: Sheet, columns: list[Column], start: int) -> Iterator[Row]:
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        if not _is_furniture(cells) and not _is_heading(cells, columns):
            yield Row(number, cells)


def _is_furniture(cells: list[Any]) -> bool:
    """Say whether a row is blank, a total or a note: judged by the first texts, where clerks write such words."""
    filled = [cell for cell in cells if cell is not None]
    if not filled:
        return True
    first = [names.tidy(cell).lower() for cell in filled[:2] if isinstance(cell, str)]
    if any(_TOTAL.match(text) for text in first):
        return True
    return len(filled) <= 2 and bool(first) and bool(_NOTE.match(first[0]))


def _is_heading(cells: list[Any], columns: list[Column]) -> bool:
    repeated = [column for column in columns if column.index < len(cells) and cells[column.index] is not None]
    return len(repeated) > 1 and all(
        isinstance(cells[column.index], str) and heading(cells[column.index]).whole == column.heading.whole
        for column in repeated
    )
