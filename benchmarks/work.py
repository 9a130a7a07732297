"""Measures the work room: ratios in one run, never times against a clock on the wall.

    python benchmarks/work.py                                   both databases, 100,000 and 1,000,000 work orders
    python benchmarks/work.py --database sqlite --sizes 100000  a quick look
    python benchmarks/work.py --parts case                      the case engines only

The peers come from requirements/bench.txt. What is asked for: a launch takes at most 1.5 times a bare bulk insert of
the same rows and 512 MB; pages differ by at most 1.2 between the sizes, with the same number of queries; a case of
five steps is faster than with the peers.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import district
import engines
import launching
import pages
import place

PARTS = ("launch", "pages", "case")


def main() -> int:
    options = _options()
    if options.measure:
        _measure(options)
        return 0
    for database in options.database or ["sqlite", "postgresql"]:
        with place.server(database) as where:
            _report(where, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", action="append", help="sqlite, postgresql (a server of its own), or a URL")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], metavar="N")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--repeat", type=int, default=1, help="times a launch is measured; the best counts")
    parser.add_argument("--cases", type=int, default=300, help="cases for the engines")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the engines; the best of each counts")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--source", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> None:
    """Do one measurement; this process was started for it alone."""
    place.setup(options.database[0])
    part, size = options.measure, options.size
    if part == "prepare":
        place.migrate()
        district.prepare(size // district.MEASURES)
        place.say()
    elif part == "launch":
        launching.measure_launch(size)
    elif part == "bare":
        launching.measure_bare(options.source)
    elif part == "pages":
        pages.measure(size)
    else:
        engines.measure(part, size)


def _report(where: place.SQLite | place.PostgreSQL, options: argparse.Namespace) -> None:
    print(f"\n{where.name}", flush=True)
    if {"launch", "pages"} & set(options.parts):
        found = {size: launching.compare(where, size, options.repeat) for size in options.sizes}
        _print_launches(found)
        if "pages" in options.parts:
            _print_pages(
                {size: place.measured("pages", where.url(f"launched_{size}"), size=size)["pages"] for size in found}
            )
        for size in found:
            where.drop(f"launched_{size}")
    if "case" in options.parts:
        _print_engines(engines.compare(where, options.cases, options.rounds))


def _print_launches(found: dict[int, dict[str, Any]]) -> None:
    rows = [
        [
            f"{size:,}",
            f"{one['rows']:,}",
            *(f"{one[f'{who}_seconds']:.2f} / {one[f'{who}_processor']:.2f}" for who in ("ours", "bare")),
            *(f"{one[f'ours_{unit}'] / one[f'bare_{unit}']:.2f}" for unit in launching.UNITS),
            f"{one['peak_mb']:.0f}",
        ]
        for size, one in found.items()
    ]
    heads = ["launch of", "rows", "launch s / cpu s", "bare s / cpu s", "ratio (≤ 1.5)", "cpu ratio", "peak MB (≤ 512)"]
    _table(heads, rows)


def _print_pages(found: dict[int, dict[str, dict[str, float]]]) -> None:
    sizes = sorted(found)
    first, last = found[sizes[0]], found[sizes[-1]]
    rows = [
        [name, *(f"{found[size][name]['ms']:.2f}" for size in sizes),
         f"{last[name]['ms'] / first[name]['ms']:.2f}",
         " / ".join(f"{found[size][name]['queries']:.0f}" for size in sizes)]
        for name in first
    ]  # fmt: skip
    _table(["page", *(f"ms at {size:,}" for size in sizes), "ratio (≤ 1.2)", "queries"], rows)


def _print_engines(found: dict[str, dict[str, float]]) -> None:
    steps, together = list(found.values())[:2]
    rows = [
        [
            name,
            f"{1000 / one['seconds']:.0f}",
            f"{one['seconds']:.2f} / {one['processor']:.2f}",
            *(f"{one[unit] / ours[unit]:.2f}" for ours in (steps, together) for unit in engines.UNITS),
        ]
        for name, one in found.items()
    ]
    heads = ["case of five steps", "cases per s", "ms / cpu ms", "to step by step", "by cpu", "to one call", "by cpu"]
    _table(heads, rows)


def _table(heads: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, *rows]:
        cells = [cell.ljust(widths[0]) if not place else cell.rjust(widths[place]) for place, cell in enumerate(row)]
        print("  " + "  ".join(cells))
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
