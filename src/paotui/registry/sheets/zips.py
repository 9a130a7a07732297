"""Whether a zipped workbook can be opened without harm: its true size, and how far its cells reach.

A few kilobytes can unfold to gigabytes, and one cell in the last corner of a sheet makes a reader lay out sixteen
billion empty ones. Both are found by unpacking piece by piece, before anything is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from paotui.registry.sheets.refusing import wrong

MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_CELLS = 5_000_000
_PIECE = 1 << 20
_OVERLAP = 64
# A cell with content; those that only carry a format close at once and take no room.
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>')


def check(data: bytes, name: str) -> None:
    """Raise Invalid when the archive is no workbook, unfolds too far, or holds cells beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_kind(archive, name)
            _check_content(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise wrong(name, _("it is damaged"), _("Save it again in the spreadsheet program.")) from fault


def _check_kind(archive: zipfile.ZipFile, name: str) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise wrong(name, _("it is a Word document"), _("Copy its table into a spreadsheet and save that as .xlsx."))
    raise wrong(name, _("it is an archive, not an .xlsx workbook"), _("Save the table as .xlsx or .csv."))


def _check_content(archive: zipfile.ZipFile, name: str) -> None:
    unpacked = 0
    for entry in archive.infolist():
        is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
        rows = columns = 0
        for piece in _pieces(archive, entry):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                raise wrong(name, _("it unfolds to more than 300 MB"), _("Divide it into several files."))
            if is_sheet:
                rows, columns = _furthest(piece, rows, columns)
        _check_reach(name, rows, columns)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            yield tail + piece
            tail = piece[-_OVERLAP:]  # a cell's tag may be cut in two


def _furthest(piece: bytes, rows: int, columns: int) -> tuple[int, int]:
    for letters, row in _FILLED_CELL.findall(piece):
        rows = max(rows, int(row))
        columns = max(columns, _column(letters))
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_reach(name: str, rows: int, columns: int) -> None:
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    why = _("it reaches down to row %(rows)d and across %(columns)d columns") % {"rows": rows, "columns": columns}
    remedy = _("Delete the stray cells beyond the table, or divide it; 100,000 rows and 300 columns are the most.")
    raise wrong(name, why, remedy)
