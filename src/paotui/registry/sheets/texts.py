"""Text files as rows: UTF-8, UTF-16 or GB18030; separated by commas, tabs or semicolons."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from typing import Any

from django.utils.translation import gettext as _

from paotui.registry.errors import Invalid
from paotui.registry.sheets.refusing import wrong

SEPARATORS = (",", "\t", ";")
MAX_ROWS = 100_000
MAX_COLUMNS = 300
_LOOK_AT = 50


def rows(data: bytes, name: str) -> list[list[Any]]:
    """Return the rows of a text file, blank ones too, so that numbers are the clerk's; blank cells are None."""
    text = decode(data, name)
    separator, text = _separator(text)
    try:
        read = list(itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), MAX_ROWS + 1))
    except csv.Error as fault:
        raise _no_table(name) from fault
    if len(read) > MAX_ROWS or max(map(len, read), default=0) > MAX_COLUMNS:
        raise wrong(name, _("it has more than 100,000 rows or 300 columns"), _("Divide it into several files."))
    return [[cell if cell.strip() else None for cell in row] for row in read]


def decode(data: bytes, name: str) -> str:
    """Return the text of `data`: by its byte-order mark, else UTF-8, else GB18030 (which contains GBK and GB2312)."""
    encodings = ["utf-8", "gb18030"]
    if data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _no_table(name)


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the text without a `sep=;` line."""
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest
    return max(SEPARATORS, key=lambda separator: _fits(text, separator)), text


def _fits(text: str, separator: str) -> int:
    """Say how many cells of the first lines a separator explains: rows of the commonest width times that width."""
    try:
        head = itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _LOOK_AT)
        widths = [len(row) for row in head if row]
    except csv.Error:
        return 0
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def _no_table(name: str) -> Invalid:
    return wrong(name, _("it is neither a workbook nor a text table"), _("Save the table as .xlsx or .csv."))
