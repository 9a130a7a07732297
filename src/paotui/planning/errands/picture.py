"""Draws a plan as SVG: the tours on a map, and under it a time chart with what runners wait for."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from paotui.planning import lettering
from paotui.planning.errands.plan import Plan, Tour
from paotui.planning.errands.problem import Place, Problem
from paotui.planning.errands.wording import clock_zh, named

WIDTH, MAP, ROW, LEFT, EDGE, HEAD, SIZE = 960, 420, 26, 150, 24, 76, 10
NAMED = 60
"""Up to so many places their names stand on the map."""
COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#8e5ea2", "#b8860b", "#2f8f9d", "#7a4419", "#d1495b")
WAIT, QUEUE = "#d9d9d9", "#f2b705"


def picture(problem: Problem, plan: Plan) -> str:
    """Return the SVG; without coordinates only the time chart."""
    drawn = [place for place in problem.places if place.x is not None and place.y is not None]
    mapped = MAP if len(drawn) == len(problem.places) else 0
    height = HEAD + mapped + 50 + ROW * max(1, len(plan.tours))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *_head(problem, plan, mapped=bool(mapped)),
    ]
    if mapped:
        parts += _map(problem, plan)
    parts += _chart(problem, plan, HEAD + mapped + 20)
    return "\n".join([*parts, "</svg>", ""])


def _head(problem: Problem, plan: Plan, *, mapped: bool) -> list[str]:
    done, trips = len(problem.errands) - len(plan.undone), plan.trips
    zh = f"{len(plan.tours)} 趟，办 {done} 件，未办 {len(plan.undone)} 件；申请人少跑 {trips.saved} 趟"
    en = f"{len(plan.tours)} tours, {done} errands, {len(plan.undone)} undone; {trips.saved} trips saved"
    signs = [
        (lettering.dot("#fff", 4).replace("/>", ' stroke="#333"/>'), "申请人", "applicant"),
        (lettering.square("#333"), "柜台", "counter"),
        ('<path d="M-6,5h12l-6,-11z" fill="#333"/>', "出发地", "start"),
    ] if mapped else []  # fmt: skip
    signs += [(lettering.square(WAIT), "等候", "waiting"), (lettering.square(QUEUE), "排队", "queue"),
              (lettering.square(COLOURS[0]), "办理（跑腿人的颜色）", "at work (colour of the tour)")]  # fmt: skip
    return [
        f'<text x="{EDGE}" y="26" font-size="16">{escape(problem.name or "代跑 Errands")}</text>',
        f'<text x="{EDGE}" y="46">{zh} · {en}</text>', *lettering.legend(EDGE, 64, signs),
    ]  # fmt: skip


def _map(problem: Problem, plan: Plan) -> list[str]:
    points = _points(problem.places)
    homes = {runner.id: (runner.home, runner.end or runner.home) for runner in problem.runners}
    parts = []
    for k, tour in enumerate(plan.tours):
        home, end = homes[tour.runner]
        path = [home, *(visit.place for visit in tour.visits), end]
        line = " ".join(f"{points[place][0]:.1f},{points[place][1]:.1f}" for place in path)
        colour = COLOURS[k % len(COLOURS)]
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6" opacity="0.75"/>')
    counters = {counter.place for counter in problem.counters}
    starts = {runner.home for runner in problem.runners}
    names = lettering.Names(SIZE, points.values(), WIDTH)
    for place in problem.places:
        x, y = points[place.id]
        said = f"<title>{escape(place.name or place.id)}</title>"
        if place.id in counters:
            parts.append(f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="#333">{said}</rect>')
        elif place.id in starts:
            parts.append(f'<path d="M{x - 6:.1f},{y + 5:.1f}h12l-6,-11z" fill="#333">{said}</path>')
        else:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#fff" stroke="#333">{said}</circle>')
        if place.id in counters | starts or len(points) <= NAMED:
            parts.append(names.beside(x, y, place.name or place.id))
    return parts


def _points(places: list[Place]) -> dict[str, tuple[float, float]]:
    xs, ys = [place.x or 0.0 for place in places], [place.y or 0.0 for place in places]
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    scale = min((WIDTH - 2 * EDGE - 200) / wide, (MAP - 2 * EDGE) / high)
    left = (WIDTH - wide * scale) / 2
    return {
        place.id: (left + (x - min(xs)) * scale, HEAD + MAP - EDGE - (y - min(ys)) * scale)
        for place, x, y in zip(places, xs, ys, strict=True)
    }


def _chart(problem: Problem, plan: Plan, top: int) -> list[str]:
    if not plan.tours:
        return [f'<text x="{EDGE}" y="{top + 20}">–</text>']
    first, last = min(tour.depart for tour in plan.tours), max(tour.back for tour in plan.tours)
    scale = (WIDTH - LEFT - EDGE) / max(last - first, 1)

    def x(seconds: int) -> float:
        return LEFT + (seconds - first) * scale

    parts = []
    step = next(s for s in (1800, 3600, 7200, 14400, 43200, 86400, 1 << 30) if (last - first) / s <= 14)
    for tick in range(-(-first // step) * step, last + 1, step):
        parts.append(f'<path d="M{x(tick):.1f},{top}V{top + 12 + ROW * len(plan.tours)}" stroke="#eee"/>')
        parts.append(f'<text x="{x(tick):.1f}" y="{top}" fill="#666" text-anchor="middle">{clock_zh(tick)}</text>')
    for k, tour in enumerate(plan.tours):
        parts += _row(problem, tour, top + 12 + ROW * k, COLOURS[k % len(COLOURS)], x)
    return parts


def _row(problem: Problem, tour: Tour, y: int, colour: str, x: Callable[[int], float]) -> list[str]:
    name = escape(named(problem, "runners", tour.runner))
    parts = [f'<text x="{EDGE}" y="{y + 14}" fill="{colour}">{name}</text>']
    parts.append(f'<path d="M{x(tour.depart):.1f},{y + 10}H{x(tour.back):.1f}" stroke="{colour}" stroke-width="2"/>')
    for visit in tour.visits:
        what = named(problem, "errands", visit.errand)
        said = escape(f"{clock_zh(visit.begin)}–{clock_zh(visit.leave)} {what} ({visit.step + 1})")
        bars = [(visit.arrive, visit.begin, WAIT), (visit.begin, visit.begin + visit.queue, QUEUE)]
        bars.append((visit.begin + visit.queue, visit.leave, colour))
        for since, until, fill in bars:
            if until > since:
                parts.append(
                    f'<rect x="{x(since):.1f}" y="{y + 3}" width="{max(1.0, x(until) - x(since)):.1f}" height="14" '
                    f'fill="{fill}"><title>{said}</title></rect>'
                )
    return parts
