"""`paotui plan bound`: what no plan costs less than, in words, and refusals in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.planning.routes import cast
from tests.tooling.test_command_line import paotui


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    vans = [cast.van(per_km=1)]
    path = tmp_path / "problem.json"
    path.write_text(cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=vans).model_dump_json(), "utf-8")
    return path


def bound(path: Path, *more: str, **variables: str) -> Any:
    done = paotui("plan", "bound", str(path), "--iterations", "100", *more, **variables)
    assert "Traceback" not in done.stderr
    return done


def test_a_bound_is_read_out_with_its_method(problem: Path) -> None:
    done = bound(problem)
    assert done.returncode == 0
    assert "No plan costs less than 4.00." in done.stdout
    assert "none is cheaper" in done.stdout
    assert "任何方案的成本都不低于 4.00" in bound(problem, PAOTUI_LANGUAGE="zh").stdout


def test_a_plan_that_does_not_hold_is_refused_with_its_faults(problem: Path) -> None:
    plan = problem.with_name("plan.json")
    plan.write_text(cast.plan(cast.trips("van", "a")).to_json(), "utf-8")
    done = bound(problem, "--plan", str(plan))
    assert done.returncode != 0
    assert "b is neither served nor listed" in done.stderr


def test_another_kind_of_plan_states_its_own_bound(tmp_path: Path) -> None:
    path = tmp_path / "visits.json"
    path.write_text('{"kind": "errands"}', "utf-8")
    done = bound(path)
    assert done.returncode != 0
    assert "for routes" in done.stderr
