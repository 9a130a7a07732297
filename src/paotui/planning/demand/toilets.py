"""Public toilets near the sites: visitors → follow-up disinfection rounds beyond the fixed ones; solution by area."""

from __future__ import annotations

from math import ceil, floor

from paotui.planning.demand.parameters import Estimate, Parameters
from paotui.planning.demand.sites import Toilet


def visits(toilet: Toilet, papers: int, p: Parameters) -> Estimate:
    """Return visits of companions during a day of so many papers."""
    return Estimate(toilet.companions * papers, "人").times(p.visits_per_companion, "人次")


def fixed_rounds(toilet: Toilet, p: Parameters) -> Estimate:
    """Return the rounds every day has: more where the toilet never closes."""
    found = p.fixed_rounds_all_day if toilet.all_day else p.fixed_rounds
    return Estimate(ceil(found.value), "轮", (found,))


def follow_up_rounds(toilet: Toilet, papers: int, hours: float, p: Parameters) -> Estimate:
    """Return the rounds beyond the fixed ones within `hours` of exam-day service, kept apart by the least spacing."""
    people = visits(toilet, papers, p)
    wanted = ceil(people.value / p.visits_per_round.value)
    room = floor(max(0.0, hours) * 60 / p.round_spacing_minutes.value) + 1
    return Estimate(min(wanted, room), "轮", (*people.used, p.visits_per_round, p.round_spacing_minutes))


def disinfectant(toilet: Toilet, p: Parameters) -> Estimate:
    """Return litres of solution for one round."""
    return Estimate(toilet.area, "平方米").times(p.disinfectant_litres_per_m2, "升")
