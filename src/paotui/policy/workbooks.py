"""Rows of a workbook's first sheet (.xlsx, .xls, .ods): calamine holds the sheet compactly, rows are made one by one.

What a file is, its content says, not its name. Of a .xlsx the reach of its cells is looked at before (`used_range`).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import python_calamine

from paotui import used_range

Row = list[Any]

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_048_576, 16_384, 50_000_000
"""What a sheet can have; cells count in the rectangle around all of them: 47 columns of the most rows."""
_DAMAGED = (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, ValueError, IndexError, EOFError)


class NoWorkbook(ValueError):
    """The file is no workbook, or damaged."""


class TooWide(ValueError):
    """Cells reach further than a sheet that can be held: the arguments are the last row and the number of columns."""


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet, empty ones too, as spreadsheets number them.

    Cells are int, float, bool, text, dates or times; None is empty, and so is an error such as #DIV/0!.
    Raises NoWorkbook, TooWide or OSError.
    """
    for row in _sheet(path).iter_rows():
        yield [None if cell == "" else cell for cell in row]


def _sheet(path: Path) -> python_calamine.CalamineSheet:
    with path.open("rb") as file:
        try:
            _check_reach(file)
            return python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        except TooWide:
            raise
        except _DAMAGED as fault:
            raise NoWorkbook(str(fault)) from fault
        except BaseException as fault:
            # The reader is written in Rust; where it stumbles over a crafted file its panic is no ordinary Exception.
            if type(fault).__name__ != "PanicException":
                raise
            raise NoWorkbook(str(fault)) from fault


def _check_reach(file: IO[bytes]) -> None:
    """Raise NoWorkbook for an empty file, TooWide for a .xlsx whose cells reach too far; rewinds the file."""
    if not file.read(1):
        raise NoWorkbook("empty")
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as book:
            for name in book.namelist():
                if used_range.is_sheet(name):
                    _check_sheet(book, name)
    file.seek(0)


def _check_sheet(book: zipfile.ZipFile, name: str) -> None:
    last = width = 0
    for piece in used_range.pieces(book, name):
        last, width = used_range.furthest(piece, last, width)
    if last > MOST_ROWS or width > MOST_COLUMNS or last * width > MOST_CELLS:
        raise TooWide(last, width)
