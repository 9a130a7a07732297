"""Solomon and Gehring–Homberger text files: one depot, one kind of vehicle, one window a customer.

M. M. Solomon, Operations Research 35 (1987); H. Gehring and J. Homberger, EUROGEN 1999. Distances and times are real
numbers there; × 1000 and upwards, so that a plan that is feasible here is feasible with real numbers.
"""

from __future__ import annotations

from decimal import Decimal

from paotui.planning.reading import validate
from paotui.planning.routes.formats import numerals
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.problem import Location, Objective, Planar, Problem, Shift, Source, Stop, Vehicle

ROUNDING: numerals.Rounding = "ceil"
SCALE = numerals.SCALES[ROUNDING]
LAST_RESORT = Decimal(1_000_000_000)
Row = tuple[int, list[str]]
"""A line number, counted from 1, and its fields."""


def recognises(text: str) -> bool:
    head = text[:2000].upper()
    return "VEHICLE" in head and "CUST" in head and "CAPACITY" in head and "SECTION" not in head


def read(text: str, name: str) -> Problem:
    lines = text.split("\n")
    count, capacity = _fleet(_rows(lines, after="VEHICLE"))
    customers = _rows(lines, after="CUST")
    if not customers:
        raise refused("CUSTOMER", zh="文件中没有客户。请补上", en="the file has no customers. Add them")
    locations = [_location(row) for row in customers]
    stops = [_stop(row) for row in customers[1:]]
    _refuse_doubles(customers)
    return Problem.model_construct(
        name=lines[0].strip() or name,
        locations=locations,
        travel=Planar.model_construct(type="planar", rounding=ROUNDING),
        vehicles=[vehicle(locations[0].id, count, capacity, _window(customers[0]))],
        stops=stops,
        objective=Objective.model_construct(default_unserved_price=LAST_RESORT),
        source=Source(format="solomon", scale=SCALE, limit_vehicles=True),
    )


def vehicle(depot: str, count: int, capacity: int, hours: tuple[int, int]) -> Vehicle:
    """The fleet of a text file: `count` alike, a unit of distance costs one."""
    shift = Shift(earliest=hours[0], latest=hours[1])
    facts = {"id": "vehicle", "count": count, "start": depot, "capacities": {"load": capacity}, "per_km": 1000}
    return validate(Vehicle, {**facts, "shift": shift})


def window(ready: str, due: str, path: str) -> tuple[int, int]:
    """The scaled window; a reversed one is refused."""
    first, last = (numerals.not_negative(numerals.number(text, path) * SCALE, path) for text in (ready, due))
    if first > last:
        raise refused(
            path,
            zh=f"时间窗 {ready}–{due} 前后颠倒。请对调",
            en=f"the window {ready}–{due} is reversed. Swap its ends",
        )
    return int(first), int(last)


def _rows(lines: list[str], *, after: str) -> list[Row]:
    """Lines of numbers behind the heading `after`, up to the next heading."""
    found: list[Row] = []
    started = False
    for number, line in enumerate(lines, 1):
        fields = line.split()
        if not fields:
            continue
        if fields[0][0].isalpha():
            if found:
                break
            started = started or line.strip().upper().startswith(after)
        elif started:
            found.append((number, fields))
    return found


def _fleet(rows: list[Row]) -> tuple[int, int]:
    if len(rows) != 1 or len(rows[0][1]) < 2:
        raise refused(
            "VEHICLE",
            zh="此处应有一行：车辆数和容量。请补上",
            en="one line with the number and the capacity of vehicles belongs here. Add it",
        )
    line, (count, capacity, *_) = rows[0]
    amounts = [
        numerals.not_negative(numerals.whole(text, f"line {line}"), f"line {line}") for text in (count, capacity)
    ]
    return int(amounts[0]), int(amounts[1])


def _location(row: Row) -> Location:
    line, fields = row
    if len(fields) != 7:
        raise refused(
            f"line {line}",
            zh=f"此行有 {len(fields)} 列，应为 7 列：编号、横纵坐标、需求、最早、最晚、服务时间。请改正",
            en=f"this line has {len(fields)} columns, not seven: number, x, y, demand, ready, due, service. Correct it",
        )
    x, y = (numerals.number(text, f"line {line}") for text in fields[1:3])
    return Location.model_construct(id=str(numerals.whole(fields[0], f"line {line}")), x=x, y=y)


def _stop(row: Row) -> Stop:
    line, fields = row
    path, number = f"line {line}", str(int(fields[0]))
    load = int(numerals.not_negative(numerals.whole(fields[3], path), path))
    return Stop.model_construct(
        id=number, location=number, delivery={"load": load}, windows=[_window(row)],
        duration=int(numerals.not_negative(numerals.number(fields[6], path) * SCALE, path)),
    )  # fmt: skip


def _window(row: Row) -> tuple[int, int]:
    return window(row[1][4], row[1][5], f"line {row[0]}")


def _refuse_doubles(rows: list[Row]) -> None:
    seen: dict[int, int] = {}
    for line, fields in rows:
        before = seen.setdefault(int(fields[0]), line)
        if before != line:
            raise refused(
                f"line {line}",
                zh=f"编号 {fields[0]} 与第 {before} 行重复。请改正",
                en=f"customer {fields[0]} is on line {before} already. Correct the number",
            )
