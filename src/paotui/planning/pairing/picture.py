"""A pairing as a map, one colour a unit, with the loads as bars beneath."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paotui.planning import lettering
from paotui.planning.pairing.plan import PairingPlan
from paotui.planning.pairing.problem import PairingProblem
from paotui.planning.plane import spread

WIDTH, MAP, EDGE, BAR, HEAD, SIZE = 900, 560, 40, 16, 76, 11
SHOWN = 60  # bars, and names on the map
LEFT, SEVERAL = "#c0392b", "#333"


def picture(problem: PairingProblem, plan: PairingPlan) -> str:
    """Return an SVG: compounds as circles by load, lines to their units (squares), loads of the busiest units."""
    at = _spots(problem)
    colour = {unit.id: f"hsl({number * 137 % 360},60%,42%)" for number, unit in enumerate(problem.units)}
    ends = [(at.get(("compound", one.compound)), at.get(("unit", one.unit)), colour[one.unit]) for one in plan.pairs]
    drawn = [
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="{tint}" stroke-width="0.8"/>'
        for start, end, tint in ends
        if start and end
    ]
    drawn += _points(problem, plan, at, colour)
    bars, height = _bars(problem, plan, colour)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="11"><rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f"{''.join([*_head(problem, plan), *drawn, *bars])}</svg>"
    )


def _head(problem: PairingProblem, plan: PairingPlan) -> Iterator[str]:
    zh = f"结对 {len(plan.pairs)} 对，未结对 {len(plan.unserved)} 处；下方为各单位的负荷"
    en = f"{len(plan.pairs)} pairs, {len(plan.unserved)} not served; below, the load of each unit"
    yield f'<text x="{EDGE}" y="26" font-size="16">{escape(problem.name or "结对 Pairing")}</text>'
    yield f'<text x="{EDGE}" y="46">{zh} · {en}</text>'
    yield from lettering.legend(EDGE, 64, [
        (lettering.square("#777"), "单位", "unit"),
        (lettering.dot("#777"), "楼院（单位的颜色）", "compound (colour of its unit)"),
        (lettering.dot(SEVERAL), "由几个单位共同负责", "of several units"),
        (lettering.dot(LEFT), "未结对", "not served"),
    ])  # fmt: skip


def _points(
    problem: PairingProblem, plan: PairingPlan, at: dict[tuple[str, str], tuple[float, float]], colour: dict[str, str]
) -> Iterator[str]:
    of: dict[str, list[str]] = {}
    for pair in plan.pairs:
        of.setdefault(pair.compound, []).append(pair.unit)
    left = {one.compound for one in plan.unserved}
    names = lettering.Names(SIZE, at.values(), WIDTH)
    named = len(at) <= SHOWN
    for compound in problem.compounds:
        if spot := at.get(("compound", compound.id)):
            units, said = of.get(compound.id, []), compound.name or compound.id
            fill = LEFT if compound.id in left or not units else colour[units[0]] if len(units) == 1 else SEVERAL
            yield (
                f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="4" fill="{fill}">'
                f"<title>{escape(said)}: {escape(', '.join(units))}</title></circle>"
            )
            yield names.beside(*spot, said) if named else ""
    for unit in problem.units:
        if spot := at.get(("unit", unit.id)):
            yield (
                f'<rect x="{spot[0] - 5:.1f}" y="{spot[1] - 5:.1f}" width="10" height="10" fill="{colour[unit.id]}">'
                f"<title>{escape(unit.name or unit.id)}</title></rect>"
            )
            yield names.beside(*spot, unit.name or unit.id) if named else ""


def _bars(problem: PairingProblem, plan: PairingPlan, colour: dict[str, str]) -> tuple[list[str], int]:
    loads = dict.fromkeys(problem.unit_of, 0)
    for one in plan.pairs:
        loads[one.unit] += problem.compounds[problem.compound_of[one.compound]].load
    busiest = sorted(problem.units, key=lambda unit: -loads[unit.id] / unit.strength)[:SHOWN]
    longest = max([loads[unit.id] / unit.strength for unit in busiest], default=0) or 1
    drawn = []
    for number, unit in enumerate(busiest):
        y, wide = MAP + EDGE + number * BAR, (WIDTH - 380) * loads[unit.id] / unit.strength / longest
        label = f"{unit.name or unit.id}: {loads[unit.id]}" + (f" / {unit.strength}" if unit.strength > 1 else "")
        drawn.append(
            f'<rect x="{EDGE}" y="{y}" width="{wide:.1f}" height="{BAR - 4}" fill="{colour[unit.id]}"/>'
            f'<text x="{EDGE + wide + 6:.1f}" y="{y + BAR - 6}">{escape(label)}</text>'
        )
    return drawn, MAP + 2 * EDGE + len(busiest) * BAR


def _spots(problem: PairingProblem) -> dict[tuple[str, str], tuple[float, float]]:
    flat = {("unit", one.id): problem.plane.spot(one.at) for one in problem.units if one.at}
    flat |= {("compound", one.id): problem.plane.spot(one.at) for one in problem.compounds if one.at}
    points = spread([*flat.values()], WIDTH, MAP - HEAD, EDGE)
    return {name: (x, y + HEAD) for name, (x, y) in zip(flat, points, strict=True)}
