"""`paotui policy diff`: who gains and who loses between two versions or two days."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.cli import subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.cli.policy import files
from paotui.cli.policy.running import MOST_SENTENCES, outcome_words, tell, tell_more

if TYPE_CHECKING:
    from paotui.policy.comparing import Comparison, Side
    from paotui.policy.loader import Loaded
    from paotui.policy.tables import Batch

MOST_ROWS = 10


def add(group: Any) -> None:
    parser = subcommand.add(
        group,
        "diff",
        help=_("Say who gains and who loses on a roster between two versions, or between two days."),
        examples=[
            "paotui policy diff refund-zhengzhou enterprises.csv 2023 2025 --set fund_reserve=30",
            "paotui policy diff refund-national enterprises.csv 2022-05-30 2022-05-31 --json",
        ],
        run=run,
    )
    files.add_policy(parser)
    parser.add_argument("table", type=Path, metavar="TABLE")
    parser.add_argument("before", metavar="BEFORE", help=_("a version, or a day such as 2022-05-30"))
    parser.add_argument("after", metavar="AFTER", help=_("a version, or a day"))
    files.add_set(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from paotui.policy import bulk, comparing, tables

    loaded = files.load(options.policy)
    shared = files.given(loaded, options.given)
    before, after = _side(loaded, options.before), _side(loaded, options.after)
    for side in (before, after):
        files.check_day(loaded, side.day, side.version)
    found, rows, aside, told = comparing.Comparison(), [], 0, 0
    for batch in tables.read(options.table, loaded.policy):
        kept = {name: one for name, one in batch.columns.items() if name != loaded.policy.dated_by}
        if batch.bad is not None:
            import numpy as np

            kept = {name: one.part(np.flatnonzero(~batch.bad)) for name, one in kept.items()}
            aside += int(batch.bad.sum())
            told += _tell(batch, MOST_SENTENCES - told)
        sides = [
            bulk.assess_table(loaded, kept, side.day, version=side.version, shared={**shared, **_dated(loaded, side)})
            for side in (before, after)
        ]
        difference = found.add(*sides)
        rows += _largest(batch, difference)
    tell_more(aside - told)
    rows = sorted(rows, key=lambda one: -abs(one["difference"]))[:MOST_ROWS]
    _show(found, rows, options.json)
    return 0


def _tell(batch: Batch, most: int) -> int:
    """Say why rows are left out of the comparison, of no more than `most`; returns of how many."""
    named = sorted(batch.unreadable.items())[:most]
    for row, said in named:
        tell(batch.first + row, batch.label[row], said)
    return len(named)


def _dated(loaded: Loaded, side: Side) -> dict[str, Any]:
    return {loaded.policy.dated_by: side.day} if loaded.policy.dated_by else {}


def _side(loaded: Loaded, word: str) -> Side:
    from paotui.policy.comparing import Side

    for version in loaded.policy.versions:
        if version.version == word:
            return Side(version.from_, word)
    try:
        return Side(dt.date.fromisoformat(word))
    except ValueError:
        known = ", ".join(one.version for one in loaded.policy.versions)
        raise Fault(
            _("{word} is neither a version ({known}) nor a day such as 2022-05-30.").format(word=word, known=known)
        ) from None


def _largest(batch: Any, difference: Any) -> list[dict[str, Any]]:
    from decimal import Decimal

    import numpy as np

    rows = np.arange(batch.size) if batch.bad is None else np.flatnonzero(~batch.bad)
    order = np.argsort(-np.abs(difference))[:MOST_ROWS]
    return [
        {
            "row": batch.first + int(rows[at]),
            "name": batch.label[int(rows[at])],
            "difference": Decimal(int(difference[at])).scaleb(-2),
        }
        for at in order
        if difference[at]
    ]


def _show(found: Comparison, rows: list[dict[str, Any]], as_json: bool) -> None:
    moves = sorted((found.moves or {}).items(), key=lambda one: -one[1])
    if as_json:
        subcommand.print_json(
            {
                "rows": found.rows,
                "gain": found.gain,
                "lose": found.lose,
                "gained": found.gained,
                "lost": found.lost,
                "before": found.before,
                "after": found.after,
                "moves": [{"before": before, "after": after, "rows": number} for (before, after), number in moves],
                "largest": rows,
            }
        )
        return
    print(_("Rows: {count}").format(count=found.rows))
    print(_("Gain: {count} ({sum} yuan)").format(count=found.gain, sum=f"{found.gained:,.2f}"))
    print(_("Lose: {count} ({sum} yuan)").format(count=found.lose, sum=f"{found.lost:,.2f}"))
    print(_("Sum before: {before}; after: {after}").format(before=f"{found.before:,.2f}", after=f"{found.after:,.2f}"))
    words = outcome_words()
    for (before, after), number in moves:
        print(f"  {words[before]} → {words[after]}: {number}")
    for one in rows:
        print(f"  {one['row']} {one['name']}: {one['difference']:+,.2f}")
