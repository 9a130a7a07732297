"""A plan as one SVG: the map on the left, the time chart on the right, no outside asset; both languages."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning import lettering
from paotui.planning.routes import naming
from paotui.planning.routes.checker import costs, driven
from paotui.planning.routes.checker.driving import Fleet
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.sheet import chart, map
from paotui.planning.routes.sheet.drawing import Box, element, text
from paotui.planning.routes.sheet.style import INK, STYLE

WIDTH, MARGIN, HEAD = 1640, 28, 92
MAP = 760


def picture(problem: Problem, plan: Plan) -> str:
    fleet, _ = driven(problem, plan)
    height = max(MAP, chart.height(fleet))
    left = Box(MARGIN, HEAD, MAP, MAP)
    right = Box(MARGIN + MAP + MARGIN, HEAD, WIDTH - MAP - 3 * MARGIN, height)
    left_out = [str(one.stop) for one in plan.unserved]
    listed = {*left_out}
    omitted = [name for name in fleet.case.stops if name not in fleet.served and name not in listed]
    below = map.left_out(fleet, plan, omitted, left)
    total = HEAD + max(height, MAP + 22 * len(below)) + MARGIN
    body = [
        element("rect", width=WIDTH, height=total, class_="paper"),
        *_head(fleet, plan, left_out, len(omitted)),
        *_signs(fleet, [*left_out, *omitted], right.x),
        *map.draw(fleet, [*left_out, *omitted], left),
        *below,
        *chart.draw(fleet, right),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total:g}" width="{WIDTH}" '
        f'height="{total:g}" role="img">\n<style>{STYLE}</style>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _signs(fleet: Fleet, left_out: list[str], x: float) -> Iterator[str]:
    """What is drawn and how, of what this plan has."""
    problem, kinds = fleet.case.problem, {one.visit.kind for drive in fleet.drives for one in drive.activities}
    signs = [
        (True, lettering.square(INK), "车场", "depot"),
        (bool(problem.stations), '<path d="M0,-6 l6,11 h-12 z" class="station"/>', "场站", "station"),
        (bool(problem.quiet_zones), '<circle r="6" class="quiet"/>', "静音区", "quiet zone"),
        (bool(left_out), '<path d="M-4,-4 l8,8 m0,-8 l-8,8" class="left-out"/>', "未服务", "not served"),
        ("station" in kinds, f'<rect x="-6" y="-4" width="12" height="8" fill="{INK}"/>', "在场站", "at a station"),
        ("break" in kinds, '<rect x="-6" y="-4" width="12" height="8" fill="#c9cfd5"/>', "休息", "rest"),
    ]  # fmt: skip
    yield from lettering.legend(x, 71, [(sign, zh, en) for there, sign, zh, en in signs if there])


def _head(fleet: Fleet, plan: Plan, left_out: list[str], omitted: int) -> list[str]:
    problem = fleet.case.problem
    used = sum(bool(drive.stops) for drive in fleet.drives)
    cost = naming.money(problem, costs.cost(fleet, left_out).total)
    way = naming.kilometres(problem, sum(drive.distance for drive in fleet.drives))
    zh = f"{used} 辆车 · {len(fleet.served)} 个点 · {way.zh} · 成本 {cost.zh} · 未服务 {len(left_out)} 个"
    en = f"{used} vehicles · {len(fleet.served)} stops · {way.en} · cost {cost.en} · {len(left_out)} not served"
    if omitted:
        zh, en = f"{zh} · 计划里没有 {omitted} 个", f"{en} · {omitted} missing from the plan"
    return [
        text(MARGIN, 36, problem.name or plan.problem or "路线 Routes", class_="title"),
        text(MARGIN, 58, zh, class_="said"),
        text(MARGIN, 76, en, class_="said faint"),
    ]
