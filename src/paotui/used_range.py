"""How far the cells of a zipped workbook reach, found by unpacking piece by piece before a reader lays any of it out.

One cell in the last corner of a sheet has a reader lay out seventeen billion empty ones, which ends the process.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

_PIECE, _OVERLAP = 1 << 20, 64
# A cell with content; those that only carry a format close at once and take no room.
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,9})(\d{1,9})"[^<>]*(?<!/)>')


def is_sheet(name: str) -> bool:
    """Tell whether a file of the archive holds a sheet."""
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def pieces(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file of the archive piece by piece, each after the end of the one before: a tag may be cut in two."""
    with archive.open(name) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            yield tail + piece
            tail = piece[-_OVERLAP:]


def furthest(piece: bytes, rows: int = 0, columns: int = 0) -> tuple[int, int]:
    """Return the last row and column with a filled cell: of the piece, or those given where they are further."""
    for letters, row in _FILLED.findall(piece):
        rows, columns = max(rows, int(row)), max(columns, _column(letters))
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("@")
    return number
