"""A plan as one SVG: the map on the left, the time chart on the right, no outside asset; both languages."""

from __future__ import annotations

from paotui.planning.routes import naming
from paotui.planning.routes.checker import costs, driven
from paotui.planning.routes.checker.driving import Fleet
from paotui.planning.routes.picture import chart, map
from paotui.planning.routes.picture.drawing import Box, element, text
from paotui.planning.routes.picture.style import STYLE
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem

WIDTH, MARGIN, HEAD = 1640, 28, 92
MAP = 760


def picture(problem: Problem, plan: Plan) -> str:
    fleet, _ = driven(problem, plan)
    height = max(MAP, chart.height(fleet))
    left = Box(MARGIN, HEAD, MAP, MAP)
    right = Box(MARGIN + MAP + MARGIN, HEAD, WIDTH - MAP - 3 * MARGIN, height)
    left_out = [str(one.stop) for one in plan.unserved]
    below = map.left_out(fleet, plan, left)
    total = HEAD + max(height, MAP + 22 * len(below)) + MARGIN
    body = [
        element("rect", width=WIDTH, height=total, class_="paper"),
        *_head(fleet, plan, left_out),
        *map.draw(fleet, left_out, left),
        *below,
        *chart.draw(fleet, right),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total:g}" width="{WIDTH}" '
        f'height="{total:g}" role="img">\n<style>{STYLE}</style>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _head(fleet: Fleet, plan: Plan, left_out: list[str]) -> list[str]:
    problem = fleet.case.problem
    used = sum(bool(drive.stops) for drive in fleet.drives)
    cost = naming.money(problem, costs.cost(fleet, left_out).total)
    way = naming.kilometres(problem, sum(drive.distance for drive in fleet.drives))
    zh = f"{used} 辆车 · {len(fleet.served)} 个点 · {way.zh} · 成本 {cost.zh} · 未服务 {len(left_out)} 个"
    en = f"{used} vehicles · {len(fleet.served)} stops · {way.en} · cost {cost.en} · {len(left_out)} not served"
    return [
        text(MARGIN, 36, problem.name or plan.problem or "路线 Routes", class_="title"),
        text(MARGIN, 58, zh, class_="said"),
        text(MARGIN, 76, en, class_="said faint"),
    ]
