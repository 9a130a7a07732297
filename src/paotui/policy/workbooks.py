"""Rows of a workbook's first sheet, one after the other: .xlsx in a stream, .xls and .ods read whole.

An .xlsx (ECMA-376) is a zip of XML: the sheet is parsed as it is unpacked and no row is kept. What is kept is the table
of different texts, since any row may point to any of them. What a file is, its content says, not its name.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree as ET  # expat limits entities; a sheet is data of the user

Row = list[Any]

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, ET.ParseError, LookupError, ValueError, ArithmeticError, EOFError, StopIteration,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What unpacking and parsing raise for a file that is broken, or locked with a password."""


class NoWorkbook(ValueError):
    """The file is no workbook, or damaged."""


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet, empty ones too, as spreadsheets number them; raises NoWorkbook or OSError.

    Cells are float, bool, text or dt.date (times of day are dropped: no fact has one); None is empty.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise NoWorkbook("empty")
        if not _is_xlsx(file):
            yield from _whole(file)
            return
        try:
            with zipfile.ZipFile(file) as book:
                yield from _Sheet(book).rows()
        except _DAMAGED as fault:
            raise NoWorkbook(str(fault)) from fault


def _is_xlsx(file: IO[bytes]) -> bool:
    """Tell whether a file is a zip with a workbook in XML."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as book:
            return "xl/workbook.xml" in book.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)


def _whole(file: IO[bytes]) -> Iterator[Row]:
    import python_calamine

    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        found = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, IndexError) as fault:
        raise NoWorkbook(str(fault)) from fault
    for row in found:
        yield [None if cell == "" else cell for cell in row]


class _Sheet:
    """The first sheet of a workbook, with the texts and the date formats its cells point to."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book = book
        root = self._root("xl/workbook.xml")
        self.path = self._path(root)
        properties = _first(root, "workbookPr")
        in_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.epoch = dt.date(1904, 1, 1) if in_1904 else dt.date(1899, 12, 30)
        self.texts = list(self._texts())
        self.dates = self._dates()

    def _root(self, name: str) -> ET.Element:
        with self.book.open(name) as part:
            return ET.parse(part).getroot()  # noqa: S314

    def _path(self, root: ET.Element) -> str:
        sheet = next(one for one in root.iter() if _local(one.tag) == "sheet")
        link = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
        for one in self._root("xl/_rels/workbook.xml.rels"):
            if one.get("Id") == link:
                target = one.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        raise NoWorkbook("the first sheet is not in the file")

    def _texts(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" not in self.book.namelist():
            return
        with self.book.open("xl/sharedStrings.xml") as part:
            for one in _ended(part, "si"):
                yield _text(one)

    def _dates(self) -> set[str]:
        """Return the numbers of the cell styles that show a date."""
        if "xl/styles.xml" not in self.book.namelist():
            return set()
        root = self._root("xl/styles.xml")
        own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if _local(one.tag) == "numFmt"}
        dated = {number for number, code in own.items() if re.search("[ymdhs]", _QUOTED.sub("", code).lower())}
        dated |= {str(number) for number in _DATE_FORMATS if str(number) not in own}
        styles = _first(root, "cellXfs")
        return {str(at) for at, one in enumerate(styles if styles is not None else ()) if one.get("numFmtId") in dated}

    def rows(self) -> Iterator[Row]:
        last = 0
        with self.book.open(self.path) as part:
            for one in _ended(part, "row"):
                number = int(one.get("r") or last + 1)
                if not last < number <= MOST_ROWS:
                    raise NoWorkbook(f"row {number} after row {last}")
                for _empty in range(last + 1, number):
                    yield []
                last = number
                yield self._row(one)

    def _row(self, row: ET.Element) -> Row:
        found: Row = []
        for cell in row:
            place = _column(cell.get("r"), len(found))
            if place > len(found):
                found += [None] * (place - len(found))
            found.append(self._cell(cell))
        return found

    def _cell(self, cell: ET.Element) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell) or None
        text = next((one.text for one in cell if one.tag.endswith("}v")), None)
        if text is None:
            return None
        if kind == "n" and cell.get("s") in self.dates:
            return self._day(float(text))
        return _READ[kind](self, text) or None if kind in ("s", "str") else _READ[kind](self, text)

    def _day(self, number: float) -> dt.date | float:
        try:
            return self.epoch + dt.timedelta(days=int(number))
        except OverflowError:
            return number


_READ: dict[str, Callable[[_Sheet, str], Any]] = {
    "n": lambda sheet, text: float(text),
    "s": lambda sheet, text: sheet.texts[int(text)],
    "str": lambda sheet, text: text,
    "b": lambda sheet, text: text.strip() == "1",
    "e": lambda sheet, text: text,
    "d": lambda sheet, text: dt.date.fromisoformat(text[:10]),
}


def _column(place: str | None, following: int) -> int:
    """Return the number of a column, A being 0; `following` where the cell does not say."""
    if place is None:
        return following
    found = _PLACE.match(place)
    if found is None:
        raise NoWorkbook(f"a cell at {place}")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    if not following < number <= MOST_COLUMNS:
        raise NoWorkbook(f"a cell at {place}")
    return number - 1


def _ended(part: IO[bytes], tag: str) -> Iterator[ET.Element]:
    """Yield the elements called `tag` as each ends, and forget them."""
    parents: list[ET.Element] = []
    for event, one in ET.iterparse(part, ("start", "end")):  # noqa: S314
        if event == "start":
            parents.append(one)
            continue
        parents.pop()
        if _local(one.tag) == tag:
            yield one
            one.clear()
            if parents:
                parents[-1].remove(one)


def _text(one: ET.Element) -> str:
    """Return the text of an element, its runs one after the other, without what only says how to pronounce it."""
    parts = []
    for child in one:
        name = _local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("r", "is"):
            parts.append(_text(child))
    return "".join(parts)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _first(root: ET.Element, name: str) -> ET.Element | None:
    return next((one for one in root.iter() if _local(one.tag) == name), None)
