"""The order of a playbook's measures as SVG: later work stands further right; broken lines: if it comes to that."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

from paotui.playbooks.schema import Measure, Playbook

WIDTH, HEIGHT = 144, 44
ACROSS, DOWN = 40, 18
LINE = 10  # full-width characters on a line


def draw(playbook: Playbook, language: str) -> SafeString:
    """Return the SVG of `playbook` in `language`; every box is a link to #measure-ID."""
    places = _places(playbook)
    columns = 1 + max(column for column, _ in places.values())
    rows = 1 + max(row for _, row in places.values())
    width, height = columns * (WIDTH + ACROSS) - ACROSS + 2, rows * (HEIGHT + DOWN) - DOWN + 2
    edges = "".join(_edges(measure, places) for measure in playbook.measures)
    nodes = "".join(_node(measure, places[measure.id], language) for measure in playbook.measures)
    # Everything that came from the playbook has passed escape().
    return mark_safe(  # noqa: S308
        f'<svg class="diagram" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="-1 -1 {width} {height}" role="img" aria-label="{escape(playbook.title.in_language(language))}">'
        f"{edges}{nodes}</svg>"
    )


def _before(measure: Measure) -> tuple[str, ...]:
    return (*measure.after, *((measure.on.measure,) if measure.on else ()))


def _places(playbook: Playbook) -> dict[str, tuple[int, int]]:
    """Column: the longest way there; row: in the order of the playbook."""
    measures = {measure.id: measure for measure in playbook.measures}
    columns: dict[str, int] = {}
    for id in measures:
        _column(id, measures, columns, frozenset())
    taken: dict[int, int] = {}
    places = {}
    for id in measures:
        places[id] = (columns[id], taken.get(columns[id], 0))
        taken[columns[id]] = taken.get(columns[id], 0) + 1
    return places


def _column(id: str, measures: Mapping[str, Measure], columns: dict[str, int], seen: frozenset[str]) -> int:
    if id not in columns:
        # A trigger may lead back (a re-check that finds a fault again): such an edge does not move its target.
        earlier = [other for other in _before(measures[id]) if other in measures and other not in seen | {id}]
        columns[id] = 1 + max((_column(other, measures, columns, seen | {id}) for other in earlier), default=-1)
    return columns[id]


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] * (WIDTH + ACROSS), place[1] * (HEIGHT + DOWN)


def _edges(measure: Measure, places: Mapping[str, tuple[int, int]]) -> str:
    x2, y2 = _corner(places[measure.id])
    drawn = []
    for other in _before(measure):
        x1, y1 = _corner(places[other])
        kind = "edge edge-trigger" if measure.on and measure.on.measure == other else "edge"
        start, end = (x1 + WIDTH, y1 + HEIGHT / 2), (x2, y2 + HEIGHT / 2)
        bend = ACROSS / 2
        drawn.append(
            f'<path class="{kind}" d="M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]} '
            f'{end[0]} {end[1]}"/>'
        )
    return "".join(drawn)


def _node(measure: Measure, place: tuple[int, int], language: str) -> str:
    x, y = _corner(place)
    lines = _wrapped(measure.title.in_language(language))
    first = y + HEIGHT / 2 + 5 - 8 * (len(lines) - 1)
    text = "".join(
        f'<text x="{x + WIDTH / 2}" y="{first + 16 * number}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    kind = "node node-triggered" if measure.on else "node"
    return (
        f'<a href="#measure-{escape(measure.id)}" class="{kind}"><rect x="{x}" y="{y}" width="{WIDTH}" '
        f'height="{HEIGHT}" rx="2"/>{text}</a>'
    )


def _wrapped(title: str) -> list[str]:
    """Two lines at most, by the width of the characters; Latin text breaks at blanks."""
    if _width(title) <= LINE:
        return [title]
    pieces = title.split(" ") if " " in title else list(title)
    glue = " " if " " in title else ""
    lines = [""]
    for piece in pieces:
        longer = (lines[-1] + glue + piece).strip()
        if _width(longer) > LINE and lines[-1]:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines if len(lines) <= 2 else [lines[0], lines[1] + "…"]


def _width(text: str) -> float:
    return sum(1 if ord(character) > 0x2E80 else 0.56 for character in text)
