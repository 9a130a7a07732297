"""A pairing as a map, one colour a unit, with the loads as bars beneath."""

from __future__ import annotations

from html import escape

from paotui.planning.pairing.plan import PairingPlan
from paotui.planning.pairing.problem import PairingProblem
from paotui.planning.plane import spread

WIDTH, MAP, EDGE, BAR = 900, 560, 40, 16
SHOWN = 60  # bars
LEFT = "#c0392b"


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
    own = {one.compound: one.unit for one in plan.pairs}
    for compound in problem.compounds:
        if spot := at.get(("compound", compound.id)):
            fill = colour[own[compound.id]] if compound.id in own else LEFT
            drawn.append(
                f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="4" fill="{fill}">'
                f"<title>{escape(compound.name or compound.id)}</title></circle>"
            )
    drawn += [
        f'<rect x="{spot[0] - 5:.1f}" y="{spot[1] - 5:.1f}" width="10" height="10" fill="{colour[unit.id]}">'
        f"<title>{escape(unit.name or unit.id)}</title></rect>"
        for unit in problem.units
        if (spot := at.get(("unit", unit.id)))
    ]
    bars, height = _bars(problem, plan, colour)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="11"><rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<text x="{EDGE}" y="24" font-size="16">{escape(problem.name)}</text>{"".join([*drawn, *bars])}</svg>'
    )


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
    return dict(zip(flat, spread([*flat.values()], WIDTH, MAP, EDGE), strict=True))
