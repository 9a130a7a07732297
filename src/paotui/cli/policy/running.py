"""`paotui policy run`: a whole table answered in a stream."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.cli import language, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.cli.policy import files

if TYPE_CHECKING:
    from paotui.policy.running import Answered, Summary
    from paotui.worktime import LocalText

MOST_SENTENCES = 20


def add(group: Any) -> None:
    parser = subcommand.add(
        group,
        "run",
        help=_("Answer every row of a table (.xlsx, .csv, .parquet); rows that cannot be judged are named."),
        examples=[
            "paotui policy run refund-zhengzhou-emergency enterprises.csv --at 2020-03-01 --set fund_reserve=30",
            "paotui policy run severance claimants.xlsx --out answers.csv",
        ],
        run=run,
    )
    files.add_policy(parser)
    parser.add_argument("table", type=Path, metavar="TABLE")
    parser.add_argument(
        "--out", type=Path, metavar="OUT", help=_("write the answers there, one a row: .csv or .parquet")
    )
    parser.add_argument(
        "--figure",
        action="append",
        default=[],
        metavar="NAME",
        help=_("write this step of the working as well; again for several"),
    )
    files.add_day(parser)
    files.add_set(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from paotui.policy import running

    loaded = files.load(options.policy)
    day, shared = files.day(loaded, options), files.given(loaded, options.given)
    files.check_figures(loaded, options.figure)
    summary, told = running.Summary(), 0
    with _writer(options.out) as write:
        for one in running.run(
            loaded, options.table, day, version=options.version, shared=shared, figures=options.figure
        ):
            summary.add(one.found)
            for row, label, said in running.sentences(loaded, one, day, options.version, shared, MOST_SENTENCES - told):
                told += 1
                tell(row, label, said)
            write(one)
    refused = (summary.outcomes or {}).get("refused", 0)
    tell_more(refused - told)
    _show(summary, options.json)
    return 0


def tell(row: int, label: str, said: LocalText) -> None:
    """Say why a row cannot be judged."""
    named = f"{row} ({label})" if label else str(row)
    print(_("Row {row}: {why}").format(row=named, why=said.in_language(language.chosen())), file=sys.stderr)


def tell_more(count: int) -> None:
    """Say how many rows that cannot be judged have not been named."""
    if count > 0:
        print(_("… and {count} more rows that cannot be judged.").format(count=count), file=sys.stderr)


def outcome_words() -> dict[str, str]:
    """What the four answers are called on the terminal."""
    return {
        "qualifies": _("qualify"),
        "does_not": _("do not qualify"),
        "unknown": _("not known yet"),
        "refused": _("cannot be judged"),
    }


def _show(summary: Summary, as_json: bool) -> None:
    if as_json:
        reasons = [
            {"outcome": outcome, "reason": reason, "rows": number} for (outcome, reason), number in summary.in_order()
        ]
        subcommand.print_json(
            {"rows": summary.rows, **(summary.outcomes or {}), "total": summary.total, "reasons": reasons}
        )
        return
    words = outcome_words()
    print(_("Rows: {count}").format(count=summary.rows))
    for outcome, number in sorted((summary.outcomes or {}).items(), key=lambda one: list(words).index(one[0])):
        print(f"{words[outcome]}: {number}")
        for (of, reason), count in summary.in_order():
            if of == outcome:
                print(f"  {reason}: {count}")
    print(_("Sum: {total} yuan").format(total=f"{summary.total:,.2f}"))


@contextmanager
def _writer(path: Path | None) -> Iterator[Any]:
    """Give a function that writes the answers of a batch; one that does nothing without a path."""
    if path is None:
        yield lambda one: None
        return
    if path.suffix not in (".csv", ".parquet"):
        raise Fault(_("{name}: answers are written as .csv or .parquet.").format(name=path))
    import pyarrow.csv
    import pyarrow.parquet

    make = pyarrow.csv.CSVWriter if path.suffix == ".csv" else pyarrow.parquet.ParquetWriter
    writer: Any = None
    with path.open("wb") as sink:
        if path.suffix == ".csv":
            sink.write(b"\xef\xbb\xbf")  # spreadsheet programs take UTF-8 for UTF-8 by this

        def write(one: Answered) -> None:
            nonlocal writer
            table = _table(one)
            writer = writer or make(sink, table.schema)
            writer.write_table(table)

        yield write
        if writer is not None:
            writer.close()


def _table(one: Answered) -> Any:
    """Return the answers of a batch as an Arrow table: row, name, outcome, reason, amount, version, figures."""
    import numpy as np
    import pyarrow as pa

    found, size = one.found, one.batch.size
    taken = {
        "outcome": (np.asarray(found.outcome), ("does_not", "unknown", "qualifies", "refused")),
        "reason": (np.asarray(found.reason), found.codes),
        "version": (np.asarray(found.version) + 1, ("", *found.versions)),
    }
    labels = getattr(one.batch.label, "column", None)
    data = {
        "row": pa.array(np.arange(one.batch.first, one.batch.first + size)),
        "name": labels if labels is not None else pa.array([str(each) for each in one.batch.label], pa.string()),
    }
    for name, (numbers, words) in taken.items():
        data[name] = pa.array(list(words), pa.string()).take(pa.array(numbers))
    data["amount"] = _decimals(found.amount, 2, found.outcome == 2)
    for name, figure in found.figures.items():
        data[name] = _decimals(figure.values, figure.places, figure.known)
    return pa.table(data)


def _decimals(values: Any, places: int, known: Any) -> Any:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pa.array(np.asarray(values, dtype=np.int64), mask=~np.asarray(known)).cast(pa.decimal128(19, 0))
    unit = pa.scalar(Decimal(1).scaleb(-places), pa.decimal128(places + 1, places))
    return pc.multiply(whole, unit)
