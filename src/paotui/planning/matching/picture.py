"""A matching as a map: vacancies as circles by seats filled, people as dots, a line for every placement."""

from __future__ import annotations

from html import escape

from paotui.planning.matching.plan import MatchingPlan
from paotui.planning.matching.problem import MatchingProblem
from paotui.planning.plane import spread

WIDTH, HEIGHT, EDGE = 900, 640, 40
LINES = 3000  # more would only blacken the map
FILLED, EMPTY, LEFT = "#2a7f62", "#c0392b", "#e08e0b"


def picture(problem: MatchingProblem, plan: MatchingPlan) -> str:
    """Return an SVG; what has no place on the map is not drawn, and the heading says how many are placed."""
    places = [*(person.at for person in problem.people), *(vacancy.at for vacancy in problem.vacancies)]
    points = [point for point in places if point]
    spots = dict(zip(points, spread([*map(problem.plane.spot, points)], WIDTH, HEIGHT, EDGE), strict=True))
    at_person = {one.id: spots[one.at] for one in problem.people if one.at}
    at_vacancy = {one.id: spots[one.at] for one in problem.vacancies if one.at}
    drawn = [_line(at_person[one.person], at_vacancy[one.vacancy]) for one in plan.placements[:LINES]
             if one.person in at_person and one.vacancy in at_vacancy]  # fmt: skip
    left = {one.person for one in plan.unplaced}
    drawn += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{LEFT if name in left else FILLED}"/>'
        for name, (x, y) in list(at_person.items())[: 4 * LINES]
    ]
    open_ = {one.vacancy: one.seats for one in plan.open}
    for one in problem.vacancies:
        if one.id in at_vacancy:
            x, y = at_vacancy[one.id]
            title = f"{one.name or one.id} {one.seats - open_.get(one.id, 0)}/{one.seats}"
            drawn.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="none" stroke-width="2" '
                f'stroke="{EMPTY if one.id in open_ else FILLED}"><title>{escape(title)}</title></circle>'
            )
    heading = f"{problem.name} {len(plan.placements)} / {len(problem.people)} · {plan.worth} / {plan.bound}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{EDGE}" y="24">{escape(heading)}</text>'
        f"{''.join(drawn)}</svg>"
    )


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        'stroke="#999" stroke-width="0.7"/>'
    )
