"""Li–Lim text files: pick-up and delivery in pairs with time windows.

H. Li and A. Lim, International Journal on Artificial Intelligence Tools 12 (2003). Columns: task, x, y, demand, ready,
due, service, its pick-up, its delivery (0 = none). × 1000 and upwards, as for Solomon's files.
"""

from __future__ import annotations

import re

from paotui.planning.routes.formats import numerals, solomon
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.problem import Location, Objective, Planar, Problem, Shipment, Source, Stop

FIRST = re.compile(r"\s*\d+[ \t]+\d+[ \t]+\d+[ \t]*\n([ \t]*\S+){9}[ \t]*(\n|$)")
Row = solomon.Row


def recognises(text: str) -> bool:
    return bool(FIRST.match(text[:1000]))


def read(text: str, name: str) -> Problem:
    rows = [(number, fields) for number, line in enumerate(text.split("\n"), 1) if (fields := line.split())]
    head, tasks = rows[0], rows[1:]
    for row in tasks:
        _check_columns(row)
    count, capacity = (numerals.whole(field, "line 1") for field in head[1][:2])
    depot = tasks[0]
    hours = solomon.window(depot[1][4], depot[1][5], f"line {depot[0]}")
    locations = [_location(row) for row in tasks]
    _refuse_doubles(tasks)
    return Problem.model_construct(
        name=name,
        locations=locations,
        travel=Planar.model_construct(type="planar", rounding=solomon.ROUNDING),
        vehicles=[solomon.vehicle(locations[0].id, count, capacity, hours)],
        stops=[_stop(row) for row in tasks[1:]],
        shipments=_shipments(tasks[1:]),
        objective=Objective.model_construct(default_unserved_price=solomon.LAST_RESORT),
        source=Source(format="lilim", scale=solomon.SCALE, limit_vehicles=True),
    )


def _check_columns(row: Row) -> None:
    line, fields = row
    if len(fields) != 9:
        raise refused(
            f"line {line}",
            zh=f"此行有 {len(fields)} 列，应为 9 列。请改正",
            en=f"this line has {len(fields)} columns, and should have nine. Correct it",
        )


def _location(row: Row) -> Location:
    line, fields = row
    x, y = (numerals.number(text, f"line {line}") for text in fields[1:3])
    return Location.model_construct(id=str(numerals.whole(fields[0], f"line {line}")), x=x, y=y)


def _refuse_doubles(rows: list[Row]) -> None:
    seen: set[str] = set()
    for line, fields in rows:
        if fields[0] in seen:
            raise refused(
                f"line {line}",
                zh=f"任务 {fields[0]} 重复。请改正编号",
                en=f"task {fields[0]} is there twice. Renumber it",
            )
        seen.add(fields[0])


def _stop(row: Row) -> Stop:
    line, fields = row
    path, number = f"line {line}", str(int(fields[0]))
    return Stop.model_construct(
        id=number, location=number, windows=[solomon.window(fields[4], fields[5], path)],
        duration=int(numerals.not_negative(numerals.number(fields[6], path) * solomon.SCALE, path)),
    )  # fmt: skip


def _shipments(rows: list[Row]) -> list[Shipment]:
    tasks = {int(fields[0]): row for row in rows for fields in [row[1]]}
    found = []
    for line, fields in rows:
        partner = numerals.whole(fields[8], f"line {line}")
        if partner:
            found.append(_shipment(line, fields, partner, tasks))
        elif not numerals.whole(fields[7], f"line {line}"):
            raise refused(
                f"line {line}",
                zh=f"任务 {fields[0]} 既无取货点也无送货点。请补上",
                en=f"task {fields[0]} names neither its pick-up nor its delivery. Add it",
            )
    return found


def _shipment(line: int, fields: list[str], partner: int, tasks: dict[int, Row]) -> Shipment:
    path, mine = f"line {line}", int(fields[0])
    load = numerals.not_negative(numerals.whole(fields[3], path), path)
    theirs = tasks.get(partner)
    if theirs is None or numerals.whole(theirs[1][7], f"line {theirs[0]}") != mine:
        raise refused(
            path,
            zh=f"任务 {mine} 的送货点 {partner} 没有指回它。请改正",
            en=f"task {partner}, the delivery of task {mine}, does not name it as its pick-up. Correct either",
        )
    return Shipment.model_construct(id=str(mine), pickup=str(mine), delivery=str(partner), load={"load": int(load)})
