"""Draws a plan as SVG: above, who is where when, one row an inspector; below, the map with every tour."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paotui.planning.inspections.plan import Plan
from paotui.planning.inspections.problem import DAY, Inspector, Location, Problem
from paotui.planning.inspections.wording import clock

COLOURS = ("#1f5fa8", "#b3541e", "#2d7d46", "#8a3b8f", "#a38512", "#147d8c", "#a12b45", "#5b5f66")
LEFT, ROW, DAY_WIDTH, TOP, MAP = 130, 16, 240, 30, 420


def picture(problem: Problem, plan: Plan) -> str:
    """Return an SVG document."""
    rows = [one for one in problem.inspectors if one.calendar]
    height = TOP + ROW * len(rows) + 20
    width = LEFT + DAY_WIDTH * problem.days + 10
    drawn = "\n".join([*_calendar(problem, plan, rows), *_map(problem, plan, height)])
    whole = height + (MAP + 20 if problem.travel.matrix is None else 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" font-family="sans-serif" '
        f'font-size="9">\n<title>{escape(problem.name)}</title>\n{drawn}\n</svg>\n'
    )


def _hours(problem: Problem) -> tuple[int, int]:
    """The part of the day shown."""
    shown = [interval for one in problem.inspectors for interval in one.calendar]
    return min((a % DAY for a, _ in shown), default=0), max(((b - 1) % DAY + 1 for _, b in shown), default=DAY)


def _colour(problem: Problem, who: Inspector) -> str:
    order = [department.id for department in problem.departments]
    return COLOURS[order.index(who.department) % len(COLOURS)]


def _calendar(problem: Problem, plan: Plan, rows: list[Inspector]) -> Iterator[str]:
    low, high = _hours(problem)

    def across(moment: int) -> float:
        inside = (moment % DAY - low) / (high - low)
        return round(LEFT + DAY_WIDTH * (moment // DAY + 0.97 * min(max(inside, 0), 1)), 1)

    at = {who.id: TOP + ROW * number for number, who in enumerate(rows)}
    for day in range(problem.days):
        yield f'<text x="{across(day * DAY + low)}" y="12">{day + 1} · {clock(low)}–{clock(high % DAY)}</text>'
    for who in rows:
        yield f'<text x="2" y="{at[who.id] + 11}">{escape((who.name or who.id)[:22])}</text>'
        for begin, end in who.calendar:
            yield _bar(across(begin), across(end), at[who.id], "#eceff2", f"{clock(begin)}–{clock(end)}")
    people = {who.id: who for who in rows}
    for tour in plan.tours:
        yield _bar(across(tour.leaves), across(tour.returns), at[tour.inspector] + 5, "#b9c0c8", tour.inspector, high=4)
    for visit in plan.visits:
        for one in visit.team:
            said = f"{visit.site} {clock(visit.start)}–{clock(one.leaves)} {one.inspector}"
            colour = _colour(problem, people[one.inspector])
            yield _bar(across(visit.start), across(one.leaves), at[one.inspector], colour, said)


def _bar(x: float, until: float, y: float, colour: str, said: str, high: int = 13) -> str:
    width = round(max(until - x, 1), 1)
    return f'<rect x="{x}" y="{y}" width="{width}" height="{high}" fill="{colour}"><title>{escape(said)}</title></rect>'


def _map(problem: Problem, plan: Plan, top: int) -> Iterator[str]:
    if problem.travel.matrix is not None:
        return
    places = [site.location for site in problem.sites] + [one.office for one in problem.inspectors]
    xs, ys = [one.x or 0.0 for one in places] or [0.0], [one.y or 0.0 for one in places] or [0.0]
    scale = (MAP - 20) / max(max(xs) - min(xs), max(ys) - min(ys), 1e-9)

    def point(place: Location) -> tuple[float, float]:
        x, y = (place.x or 0) - min(xs), (place.y or 0) - min(ys)
        return round(LEFT + x * scale, 1), round(top + MAP - y * scale, 1)

    sites = {site.id: site for site in problem.sites}
    people = {who.id: who for who in problem.inspectors}
    for tour in plan.tours:
        who = people[tour.inspector]
        stops = [point(who.office), *(point(sites[site].location) for site in tour.sites), point(who.office)]
        line = " ".join(f"{x},{y}" for x, y in stops)
        yield f'<polyline points="{line}" fill="none" stroke="{_colour(problem, who)}" stroke-opacity="0.35"/>'
    left = {one.site for one in plan.left_out}
    for site in problem.sites:
        x, y = point(site.location)
        colour = "#c00" if site.id in left else "#333"
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"><title>{escape(site.name or site.id)}</title></circle>'
    for office in dict.fromkeys(who.office for who in problem.inspectors):
        x, y = point(office)
        yield f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="#000"/>'
