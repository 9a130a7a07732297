from __future__ import annotations

from importlib import resources

from paotui.planning import errands
from paotui.planning.stop import after_iterations
from paotui.samples.erqi.problems import s5_errands

FILE = resources.files("paotui.samples.erqi.problems") / s5_errands.FILE


def test_the_sample_errands_are_those_of_the_school_roster() -> None:
    assert FILE.read_text(encoding="utf-8") == s5_errands.text()


def test_every_paper_of_the_sample_is_carried_and_the_schools_save_their_trips() -> None:
    problem = errands.read_problem(FILE.read_bytes(), FILE.name)
    assert problem.sample
    plan = errands.solve(problem, after_iterations(300))
    assert errands.check(problem, plan) == []
    assert plan.undone == []
    assert plan.trips.alone == sum(1 for errand in problem.errands for step in errand.steps if step.counter is not None)
    assert plan.trips.saved == plan.trips.alone - len(plan.tours)
