from __future__ import annotations

import sys

import pytest

from paotui.planning import routes
from paotui.planning.faults import ProblemError
from paotui.planning.routes import Params
from paotui.planning.stop import after_iterations

from .towns import town


@pytest.mark.filterwarnings("default")  # of Ray, about itself
def test_two_local_workers_give_the_plan_that_threads_give():
    ray = pytest.importorskip("ray")
    problem, work = town(300), after_iterations(6000)
    near = routes.solve(problem, work, seed=4, params=Params(engine="decomposed", cluster=100))
    far = routes.solve(problem, work, seed=4, params=Params(engine="ray", cluster=100))
    assert far.model_dump(exclude={"seconds"}) == near.model_dump(exclude={"seconds"})
    assert far.iterations == 6000
    assert not ray.is_initialized()  # its workers have ended


def test_without_ray_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ProblemError, match=r"params\.engine: The engine \"ray\" needs Ray.*paotui\[ray\]"):
        routes.solve(town(20), after_iterations(10), params=Params(engine="ray"))
