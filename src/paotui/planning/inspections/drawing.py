"""Draws a plan as SVG: above, who is where when, one row an inspector; below, the map with every tour.

Departments have a colour each, which the list beside the map names. Sites left out are red, and listed there too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from paotui.planning import lettering
from paotui.planning.inspections.plan import Plan
from paotui.planning.inspections.problem import DAY, Inspector, Location, Problem, Site
from paotui.planning.inspections.wording import clock

COLOURS = ("#1f5fa8", "#b3541e", "#2d7d46", "#8a3b8f", "#a38512", "#147d8c", "#a12b45", "#5b5f66")
LEFT_OUT, SHADE, LINE = "#d00000", "#eceff2", "#d5dae0"
ROW, DAY_WIDTH, TOP, MAP, LIST, SIZE = 18, 200, 112, 480, 260, 11
NAMED = 60
"""Up to so many sites their names stand on the map, and so many left out are listed."""


def picture(problem: Problem, plan: Plan) -> str:
    """Return an SVG document."""
    rows, lines = [one for one in problem.inspectors if one.calendar], _lines(problem, plan)
    height = TOP + ROW * len(rows) + 20
    left = max([60.0, *(lettering.width(_name(who), SIZE) + 8 for who in rows)])
    width = round(left + max(DAY_WIDTH * problem.days, LIST + MAP) + 10)
    drawn = [*_head(problem, plan), *_calendar(problem, plan, rows, left), *_list(lines, height + 20)]
    if problem.travel.matrix is None:
        drawn += _map(problem, plan, (LIST, height), width - LIST - 100)
    whole = height + max(MAP + 20 if problem.travel.matrix is None else 0, 20 + ROW * (len(lines) + 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" font-family="sans-serif" '
        f'font-size="{SIZE}">\n<title>{escape(problem.name)}</title>\n'
        f'<rect width="{width}" height="{whole}" fill="#fff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _head(problem: Problem, plan: Plan) -> Iterator[str]:
    zh = f"{len(plan.visits)} 次联合检查，{len(plan.left_out)} 处未安排，路上共 {plan.costs.travel // 60} 分钟"
    en = f"{len(plan.visits)} joint visits, {len(plan.left_out)} left out, {plan.costs.travel // 60} min on the way"
    yield f'<text x="2" y="20" font-size="16">{escape(problem.name or "联合检查 Joint inspections")}</text>'
    yield f'<text x="2" y="38">{zh} · {en}</text>'
    yield from lettering.legend(2, 54, [
        (lettering.square(SHADE), "值班", "on duty"), (lettering.stroke("#9aa3ad"), "在外", "out of the office"),
        (lettering.square(COLOURS[0]), "在现场（部门的颜色）", "on site (colour of the department)"),
        (lettering.square("#000"), "办公室", "office"), (lettering.dot("#333", 3), "场所", "site"),
        *([(lettering.dot(LEFT_OUT, 3), "未安排", "left out")] if plan.left_out else []),
    ])  # fmt: skip


def _name(one: Inspector | Site) -> str:
    return (one.name or one.id)[:22]


def _hours(problem: Problem) -> tuple[int, int]:
    """The part of the day shown."""
    shown = [interval for one in problem.inspectors for interval in one.calendar]
    return min((a % DAY for a, _ in shown), default=0), max(((b - 1) % DAY + 1 for _, b in shown), default=DAY)


def _colour(problem: Problem, department: str) -> str:
    order = [one.id for one in problem.departments]
    return COLOURS[order.index(department) % len(COLOURS)]


def _calendar(problem: Problem, plan: Plan, rows: list[Inspector], left: float) -> Iterator[str]:
    low, high = _hours(problem)

    def across(moment: int) -> float:
        inside = (moment % DAY - low) / (high - low)
        return round(left + DAY_WIDTH * (moment // DAY + 0.97 * min(max(inside, 0), 1)), 1)

    at = {who.id: TOP + ROW * number for number, who in enumerate(rows)}
    for who in rows:
        yield f'<text x="2" y="{at[who.id] + 10}">{escape(_name(who))}</text>'
        for begin, end in who.calendar:
            yield _bar(across(begin), across(end), at[who.id], SHADE, f"{clock(begin)}–{clock(end)}")
    yield from _ticks(problem.days, low, high, across, TOP + ROW * len(rows))
    people = {who.id: who for who in rows}
    for tour in plan.tours:
        yield _bar(across(tour.leaves), across(tour.returns), at[tour.inspector] + 5, "#9aa3ad", tour.inspector, high=3)
    for visit in plan.visits:
        for one in visit.team:
            said = f"{visit.site} {clock(visit.start)}–{clock(one.leaves)} {one.inspector}"
            colour = _colour(problem, people[one.inspector].department)
            yield _bar(across(visit.start), across(one.leaves), at[one.inspector], colour, said)


def _ticks(days: int, low: int, high: int, across: Callable[[int], float], bottom: int) -> Iterator[str]:
    """The number of every day, and its hours."""
    step = next(step for step in (3600, 7200, 10_800, 14_400, 21_600) if (high - low) / step <= 6)
    for day in range(days):
        said = f"第 {day + 1} 天 day {day + 1}"
        yield f'<text x="{across(day * DAY + low)}" y="{TOP - 28}" font-weight="bold">{said}</text>'
        for hour in range(-(-low // step) * step, high + 1, step):
            x = across(day * DAY + hour) if hour < DAY else across(day * DAY + DAY - 1)
            yield f'<path d="M{x},{TOP - 6}V{bottom}" stroke="{LINE}" stroke-width="0.7"/>'
            yield f'<text x="{x}" y="{TOP - 10}" fill="#666" text-anchor="middle">{hour // 3600}</text>'


def _bar(x: float, until: float, y: float, colour: str, said: str, high: int = 13) -> str:
    width = round(max(until - x, 1), 1)
    return f'<rect x="{x}" y="{y}" width="{width}" height="{high}" fill="{colour}"><title>{escape(said)}</title></rect>'


def _left_out(problem: Problem, plan: Plan) -> list[Site]:
    left = {one.site for one in plan.left_out}
    return [site for site in problem.sites if site.id in left]


def _lines(problem: Problem, plan: Plan) -> list[tuple[str, str]]:
    """Colours and what they stand for: departments, then sites left out."""
    lines = [(_colour(problem, one.id), one.name or one.id) for one in problem.departments]
    return lines + [(LEFT_OUT, _name(site)) for site in _left_out(problem, plan)[:NAMED]]


def _list(lines: list[tuple[str, str]], top: int) -> Iterator[str]:
    for number, (colour, name) in enumerate(lines):
        y = top + ROW * number
        yield f'<rect x="2" y="{y}" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="17" y="{y + 9}">{escape(name)}</text>'


def _map(problem: Problem, plan: Plan, corner: tuple[int, int], width: int) -> Iterator[str]:
    """The map, its left upper corner there; north up, one scale both ways."""
    places = [site.location for site in problem.sites] + [one.office for one in problem.inspectors]
    xs, ys = [one.x or 0.0 for one in places] or [0.0], [one.y or 0.0 for one in places] or [0.0]
    narrow = math.cos(math.radians((min(ys) + max(ys)) / 2)) if problem.travel.coordinates == "degrees" else 1.0
    wide, high = max((max(xs) - min(xs)) * narrow, 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min(width / wide, (MAP - 20) / high)

    def point(place: Location) -> tuple[float, float]:
        x, y = ((place.x or 0) - min(xs)) * narrow, (place.y or 0) - min(ys)
        return round(corner[0] + x * scale, 1), round(corner[1] + MAP - y * scale, 1)

    yield from _tours(problem, plan, point)
    names = lettering.Names(SIZE - 1, [point(place) for place in places], corner[0] + width + 100)
    left = _left_out(problem, plan)
    for site in problem.sites:
        x, y = point(site.location)
        said, colour = _name(site), LEFT_OUT if site in left else "#333"
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"><title>{escape(said)}</title></circle>'
        if len(problem.sites) <= NAMED:
            yield names.beside(x, y, said)
    for office in dict.fromkeys(who.office for who in problem.inspectors):
        x, y = point(office)
        of = {who.department for who in problem.inspectors if who.office == office}
        colour = _colour(problem, of.pop()) if len(of) == 1 else "#000"
        yield f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}" stroke="#000"/>'


def _tours(problem: Problem, plan: Plan, point: Callable[[Location], tuple[float, float]]) -> Iterator[str]:
    sites = {site.id: site for site in problem.sites}
    people = {who.id: who for who in problem.inspectors}
    for tour in plan.tours:
        who = people[tour.inspector]
        stops = [point(who.office), *(point(sites[site].location) for site in tour.sites), point(who.office)]
        line = " ".join(f"{x},{y}" for x, y in stops)
        colour = _colour(problem, who.department)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-opacity="0.5"/>'
