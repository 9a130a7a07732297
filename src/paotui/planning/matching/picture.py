"""A matching as a map: vacancies as circles by seats filled, people as dots, a line for every placement."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paotui.planning import lettering
from paotui.planning.matching.plan import MatchingPlan
from paotui.planning.matching.problem import MatchingProblem
from paotui.planning.plane import spread

WIDTH, HEIGHT, EDGE, HEAD, SIZE = 900, 640, 40, 76, 10
LINES = 3000  # more would only blacken the map
NAMED = 60
"""Up to so many vacancies their names stand on the map."""
FILLED, EMPTY, LEFT = "#2a7f62", "#c0392b", "#e08e0b"


def picture(problem: MatchingProblem, plan: MatchingPlan) -> str:
    """Return an SVG: how many are placed, what the signs stand for, the map of all that have a place on it."""
    places = [*(person.at for person in problem.people), *(vacancy.at for vacancy in problem.vacancies)]
    points = [point for point in places if point]
    spots = {
        point: (x, y + HEAD)
        for point, (x, y) in zip(
            points, spread([*map(problem.plane.spot, points)], WIDTH, HEIGHT - HEAD, EDGE), strict=True
        )
    }
    at_person = {one.id: spots[one.at] for one in problem.people if one.at}
    at_vacancy = {one.id: spots[one.at] for one in problem.vacancies if one.at}
    drawn = [_line(at_person[one.person], at_vacancy[one.vacancy]) for one in plan.placements[:LINES]
             if one.person in at_person and one.vacancy in at_vacancy]  # fmt: skip
    left = {one.person for one in plan.unplaced}
    drawn += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{LEFT if name in left else FILLED}"/>'
        for name, (x, y) in list(at_person.items())[: 4 * LINES]
    ]
    drawn += _vacancies(problem, plan, at_vacancy)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(_head(problem, plan))}{"".join(drawn)}</svg>'
    )


def _head(problem: MatchingProblem, plan: MatchingPlan) -> Iterator[str]:
    placed, people, seats = len(plan.placements), len(problem.people), sum(one.seats for one in plan.open)
    zh = f"{people} 人安置 {placed} 人，空 {seats} 个名额，总值 {plan.worth:,} 分（上界 {plan.bound:,}）"
    en = f"{placed} of {people} placed, {seats} seats open, worth {plan.worth:,} points (at most {plan.bound:,})"
    yield f'<text x="{EDGE}" y="26" font-size="16">{escape(problem.name or "人岗匹配 Matching")}</text>'
    yield f'<text x="{EDGE}" y="46" font-size="11">{escape(f"{zh} · {en}")}</text>'
    yield from lettering.legend(EDGE, 64, [
        (lettering.dot(FILLED, 3), "已安置", "placed"), (lettering.dot(LEFT, 3), "未安置", "not placed"),
        (lettering.ring(FILLED), "岗位已满", "vacancy filled"), (lettering.ring(EMPTY), "尚有名额", "seats open"),
        (lettering.stroke("#999"), "安置到", "placed at"),
    ])  # fmt: skip


def _vacancies(problem: MatchingProblem, plan: MatchingPlan, at: dict[str, tuple[float, float]]) -> Iterator[str]:
    open_ = {one.vacancy: one.seats for one in plan.open}
    names = lettering.Names(SIZE, at.values(), WIDTH)
    for one in problem.vacancies:
        if one.id not in at:
            continue
        x, y = at[one.id]
        title = f"{one.name or one.id} {one.seats - open_.get(one.id, 0)}/{one.seats}"
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="none" stroke-width="2" '
            f'stroke="{EMPTY if one.id in open_ else FILLED}"><title>{escape(title)}</title></circle>'
        )
        if len(at) <= NAMED:
            yield names.beside(x, y, title)


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        'stroke="#999" stroke-width="0.7"/>'
    )
