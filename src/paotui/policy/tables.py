"""Tables of facts read in batches: .csv (UTF-8 or GBK), Parquet and .xlsx, columns matched by their headings.

Text and Parquet are streamed in constant memory; the sheet of a workbook is held compactly by its reader, and its rows
are evaluated in batches. A cell that cannot be read sets its row aside with a sentence; it is never dropped.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from paotui.policy import cells, columns, workbooks
from paotui.policy.columns import AnyColumn, Column
from paotui.policy.refusals import FactsError
from paotui.policy.schema import Fact, Policy
from paotui.worktime import LocalText

BATCH = 65_536
LOOK_FOR_HEADING = 10
MOST_SENTENCES = 200
"""Sentences kept of one batch; rows beyond are refused all the same, and counted."""


class TableError(ValueError):
    """A file that cannot be read as a table of facts; `text` says why and what to do."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = LocalText(zh, en)


@dataclass(slots=True)
class Batch:
    """Some rows: columns of facts, the number of the first row as the clerk sees it, rows set aside and why."""

    first: int
    size: int
    columns: dict[str, AnyColumn]
    label: list[str]
    unreadable: dict[int, LocalText] = field(default_factory=dict)
    bad: np.ndarray | None = None


def read(path: Path, policy: Policy, batch: int = BATCH) -> Iterator[Batch]:
    """Yield the rows of a table in batches; raises TableError or OSError."""
    ending = path.suffix.lower()
    if ending == ".csv" or ending in (".txt", ".tsv"):
        return _csv(path, policy, batch)
    if ending in (".parquet", ".pq"):
        return _parquet(path, policy, batch)
    if ending in (".xlsx", ".xls", ".ods"):
        return _workbook(path, policy, batch)
    raise TableError(
        zh=f"{path.name} 不是 .xlsx、.csv 或 .parquet。请另存为其中一种。",
        en=f"{path.name} is no .xlsx, .csv or .parquet. Save it as one of them.",
    )


def headings(policy: Policy) -> dict[str, Fact]:
    """Return the facts by every heading that means them."""
    found: dict[str, Fact] = {}
    for fact in policy.facts:
        for name in (fact.name, fact.label.zh, fact.label.en, *fact.headings):
            found.setdefault(_comparable(name), fact)
    return found


def _comparable(text: Any) -> str:
    plain = "".join(str(text).split()).lower()
    for left, right in (("（", "）"), ("(", ")")):
        if plain.endswith(right) and left in plain[1:]:
            plain = plain[: plain.rindex(left)]  # 缴费人数（人）
    return plain


def _find_heading(rows: Sequence[Sequence[Any]], policy: Policy, name: str) -> tuple[int, dict[int, Fact]]:
    """Return (number of the heading's row, fact of each column); raises TableError when nothing is recognised."""
    known = headings(policy)
    best = 0
    where: dict[int, Fact] = {}
    for number, row in enumerate(rows[:LOOK_FOR_HEADING]):
        found: dict[int, Fact] = {}
        for place, cell in enumerate(row):
            fact = known.get(_comparable(cell)) if cell is not None else None
            if fact is not None and fact not in found.values():
                found[place] = fact
        if len(found) > len(where):
            best, where = number, found
    if not where:
        wanted = [one.label for one in policy.facts[:6]]
        raise TableError(
            zh=f"{name} 的表头里没有本政策用到的栏目，例如：{'、'.join(one.zh for one in wanted)}。请核对表头。",
            en=f"no column of {name} has a heading this policy knows, such as "
            f"{', '.join(one.in_language('en') for one in wanted)}. Check the headings.",
        )
    return best, where


def _label_column(width: int, where: dict[int, Fact]) -> int | None:
    """Return the first column that is no fact: names of enterprises usually stand there."""
    return next((place for place in range(width) if place not in where), None)


