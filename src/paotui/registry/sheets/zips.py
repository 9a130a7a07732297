"""Whether a zipped workbook can be opened without harm: its true size, and how far its cells reach.

A few kilobytes can unfold to gigabytes, and a stray cell makes a reader lay out billions of empty ones (`used_range`).
Both are found by unpacking piece by piece, before anything is kept.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from paotui import used_range
from paotui.registry.sheets.refusing import wrong

MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_CELLS = 5_000_000


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
        is_sheet = used_range.is_sheet(entry.filename)
        rows = columns = 0
        for piece in used_range.pieces(archive, entry):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                raise wrong(name, _("it unfolds to more than 300 MB"), _("Divide it into several files."))
            if is_sheet:
                rows, columns = used_range.furthest(piece, rows, columns)
        _check_reach(name, rows, columns)


def _check_reach(name: str, rows: int, columns: int) -> None:
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    why = _("it reaches down to row %(rows)d and across %(columns)d columns") % {"rows": rows, "columns": columns}
    remedy = _("Delete the stray cells beyond the table, or divide it; 100,000 rows and 300 columns are the most.")
    raise wrong(name, why, remedy)
