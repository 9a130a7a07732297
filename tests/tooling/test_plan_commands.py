"""Plans from the command line, as a dispatcher uses them: no database, one sentence a fault, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paotui.cli import plan
from paotui.planning.stop import Progress
from tests.planning.routes import cast
from tests.planning.routes.formats import files
from tests.tooling.test_command_line import paotui

VANS = [cast.van(name="Van 1", per_km=1), cast.van(id="two", name="Van 2", per_km=1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stops = [cast.stop("a"), cast.stop("b", name="Fifth school")]
    problem = cast.problem(stops=stops, vehicles=VANS)
    (tmp_path / "problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    for name, by in (
        ("morning", cast.plan(cast.trips("van", "a b"))),
        ("noon", cast.plan(cast.trips("van", "a"), cast.trips("two", "b"))),
        ("wrong", cast.plan(cast.trips("van", "a"))),
    ):
        (tmp_path / f"{name}.json").write_text(by.to_json(), encoding="utf-8")
    return tmp_path


def on(folder: Path, command: str, *names: str, **variables: str) -> Any:
    """`paotui plan COMMAND …` with files of the folder; other words are passed as they are."""
    paths = [str(folder / name) if (folder / name).exists() or name.endswith(".svg") else name for name in names]
    done = paotui("plan", command, *paths, **variables)
    assert "Traceback" not in done.stderr
    return done


def test_a_plan_that_holds_passes_with_its_cost(folder):
    done = on(folder, "check", "problem.json", "morning.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the plan holds" in done.stdout
    assert "4.00" in done.stdout


def test_a_plan_that_does_not_hold_fails_with_each_fault(folder):
    done = on(folder, "check", "problem.json", "wrong.json")
    assert done.returncode == 1
    assert "b is neither served nor listed as unserved" in done.stderr
    assert "既未服务" in on(folder, "check", "problem.json", "wrong.json", PAOTUI_LANGUAGE="zh").stderr


def test_plans_of_public_files_are_checked_with_the_numbers_of_the_file(folder):
    (folder / "tiny.vrp").write_text(files.CVRP, encoding="utf-8")
    plan = {"routes": [{"vehicle": "vehicle#1", "trips": [[2, 3]]}, {"vehicle": "vehicle#2", "trips": [[4]]}]}
    (folder / "tiny.json").write_text(json.dumps(plan), encoding="utf-8")
    done = on(folder, "check", "tiny.vrp", "tiny.json")
    assert (done.returncode, "28" in done.stdout) == (0, True)


def test_a_stop_is_explained_in_the_language_of_the_terminal(folder):
    assert "b (Fifth school) is served by Van 1" in on(folder, "explain", "problem.json", "morning.json", "b").stdout
    assert "由 Van 1 服务" in on(folder, "explain", "problem.json", "morning.json", "b", PAOTUI_LANGUAGE="zh").stdout


def test_an_unknown_stop_is_refused_in_a_sentence(folder):
    done = on(folder, "explain", "problem.json", "morning.json", "z")
    assert (done.returncode, "no stop or vehicle 'z'" in done.stderr) == (1, True)


@pytest.mark.parametrize("more", [("--problem", "problem.json"), ()])
def test_two_plans_are_compared_with_or_without_their_problem(folder, more):
    said = on(folder, "diff", "morning.json", "noon.json", *more).stdout
    assert ("b (Fifth school) moves from Van 1" if more else "b moves from van to two") in said


def test_a_plan_is_drawn_to_a_file(folder):
    assert on(folder, "picture", "problem.json", "morning.json", "--out", "plan.svg").returncode == 0
    assert (folder / "plan.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is no JSON"),
        ('{"kind": "cooking"}', "There is no planner for 'cooking'"),
        ('{"locations": [{"id": "a", "x": NaN}]}', "NaN is no number"),
        ('{"locations": []}', "locations: "),
        ("[1]", "is no JSON object"),
        ("null", "bad.json: the file says null and nothing else"),
        ('"plan"', "is no JSON object"),
        ("gibberish", "no file of a known format"),
    ],
)
def test_a_problem_that_cannot_be_used_is_refused_in_a_sentence(folder, text, said):
    (folder / "bad.json").write_text(text, encoding="utf-8")
    done = on(folder, "check", "bad.json", "morning.json")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr


def test_a_file_that_is_not_there_is_refused_in_a_sentence(folder):
    done = on(folder, "check", "nowhere.json", "morning.json")
    assert (done.returncode, "nowhere.json" in done.stderr) == (1, True)


def test_what_will_disappoint_is_noted_and_does_not_fail(folder):
    heavy = cast.problem(stops=[cast.stop("a", delivery={"kg": 500})])
    (folder / "problem.json").write_text(heavy.model_dump_json(), encoding="utf-8")
    (folder / "morning.json").write_text(cast.plan(unserved=["a"]).to_json(), encoding="utf-8")
    done = on(folder, "check", "problem.json", "morning.json")
    assert (done.returncode, "no vehicle can serve a" in done.stderr) == (0, True)


def test_progress_is_told_twice_a_second_at_most():
    told: list[float] = []
    tell = plan._now_and_then(lambda progress: told.append(progress.seconds))
    for tenth in range(21):
        tell(Progress(seconds=tenth / 10, iterations=tenth, cost=1.0))
    assert told == [0.0, 0.5, 1.0, 1.5, 2.0]
