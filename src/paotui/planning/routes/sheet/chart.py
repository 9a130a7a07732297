"""The time chart: a row a vehicle; work filled, waiting light, stations dark, rests grey, ways a line."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes import naming
from paotui.planning.routes.checker import words
from paotui.planning.routes.checker.driving import Activity, Drive, Fleet
from paotui.planning.routes.sheet.drawing import Box, element, text, titled
from paotui.planning.routes.sheet.style import INK, colour

LABELS, AXIS = 132, 40
TALLEST, LOWEST, ROOM = 42, 7, 700
STEPS = (300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800)


def height(fleet: Fleet) -> float:
    return AXIS + 16 + max(1, len(fleet.drives)) * _row(fleet)


def _row(fleet: Fleet) -> float:
    return max(LOWEST, min(TALLEST, ROOM / max(1, len(fleet.drives))))


def draw(fleet: Fleet, box: Box) -> Iterator[str]:
    yield element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, class_="panel")
    yield text(box.x + 12, box.y + 22, "时间 Time", class_="label faint")
    if not fleet.drives:
        return
    first = min(drive.start for drive in fleet.drives)
    last = max(max(drive.end for drive in fleet.drives), first + 1)
    scale = (box.width - LABELS - 24) / (last - first)
    yield from _axis(fleet, first, last, scale, box)
    for number, drive in enumerate(fleet.drives):
        yield from _line(drive, box.y + AXIS + number * _row(fleet), _row(fleet), first, scale, box)


def _axis(fleet: Fleet, first: int, last: int, scale: float, box: Box) -> Iterator[str]:
    problem = fleet.case.problem
    step = _step(last - first, clocked=problem.source is None)
    now = -(-first // step) * step
    while now <= last:
        x = box.x + LABELS + (now - first) * scale
        yield element("line", x1=x, x2=x, y1=box.y + AXIS - 8, y2=box.y + box.height - 8, class_="grid")
        yield text(x, box.y + AXIS - 14, words.moment(problem, now).zh, class_="small faint", text_anchor="middle")
        now += step


def _step(length: int, *, clocked: bool) -> int:
    """Between marks: a round span, at most ten of them."""
    if clocked:
        return next((step for step in STEPS if length / step <= 10), STEPS[-1])
    step = 1
    while length / step > 10:
        step *= 10
    return next(step * n // 10 for n in (2, 5, 10, 20) if length / max(1, step * n // 10) <= 10 and step * n >= 10)


def _line(drive: Drive, y: float, row: float, first: int, scale: float, box: Box) -> Iterator[str]:
    zero, middle = box.x + LABELS, y + row / 2
    if row >= 11:
        yield text(box.x + 12, middle + 4, _cut(naming.vehicle(drive.case, drive.name)), class_="label",
                   style=f"fill:{colour(drive.place)}")  # fmt: skip
    yield element("line", x1=zero + (drive.start - first) * scale, x2=zero + (drive.end - first) * scale,
                  y1=middle, y2=middle, stroke=colour(drive.place), stroke_width=2)  # fmt: skip
    for one in drive.activities:
        yield from _activity(drive, one, y, row, zero - first * scale, scale)


def _activity(drive: Drive, one: Activity, y: float, row: float, zero: float, scale: float) -> Iterator[str]:
    visit, shade = one.visit, colour(drive.place)
    left, width = zero + visit.start * scale, max(1.5, (visit.end - visit.start) * scale)
    if visit.start > visit.arrival:
        wait = element("rect", x=zero + visit.arrival * scale, y=y + row * 0.35, height=row * 0.3,
                       width=(visit.start - visit.arrival) * scale, fill=shade, fill_opacity=0.25)  # fmt: skip
        yield titled(wait, "等候 waiting")
    fill = {"stop": shade, "station": INK, "break": "#c9cfd5"}[visit.kind]
    shape = element("rect", x=left, y=y + row * 0.15, width=width, height=row * 0.7, rx=min(2, row / 6), fill=fill)
    if visit.kind == "stop" and row >= 18 and width >= 16 + 6.2 * len(visit.id):
        shape += text(left + width / 2, y + row / 2 + 4, visit.id, class_="small", text_anchor="middle",
                      style="fill:#fff")  # fmt: skip
    yield titled(shape, _told(drive, one))


def _told(drive: Drive, one: Activity) -> str:
    begin, end = (words.moment(drive.case.problem, when).zh for when in (one.visit.start, one.visit.end))
    kinds = {"station": "场站 Station", "break": "休息 Rest"}
    name = f"{kinds[one.visit.kind]} {one.visit.id}" if one.visit.kind in kinds else (
        naming.stop(drive.case, one.visit.id))  # fmt: skip
    return f"{name} · {begin}–{end}"


def _cut(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:15]}…"