def _csv(path: Path, policy: Policy, batch: int) -> Iterator[Batch]:
    with path.open("rb") as file:
        start = file.read(1 << 18)
    encoding = _encoding(start, path.name)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start)
    separator = max(",\t;", key=lambda one: text[:4096].count(one))
    rows = list(_first_rows(text, separator))
    heading, where = _find_heading(rows, policy, path.name)
    width = len(rows[heading])
    names = [f"c{place}" for place in range(width)]
    strange: list[int] = []

    def on_strange(row: Any) -> str:
        strange.append(row.actual_columns)
        return "skip"

    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(
            column_names=names, skip_rows=heading + 1, encoding=encoding, block_size=1 << 22
        ),
        parse_options=pa_csv.ParseOptions(delimiter=separator, invalid_row_handler=on_strange, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    label = _label_column(width, where)
    number = heading + 2
    try:
        for one in reader:
            if strange:
                raise TableError(
                    zh=f"{path.name} 第 {number} 行之后有一行是 {strange[0]} 栏，表头是 "
                    f"{width} 栏。请用表格软件打开，改正后另存。",
                    en=f"a row of {path.name} from row {number} on has {strange[0]} "
                    f"columns, the heading {width}. Open it in "
                    "the spreadsheet program, correct it and save it again.",
                )
            for at in range(0, one.num_rows, batch):
                part = one.slice(at, batch)
                yield _arrow(part, where, number, label)
                number += part.num_rows
    except (pa.ArrowInvalid, UnicodeDecodeError) as fault:
        raise TableError(
            zh=f"{path.name} 第 {number} 行之后读不下去（{fault}）。请用表格软件打开，另存为 .xlsx。",
            en=f"{path.name} cannot be read beyond row {number} ({fault}). Open it in the spreadsheet program "
            "and save it as .xlsx.",
        ) from None
    if strange:
        raise TableError(
            zh=f"{path.name} 有的行是 {strange[0]} 栏，表头是 {width} 栏。请改正后再来。",
            en=f"a row of {path.name} has {strange[0]} columns, the heading {width}. Correct it.",
        )


def _first_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for _number in range(LOOK_FOR_HEADING):
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def _encoding(start: bytes, name: str) -> str:
    """Return the encoding of a text: by its byte-order mark, else UTF-8, else GB18030 (which contains GBK)."""
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
        return encoding
    raise TableError(
        zh=f"{name} 既不是 UTF-8 也不是 GBK 文本。请另存为 .xlsx。",
        en=f"{name} is neither UTF-8 nor GBK text. Save it as .xlsx.",
    )


def _parquet(path: Path, policy: Policy, batch: int) -> Iterator[Batch]:
    path.open("rb").close()  # a directory, or a file that may not be read, is said in the system's words
    try:
        file = pq.ParquetFile(path, pre_buffer=False)  # buffers of groups already read would be kept
    except pa.ArrowInvalid:
        raise TableError(
            zh=f"{path.name} 不是 Parquet 文件，或已损坏。请重新导出，或另存为 .csv。",
            en=f"{path.name} is no Parquet file, or damaged. Export it again, or save it as .csv.",
        ) from None
    names = file.schema_arrow.names
    _row, where = _find_heading([names], policy, path.name)
    label = _label_column(len(names), where)
    wanted = [*where, *([label] if label is not None else [])]
    number = 1
    for one in file.iter_batches(batch_size=batch, columns=[names[place] for place in wanted]):
        order = {place: fact for place, fact in ((at, where.get(old)) for at, old in enumerate(wanted)) if fact}
        yield _arrow(one, order, number, len(wanted) - 1 if label is not None else None)
        number += one.num_rows


def _workbook(path: Path, policy: Policy, batch: int) -> Iterator[Batch]:
    rows = workbooks.rows(path)
    try:
        start = list(itertools.islice(rows, LOOK_FOR_HEADING))
        heading, where = _find_heading(start, policy, path.name)
        label = _label_column(max(map(len, start)), where)
        number = heading + 2
        data = _filled(itertools.chain(start[heading + 1 :], rows))
        while part := list(itertools.islice(data, batch)):
            yield _rows(part, where, number, label)
            number += len(part)
    except workbooks.TooWide as fault:
        last, width = fault.args
        raise TableError(
            zh=f"{path.name} 的单元格一直到第 {last} 行、共 {width} 栏。请删去表格以外的单元格，或另存为 .csv。",
            en=f"the cells of {path.name} reach down to row {last} and across {width} columns. Delete the stray ones "
            "beyond the table, or save it as .csv.",
        ) from None
    except workbooks.NoWorkbook:
        raise TableError(
            zh=f"{path.name} 已损坏、有密码，或不是工作簿。请用表格软件打开后另存为 .xlsx。",
            en=f"{path.name} is damaged, locked, or no workbook. Open it in the spreadsheet program "
            "and save it as .xlsx.",
        ) from None


def _filled(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Yield rows up to the last that holds something: formatted empty ones below a table are none of it."""
    empty: list[list[Any]] = []
    for row in rows:
        if all(cell is None for cell in row):
            empty.append(row)
            continue
        yield from empty
        empty.clear()
        yield row


def _rows(part: list[list[Any]], where: dict[int, Fact], number: int, label: int | None) -> Batch:
    names = ["" if label is None else str(_at(row, label) or "") for row in part]
    found = Batch(number, len(part), {}, names)
    for place, fact in where.items():
        found.columns[fact.name] = _cells(fact, [_at(row, place) for row in part], found)
    return found


def _at(row: list[Any], place: int) -> Any:
    return row[place] if place < len(row) else None


def _arrow(part: Any, where: dict[int, Fact], number: int, label: int | None) -> Batch:
    names = [""] * part.num_rows if label is None else _Names(part.column(label))
    found = Batch(number, part.num_rows, {}, names)  # type: ignore[arg-type]
    for place, fact in where.items():
        found.columns[fact.name] = _column(fact, part.column(place), found)
    return found


class _Names(Sequence[str]):
    """The labels of rows, looked at only when somebody asks."""

    def __init__(self, column: Any) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, row: Any) -> Any:
        return str(self._column[int(row)].as_py() or "")


def _column(fact: Fact, array: Any, batch: Batch) -> AnyColumn:
    """Return an Arrow array as the column of a fact: at once where its type fits, value by value otherwise."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if fact.type in ("integer", "money", "decimal") and (fast := _numbers(fact, array)) is not None:
        return fast
    if fact.type == "boolean" and pa.types.is_boolean(array.type):
        return _of_arrow(array.cast(pa.int8()), bool)
    if fact.type in ("series", "periods") or pa.types.is_nested(array.type):
        return _cells(fact, array.to_pylist(), batch)
    encoded = array.dictionary_encode()
    known = encoded.indices.is_valid().to_numpy(zero_copy_only=False)
    indices = np.where(known, encoded.indices.fill_null(0).to_numpy(zero_copy_only=False), 0)
    return _of_uniques(fact, encoded.dictionary.to_pylist(), indices, known, batch)


def _numbers(fact: Fact, array: Any) -> Column | None:
    """Return numbers scaled to whole ones, None where they have to be looked at one by one."""
    places = fact.kept_places
    try:
        if pa.types.is_integer(array.type):
            values = array.cast(pa.int64())
            return _of_arrow(values if not places else pc.multiply_checked(values, 10**places), np.int64)
        if pa.types.is_floating(array.type):
            return None
        if pa.types.is_string(array.type):
            blank = pc.equal(array, "")
            array = pc.if_else(blank, pa.scalar(None, pa.string()), array) if pc.any(blank).as_py() else array
            if not places:
                return _of_arrow(array.cast(pa.int64()), np.int64)
        exact = array.cast(pa.decimal128(20, places))  # 20 + 8 digits and a carry stay within the 38 there are
        scaled = pc.multiply(exact, pa.scalar(Decimal(10**places), pa.decimal128(8, 0))) if places else exact
        return _of_arrow(scaled.cast(pa.int64()), np.int64)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _of_arrow(array: Any, kind: Any) -> Column:
    known = None if not array.null_count else array.is_valid().to_numpy(zero_copy_only=False)
    values = (array.fill_null(0) if array.null_count else array).to_numpy(zero_copy_only=False)
    return Column(np.asarray(values, dtype=kind), known)


def _of_uniques(fact: Fact, uniques: list[Any], indices: Any, given: Any, batch: Batch) -> AnyColumn:
    """Read every different cell once, and set aside the rows of those that cannot be read."""
    values: list[Any] = []
    faults: dict[int, LocalText] = {}
    for number, one in enumerate(uniques):
        try:
            values.append(cells.read(fact, one))
        except FactsError as error:
            faults[number] = error.refusals[0].text
            values.append(None)
    if faults:
        _set_aside(batch, np.logical_and(given, np.isin(indices, list(faults))), indices, faults)
    column = columns.of_values(fact, values or [None])
    assert isinstance(column, Column)
    known = given if column.known is None else np.logical_and(given, column.known[indices])
    return Column(column.values[indices], None if known.all() else known)


def _set_aside(batch: Batch, rows: Any, indices: Any, faults: dict[int, LocalText]) -> None:
    batch.bad = rows if batch.bad is None else np.logical_or(batch.bad, rows)
    for row in np.flatnonzero(rows)[:MOST_SENTENCES]:
        batch.unreadable.setdefault(int(row), faults[int(indices[row])])


def _cells(fact: Fact, many: list[Any], batch: Batch) -> AnyColumn:
    values, rows = [], np.zeros(len(many), bool)
    for row, cell in enumerate(many):
        try:
            values.append(cells.read(fact, cell))
        except FactsError as error:
            values.append(None)
            rows[row] = True
            if len(batch.unreadable) < MOST_SENTENCES:
                batch.unreadable.setdefault(row, error.refusals[0].text)
    if rows.any():
        batch.bad = rows if batch.bad is None else np.logical_or(batch.bad, rows)
    return columns.of_values(fact, values)
