"""Re-planning keeps what people were told; only what cannot be kept moves."""

from __future__ import annotations

import pytest

from paotui.planning.inspections import check, diff
from paotui.planning.inspections.arrays import arrays
from paotui.planning.inspections.necessity import has_no_start
from paotui.planning.inspections.problem import Appointment

from . import cast


def without(data: dict, name: str) -> dict:
    return data | {"inspectors": [one | ({"calendar": []} if one["id"] == name else {}) for one in data["inspectors"]]}


def starts(plan) -> dict[str, int]:
    return {visit.site: visit.start for visit in plan.visits}


def test_a_substitute_comes_and_no_appointment_moves():
    data = cast.small()
    before = cast.planned(cast.read(data))
    ill = next(one.inspector for visit in before.visits for one in visit.team if one.department == "fire")
    problem = cast.read(without(data, ill))
    after = cast.planned(problem, start=before)
    assert check(problem, after, before) == []
    assert after.costs.moved == 0
    assert starts(after) == starts(before)
    assert after.costs.substituted >= 1
    assert any("instead of" in one.en for one in diff(problem, before, after))


def test_nothing_changes_when_nothing_happened():
    problem = cast.read(cast.rough_and_ready(5, sites=25, days=5))
    before = cast.planned(problem, 500)
    after = cast.planned(problem, 500, start=before)
    assert check(problem, after, before) == []
    assert after.costs.moved == 0
    assert starts(before).items() <= starts(after).items()


@pytest.mark.parametrize("seed", range(12))
def test_only_appointments_of_the_missing_inspector_move(seed):
    data = cast.rough_and_ready(2_000 + seed, sites=20, days=5, limits=False)
    before = cast.planned(cast.read(data), 500)
    assert before.visits
    ill = before.visits[0].team[0].inspector
    problem = cast.read(without(data, ill))
    after = cast.planned(problem, 500, start=before)
    assert check(problem, after, before) == []
    theirs = {visit.site for visit in before.visits if ill in {one.inspector for one in visit.team}}
    now = starts(after)
    others = [site for site, start in starts(before).items() if site not in theirs and now.get(site) != start]
    if others:  # then keeping all of them would have cost an appointment, and that is proven
        lost = set(starts(before)) - set(starts(cast.planned(frozen(problem, before, theirs), 500)))
        assert {one.site for one in after.left_out} < lost | {one.site for one in before.left_out}
        made = arrays(problem, {visit.site: visit for visit in before.visits})
        standing = {number: start for number, (start, _) in made.announced.items()}
        standing = {number: start for number, start in standing.items() if problem.sites[number].id not in theirs}
        numbers = {site.id: number for number, site in enumerate(problem.sites)}
        assert any(has_no_start(made, standing, numbers[site]) for site in lost)


def frozen(problem, before, theirs):
    """The problem with everybody else's appointment standing."""
    sites = [
        one.model_copy(update={"locked": Appointment(start=starts(before)[one.id])})
        if one.id in starts(before) and one.id not in theirs
        else one
        for one in problem.sites
    ]
    return problem.model_copy(update={"sites": tuple(sites)})


def test_a_closed_window_moves_that_appointment_only():
    data = cast.small()
    before = cast.planned(cast.read(data))
    sites = data["sites"]
    day = starts(before)["c"] // cast.DAY
    sites[2]["windows"] = [sites[2]["windows"][1 - day]]
    problem = cast.read(data | {"sites": sites})
    after = cast.planned(problem, start=before)
    assert check(problem, after, before) == []
    assert after.costs.moved == 1
    assert [site for site in "abc" if starts(after)[site] != starts(before)[site]] == ["c"]


def test_a_standing_appointment_is_kept_with_its_people():
    sites = cast.small()["sites"]
    sites[0]["locked"] = {"start": cast.at(2, 13), "inspectors": ["h2", "h3", "f2"]}
    problem = cast.read(cast.small(sites=sites))
    plan = cast.planned(problem)
    visit = next(one for one in plan.visits if one.site == "a")
    assert check(problem, plan) == []
    assert visit.start == cast.at(2, 13)
    assert {one.inspector for one in visit.team} == {"h2", "h3", "f2"}


@pytest.mark.parametrize("seed", range(8))
def test_any_plan_may_be_announced_even_one_that_does_not_hold(seed):
    data = cast.rough_and_ready(3_000 + seed, sites=15, days=5)
    before = cast.planned(cast.read(data), 100)
    tighter = [one | {"visits_per_day": 1, "calendar": one["calendar"][:3]} for one in data["inspectors"]]
    problem = cast.read(data | {"inspectors": tighter, "sites": data["sites"][3:]})
    at_once = [visit.model_copy(update={"start": before.visits[0].start}) for visit in before.visits]
    for plan in (before, before.model_copy(update={"visits": tuple(at_once)})):
        after = cast.planned(problem, 100, start=plan)
        assert check(problem, after, plan) == []
