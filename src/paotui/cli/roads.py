"""`paotui plan matrix`: travel on the roads of an OpenStreetMap extract."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from paotui.cli import language, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.cli.plan_files import check_writable, made, read, write


def add(group: Any) -> None:
    parser = subcommand.add(
        group,
        "matrix",
        help=_("Put a routing problem, or a list of places, on the roads of an OpenStreetMap extract."),
        examples=[
            "paotui plan matrix district.osm.pbf problem.json --out problem-roads.json",
            "paotui plan matrix district.osm.pbf places.csv --out problem-roads.json",
        ],
        run=matrix,
    )
    parser.add_argument("extract", type=Path, metavar="EXTRACT", help=_("an .osm.pbf or .osm file"))
    parser.add_argument("places", type=Path, metavar="PLACES",
                        help=_("a problem, or a CSV file with the columns id, lat, lon (WGS-84)"))  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help=_("keep what was worked out here"))


def matrix(options: argparse.Namespace) -> int:
    from paotui.planning.roads import Roads
    from paotui.planning.roads.problems import on_roads

    check_writable(options.out, options.extract, options.places)
    options.extract.open("rb").close()  # says what is wrong with the path, before anything is worked out
    problem = _problem(options.places)
    roads = read(options.extract, lambda data: Roads.read(data, cache=options.cache))
    found = made(options.places, b"", lambda _data: on_roads(problem, roads))
    for one in found.unreachable:
        print(one.in_language(language.chosen()), file=sys.stderr)
    tree = found.problem.model_dump(mode="json", exclude_defaults=True)
    tree = {"kind": "routes", **tree, "travel": found.problem.travel.model_dump(mode="json")}
    write(options.out, json.dumps(tree, ensure_ascii=False) + "\n")
    return 0


def _problem(path: Path) -> Any:
    from paotui.planning import reading
    from paotui.planning.routes.problem import Problem

    if path.suffix.lower() != ".csv":
        return read(path, lambda data: reading.read(Problem, data))
    rows = list(csv.DictReader(io.StringIO(_text(path.read_bytes(), path))))
    if not rows or not {"id", "lat", "lon"} <= rows[0].keys():
        raise Fault(_("{path}: no rows with the columns id, lat, lon.").format(path=path))
    places = [
        {"id": row["id"] or "", "name": row.get("name") or "", **{key: _degrees(row[key], number, key, path)
                                                                  for key in ("lat", "lon")}}
        for number, row in enumerate(rows, 2)
    ]  # fmt: skip
    return read(path, lambda _data: reading.validate(Problem, {"locations": places}))


def _degrees(text: str | None, row: int, column: str, path: Path) -> float:
    try:
        return float(text or "")
    except ValueError:
        told = _("{path}: row {row}: {column} is a number of degrees, not '{text}'.")
        raise Fault(told.format(path=path, row=row, column=column, text=text or "")) from None


def _text(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault(_("{path}: the text is neither UTF-8 nor GB 18030.").format(path=path))
