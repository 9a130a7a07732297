"""Pictures drawn from data: one mark per thing counted, in newspaper black and one red. Plain values in, SVG out.

The same data and size give the same bytes. `waffle` fills a grid of squares, `buildings` one of blocks of flats, `dots`
puts sites where they lie, `bars` ranks sums, `houses` draws a house for each with dots above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape
from math import ceil, cos, floor, log10, radians

from paotui.bulletin.printed import Mark, PictureData

BLACK, RED, GREY, PALE = "#1d1d1b", "#b5121b", "#8a8a86", "#ecebe6"
FACE = 'font-family="Noto Sans SC, sans-serif"'
KILOMETRES_PER_DEGREE = 111.32
NAMES_FROM = 180
"""Points of width from which a map of sites has room for their names."""

ASPECTS = {
    "waffle": (0.5, 0.8), "buildings": (0.5, 0.8), "dots": (0.6, 0.9), "bars": (0.3, 0.55), "houses": (0.3, 0.5),
}  # fmt: skip
"""Height over width a form looks good in, least and most."""


def draw(data: PictureData, width: float, height: float) -> str:
    """Return the SVG of `data`, `width` × `height` in points; ValueError for an unknown form."""
    if data.form not in FORMS:
        raise ValueError(f"no picture of the form {data.form!r}; known are {', '.join(FORMS)}")
    body = "".join(FORMS[data.form](data.marks, width, height)) if data.marks else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" role="img">'
        f"<title>{escape(data.title)}</title>{body}</svg>"
    )


def _waffle(marks: Sequence[Mark], width: float, height: float) -> list[str]:
    columns = _columns(len(marks), width, height)
    cell = min(width / columns, height / ceil(len(marks) / columns))
    left = (width - cell * columns) / 2
    top = (height - cell * ceil(len(marks) / columns)) / 2
    side = cell * 0.84
    shape = f'width="{_n(side)}" height="{_n(side)}" rx="{_n(cell * 0.1)}"'
    left, top = left + cell * 0.08, top + cell * 0.08
    places = [(left + index % columns * cell, top + index // columns * cell) for index in range(len(marks))]
    return [
        _titled(mark, f'<rect x="{_n(x)}" y="{_n(y)}" {shape} {_ink(mark)}/>')
        for mark, (x, y) in zip(marks, places, strict=True)
    ]


def _columns(count: int, width: float, height: float) -> int:
    """The number of columns that gives the largest squares; an even filling wins when it costs little."""

    def cell(columns: int) -> float:
        even = 1.0 if count % columns == 0 else 0.9
        return even * min(width / columns, height / ceil(count / columns))

    return max(range(1, count + 1), key=cell)


def _buildings(marks: Sequence[Mark], width: float, height: float) -> list[str]:
    """A block of flats for each; those counted twice fly a flag."""
    columns = _columns(len(marks), width, height)
    rows = ceil(len(marks) / columns)
    wide, high = width / columns, height / rows
    size = min(wide * 0.7, high * 0.62)
    return [
        _titled(
            mark, _building(mark, index % columns * wide + (wide - size) / 2, (index // columns + 0.95) * high, size)
        )
        for index, mark in enumerate(marks)
    ]


def _building(mark: Mark, x: float, base: float, size: float) -> str:
    ink = BLACK if mark.full else GREY
    walls = f'<rect x="{_n(x)}" y="{_n(base - size)}" width="{_n(size)}" height="{_n(size)}" fill="{ink}"/>'
    pane = size * 0.16
    windows = "".join(
        f"M{_n(x + size * across)} {_n(base - size * up)}h{_n(pane)}v{_n(pane)}h{_n(-pane)}z"
        for up in (0.86, 0.58)
        for across in (0.14, 0.42, 0.70)
    )
    door = f"M{_n(x + size * 0.4)} {_n(base - size * 0.28)}h{_n(size * 0.2)}v{_n(size * 0.28)}h{_n(-size * 0.2)}z"
    building = f'{walls}<path d="{windows}{door}" fill="#fff"/>'
    return building + _flag(x + size * 0.5, base - size, size * 0.5) if mark.full else building


def _flag(x: float, foot: float, tall: float) -> str:
    """A pennant on a pole standing at (x, foot)."""
    cloth = f"M{_n(x)} {_n(foot - tall)}l{_n(tall * 0.95)} {_n(tall * 0.3)}l{_n(-tall * 0.95)} {_n(tall * 0.3)}z"
    pole = f'<path d="M{_n(x)} {_n(foot)}v{_n(-tall)}" stroke="{RED}" stroke-width="{_n(tall * 0.1)}"/>'
    return f'{pole}<path d="{cloth}" fill="{RED}"/>'


def _dots(marks: Sequence[Mark], width: float, height: float) -> list[str]:
    """Sites where they lie, true to scale, north up, on circles one kilometre apart, each with its name."""
    placed = [mark for mark in marks if mark.x is not None and mark.y is not None]
    if not placed:
        return []
    points, kilometre = _projected(placed, width, height)
    radius = min(width, height) / 46
    lines = [*_kilometres(width, height, kilometre)]
    # Names keep clear of the dots, the arrow and the scale; in one narrow column there is no room for any.
    corners: list[Box] = [(width - 18, 0, width, 20), (width - 14 - kilometre, height - 14, width, height)]
    taken = [*corners, *((x - radius, y - radius, x + radius, y + radius) for x, y in points)]
    for mark, (x, y) in sorted(zip(placed, points, strict=True), key=lambda pair: pair[1]):
        ring = (
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius * 1.55)}" fill="none" stroke="{RED}" stroke-width="0.6"/>'
        )
        dot = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_ink(mark)}/>'
        lines.append(
            _titled(mark, (ring if mark.full else "") + dot + _site_name(mark.name, x, y, radius, taken, width, height))
        )
    return lines


Box = tuple[float, float, float, float]


def _site_name(name: str, x: float, y: float, radius: float, taken: list[Box], width: float, height: float) -> str:
    """The name where it covers nothing: right, left, below or above; left out when there is no room."""
    if width < NAMES_FROM:
        return ""
    size = max(5.6, min(7.0, width / 42))
    wide = size * sum(1.0 if character > "\u2e80" else 0.56 for character in name)
    away = radius * 2
    for left, middle in (
        (x + away, y),
        (x - away - wide, y),
        (x - wide / 2, y + away + size / 2),
        (x - wide / 2, y - away - size / 2),
    ):
        box = (left, middle - size / 2, left + wide, middle + size / 2)
        inside = box[0] >= 1 and box[1] >= 1 and box[2] <= width - 1 and box[3] <= height - 1
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return _text(name, left, middle + size * 0.36, size)
    return ""


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _projected(marks: Sequence[Mark], width: float, height: float) -> tuple[list[tuple[float, float]], float]:
    """Degrees to points, and the length of a kilometre in points."""
    xs, ys = [mark.x or 0.0 for mark in marks], [mark.y or 0.0 for mark in marks]
    squeeze = cos(radians(sum(ys) / len(ys)))
    wide, high = max((max(xs) - min(xs)) * squeeze, 1e-4), max(max(ys) - min(ys), 1e-4)
    scale = min(width * 0.74 / wide, height * 0.8 / high)
    left, top = (width - wide * scale) / 2, (height - high * scale) / 2
    points = [
        (left + (x - min(xs)) * squeeze * scale, top + (max(ys) - y) * scale) for x, y in zip(xs, ys, strict=True)
    ]
    return points, scale / KILOMETRES_PER_DEGREE


def _kilometres(width: float, height: float, kilometre: float) -> list[str]:
    ground = f'<rect width="{_n(width)}" height="{_n(height)}" fill="{PALE}"/>'
    middle = f'cx="{_n(width / 2)}" cy="{_n(height / 2)}"'
    rings = [
        f'<circle {middle} r="{_n(kilometre * ring)}" fill="none" stroke="#fff" stroke-width="0.9"/>'
        for ring in range(1, 60)
        if 8 < kilometre * ring < min(width, height) / 2
    ]
    bar = f"M{_n(width - 8 - kilometre)} {_n(height - 7)}v3h{_n(kilometre)}v-3"
    scale = f'<path d="{bar}" fill="none" stroke="{BLACK}" stroke-width="0.7"/>'
    label = _text("1 km", width - 8 - kilometre / 2, height - 6.4, 5.6, "middle")
    north = f'<path d="M{_n(width - 12)} 7l3.4 10l-3.4 -2.6l-3.4 2.6z" fill="{BLACK}"/>'
    return [ground, *rings, *([scale, label] if kilometre < width / 2 else []), north]


def _bars(marks: Sequence[Mark], width: float, height: float) -> list[str]:
    """One bar per sum, the largest first, with lines at round values."""
    ranked = sorted(marks, key=lambda mark: (-(mark.size or Decimal(0)), mark.name))
    most = float(max((mark.size or Decimal(0) for mark in ranked), default=Decimal(0)))
    if most <= 0:
        return []
    step, base = width / len(ranked), height - 1
    points = (base - 8) / most
    bars = [
        _titled(mark, f'<rect x="{_n(index * step)}" y="{_n(base - max(0.8, float(mark.size or 0) * points))}" '
        f'width="{_n(step * 0.74)}" height="{_n(max(0.8, float(mark.size or 0) * points))}" {_ink(mark)}/>')
        for index, mark in enumerate(ranked)
    ]  # fmt: skip
    return [
        *_levels(most, points, base, width),
        *bars,
        f'<rect y="{_n(base)}" width="{_n(width)}" height="0.8" fill="{BLACK}"/>',
    ]


def _levels(most: float, points: float, base: float, width: float) -> list[str]:
    unit = 10 ** floor(log10(most))
    step = next(unit * part for part in (0.25, 0.5, 1.0) if most / (unit * part) <= 5 or part == 1.0)
    lines = []
    for level in (step * count for count in range(1, 12) if step * count <= most):
        y = base - level * points
        lines.append(f'<path d="M0 {_n(y)}H{_n(width)}" stroke="{GREY}" stroke-width="0.3"/>')
        lines.append(_text(f"{level:,.0f}", width, y - 1.6, 6, "end"))
    return lines


def _houses(marks: Sequence[Mark], width: float, height: float) -> list[str]:
    """A house for each, with a dot above it for each one of its size; those counted twice fly a banner."""
    most = max(int(mark.size or 0) for mark in marks)
    rows = 1 if len(marks) <= 16 else 2
    columns = ceil(len(marks) / rows)
    # The banner of the last house in a row reaches beyond it.
    wide, high = width / (columns + 0.3), height / rows
    size = min(wide * 0.72, high * 0.4)
    dot = min(size * 0.3, (high - size * 1.5) / max(1, most))
    return [
        _titled(
            mark, _house(mark, index % columns * wide + (wide - size) / 2, (index // columns + 0.97) * high, size, dot)
        )
        for index, mark in enumerate(marks)
    ]


def _house(mark: Mark, x: float, base: float, size: float, dot: float) -> str:
    eaves, roof, middle = base - size * 0.58, base - size, x + size / 2
    walls = f"M{_n(x)} {_n(eaves)}L{_n(middle)} {_n(roof)}L{_n(x + size)} {_n(eaves)}V{_n(base)}H{_n(x)}Z"
    door = f"M{_n(x + size * 0.4)} {_n(base - size * 0.34)}h{_n(size * 0.2)}v{_n(size * 0.34)}h{_n(-size * 0.2)}z"
    house = f'<path d="{walls}" fill="{BLACK}"/><path d="{door}" fill="#fff"/>'
    first = roof - size * 0.12 - dot / 2
    dots = "".join(
        f'<circle cx="{_n(middle)}" cy="{_n(first - number * dot)}" r="{_n(dot * 0.38)}" fill="{GREY}"/>'
        for number in range(int(mark.size or 0))
    )
    banner = _flag(x + size * 0.86, eaves, size * 0.56) if mark.full else ""
    return house + dots + banner


def _text(words: str, x: float, y: float, size: float, anchor: str = "start") -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" text-anchor="{anchor}"'
    return f'<text {place} {FACE} fill="{BLACK}">{escape(words)}</text>'


def _titled(mark: Mark, shape: str) -> str:
    return f"<g><title>{escape(mark.name)}</title>{shape}</g>"


def _ink(mark: Mark) -> str:
    if mark.full:
        return f'fill="{RED}"'
    return f'fill="#fff" stroke="{GREY}" stroke-width="0.6"'


def _n(value: float) -> str:
    """Two places are finer than print; fixed so that equal data give equal bytes."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


FORMS: dict[str, Callable[[Sequence[Mark], float, float], list[str]]] = {
    "waffle": _waffle,
    "buildings": _buildings,
    "dots": _dots,
    "bars": _bars,
    "houses": _houses,
}
