"""Files of `paotui plan`: named in every fault, never overwritten by mistake, written also at Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paotui.cli import main
from tests.planning.routes import cast
from tests.planning.routes.classic.cast import town
from tests.tooling.test_command_line import paotui


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "problem.json").write_text(cast.problem(stops=[cast.stop("a")]).model_dump_json(), encoding="utf-8")
    (tmp_path / "cut.json").write_text('{"kind": "routes-plan", "routes": [', encoding="utf-8")
    return tmp_path


def refused(*words: str, language: str = "en") -> str:
    done = paotui("plan", *words, PAOTUI_LANGUAGE=language)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    return done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("check", "problem.json", "cut.json"),
        ("routes", "problem.json", "--from", "cut.json", "--iterations", "1"),
        ("routes", "problem.json", "--params", "cut.json", "--iterations", "1"),
        ("diff", "cut.json", "cut.json"),
        ("errands", "cut.json", "--iterations", "1"),
    ],
)
def test_a_fault_names_the_file_it_is_in(folder, words):
    said = refused(*[str(folder / word) if word.endswith(".json") else word for word in words])
    assert f"paotui: {folder / 'cut.json'}: 1:" in said


@pytest.mark.parametrize(("out", "said"), [("nowhere/plan.json", "No such file"), (".", "Is a directory")])
def test_a_plan_that_cannot_be_written_is_refused_before_the_search(folder, out, said):
    assert said in refused("routes", str(folder / "problem.json"), "--iterations", "1000000000", "--out",
                           str(folder / out))  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_told_with_the_name_of_the_file(folder):
    said = refused("routes", str(folder / "problem.json"), "--iterations", "1", "--out", "/dev/full")
    assert "/dev/full: No space left on device" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_behind_the_terminal_is_told(folder):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "paotui", "plan", "routes", str(folder / "problem.json"), "--iterations", "1"],
            stdout=full, stderr=subprocess.PIPE, text=True, env={**os.environ, "PAOTUI_LANGUAGE": "en"}, check=False,
        )  # fmt: skip
    assert (done.returncode, "could not be written: No space left on device" in done.stderr) == (1, True), done.stderr


def test_a_terminal_without_chinese_is_no_fault(folder):
    plan = folder / "plan.json"
    plan.write_text('{"kind": "routes-plan", "routes": []}', encoding="utf-8")
    done = paotui("plan", "diff", str(plan), str(plan), PAOTUI_LANGUAGE="zh", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout.startswith("\\u8def\\u7ebf")) == (0, True), done


def test_a_limit_that_is_none_is_told_with_what_it_may_be(folder):
    for seconds in ("0", "-1", "nan", "1e99"):
        said = refused("routes", str(folder / "problem.json"), f"--seconds={seconds}")
        assert "above zero, --seconds below 10,000,000" in said


def test_a_file_of_another_kind_is_told_by_both_kinds(folder):
    said = refused("matching", str(folder / "problem.json"))
    assert "this file is 'routes', and 'matching' is wanted here" in said


def test_a_problem_given_for_a_plan_is_told_with_the_file_to_give(folder):
    said = refused("check", str(folder / "problem.json"), str(folder / "problem.json"))
    assert "this is a problem, not a plan. Give the file written by --out." in said


def test_a_problem_is_never_overwritten_by_its_plan(folder):
    before = (folder / "problem.json").read_bytes()
    path = str(folder / "problem.json")
    assert "this file is read here" in refused("routes", path, "--iterations", "1", "--out", path)
    assert (folder / "problem.json").read_bytes() == before


def test_what_a_plan_leaves_out_is_counted_on_the_terminal(folder):
    heavy = cast.problem(stops=[cast.stop("a", delivery={"kg": 500})])
    (folder / "problem.json").write_text(heavy.model_dump_json(), encoding="utf-8")
    done = paotui("plan", "routes", str(folder / "problem.json"), "--iterations", "1", "--out", str(folder / "p.json"))
    assert (done.returncode, "1 left out" in done.stderr) == (0, True)


def test_a_bound_is_refused_to_a_planner_that_has_none_of_its_own(folder):
    problem = {"kind": "inspections", "days": 1, "travel": {"matrix": [[0]]}, "departments": [], "inspectors": [],
               "sites": []}  # fmt: skip
    (folder / "visits.json").write_text(json.dumps(problem), encoding="utf-8")
    assert "routes" in refused("bound", str(folder / "visits.json"))


@pytest.mark.parametrize("command", ["picture", "explain"])
def test_a_plan_of_another_problem_is_refused_in_a_sentence(folder, command):
    for name in ("one", "other"):
        stated = {"kind": "pairing", "units": [{"id": f"u-{name}"}], "compounds": [{"id": "c"}]}
        (folder / f"{name}.json").write_text(json.dumps(stated), encoding="utf-8")
    plan = folder / "plan.json"
    assert paotui("plan", "pairing", str(folder / "one.json"), "--out", str(plan)).returncode == 0
    more = ("--out", str(folder / "p.svg")) if command == "picture" else ("c",)
    assert "does not fit the problem" in refused(command, str(folder / "other.json"), str(plan), *more)


STATED = {
    "pairing": ({"units": [{"id": "A"}], "compounds": [{"id": "B"}]}, "pairs[0].unit"),
    "matching": ({"on": "2020-03-02", "people": [{"id": "A", "occupations": ["w"]}],
                  "vacancies": [{"id": "B", "occupation": "w"}]}, "placements[0].person"),
    "posts": ({"posts": [{"id": "A", "needs": [{"start": 0, "end": 3600, "people": 1}]}],
               "people": [{"id": "B", "available": [[0, 7200]]}]}, "duties[0]"),
    "routes": ({"locations": [{"id": "o", "x": 0, "y": 0}], "vehicles": [{"id": "A", "start": "o"}],
                "stops": [{"id": "B", "location": "o"}]}, "routes[0].vehicle"),
    "inspections": ({"days": 1, "travel": {"coordinates": "metres"}, "departments": [{"id": "d"}],
                     "inspectors": [{"id": "A", "department": "d", "office": {"x": 0, "y": 0},
                                     "calendar": [[0, 50000]]}],
                     "sites": [{"id": "B", "location": {"x": 0, "y": 0}, "needs": [{"department": "d", "seconds": 600}],
                                "windows": [[0, 50000]]}]}, "visits[0].site"),
    "errands": ({"places": [{"id": "o", "x": 0, "y": 0}], "modes": [{"id": "walk", "kmh": 5}],
                 "runners": [{"id": "A", "home": "o", "shifts": [[0, 50000]]}],
                 "errands": [{"id": "B", "steps": [{"place": "o"}]}]}, "tours[0].runner"),
}  # fmt: skip


@pytest.mark.parametrize("kind", STATED)
def test_nothing_is_told_or_drawn_of_a_plan_that_names_what_the_problem_has_not(folder, kind, capsys, monkeypatch):
    monkeypatch.setenv("PAOTUI_LANGUAGE", "en")
    stated, where = STATED[kind]
    own, other, plan = (str(folder / name) for name in ("own.json", "other.json", "plan.json"))
    text = json.dumps({"kind": kind, **stated})
    Path(own).write_text(text, encoding="utf-8")
    Path(other).write_text(text.replace('"A"', '"Y"').replace('"B"', '"Z"'), encoding="utf-8")
    assert main(["plan", kind, own, "--iterations", "20", "--out", plan]) == 0, capsys.readouterr().err
    drawing = str(folder / "p.svg")
    for words in (["picture", own, plan, "--out", drawing], ["explain", own, plan, "B"],
                  ["diff", plan, plan, "--problem", own]):  # fmt: skip
        assert main(["plan", *words]) == 0, capsys.readouterr().err
    Path(drawing).unlink()
    capsys.readouterr()
    for words in (["picture", other, plan, "--out", drawing], ["explain", other, plan, "Z"],
                  ["diff", plan, plan, "--problem", other]):  # fmt: skip
        assert main(["plan", *words]) == 1
        said = capsys.readouterr()
        assert (said.out, f"plan.json: the plan does not fit the problem; {where}: " in said.err) == ("", True), said
    assert not Path(drawing).exists()


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(folder):
    people = [{"id": 0, "occupations": ["welder"]}] * 500
    problem = {"kind": "matching", "on": "2020-03-02", "people": people, "vacancies": []}
    (folder / "many.json").write_text(json.dumps(problem), encoding="utf-8")
    lines = refused("matching", str(folder / "many.json")).splitlines()
    assert (len(lines), lines[-1].endswith("… and 450 faults more; put these right first.")) == (51, True)


@pytest.mark.parametrize("kind", ["pairing", "matching", "posts", "routes"])
def test_a_problem_that_does_not_name_its_kind_is_what_its_plan_is_of(folder, kind, capsys, monkeypatch):
    monkeypatch.setenv("PAOTUI_LANGUAGE", "en")
    problem, plan, drawing = (str(folder / name) for name in ("bare.json", "plan.json", "p.svg"))
    Path(problem).write_text(json.dumps(STATED[kind][0]), encoding="utf-8")
    for words in ([kind, problem, "--iterations", "20", "--out", plan], ["check", problem, plan],
                  ["explain", problem, plan, "B"], ["picture", problem, plan, "--out", drawing],
                  ["diff", plan, plan, "--problem", problem]):  # fmt: skip
        assert main(["plan", *words]) == 0, capsys.readouterr().err


def test_a_roster_of_posts_goes_on_from_no_plan(folder):
    (folder / "posts.json").write_text(json.dumps({"kind": "posts", **STATED["posts"][0]}), encoding="utf-8")
    assert "leave out --from" in refused("posts", str(folder / "posts.json"), "--from", str(folder / "cut.json"))


@pytest.mark.parametrize("seed", ["-1", str(-(10**30)), str(10**30)])
def test_any_whole_number_is_a_seed(folder, seed):
    for kind in ("pairing", "posts"):
        people = {"pairing": {"units": [{"id": "u"}, {"id": "v"}], "compounds": [{"id": "c", "load": 3},
                              {"id": "d", "load": 2}, {"id": "e", "load": 2}]},
                  "posts": {"posts": [{"id": "gate", "needs": [{"start": 0, "end": 3600, "people": 1}]}],
                            "people": [{"id": "Wang", "available": [[0, 7200]]}]}}[kind]  # fmt: skip
        (folder / "one.json").write_text(json.dumps({"kind": kind, **people}), encoding="utf-8")
        done = paotui("plan", kind, str(folder / "one.json"), "--seed", seed, "--iterations", "1")
        assert (done.returncode, done.stderr) == (0, "")


def interrupted(*words: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `paotui plan …` that gets Ctrl-C at its first line of progress."""
    run = subprocess.Popen(
        [sys.executable, "-m", "paotui", "plan", *words, "--progress"], text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PAOTUI_LANGUAGE": "en"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )  # fmt: skip
    assert run.stderr
    run.stderr.readline()
    run.send_signal(signal.SIGINT)
    out, errors = run.communicate()
    return run.returncode, out, errors


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_writes_the_plan_found_so_far(folder):
    town_, plan = str(folder / "town.json"), str(folder / "p.json")
    Path(town_).write_text(town(60).model_dump_json(), encoding="utf-8")
    code, _, said = interrupted("routes", town_, "--iterations", "1000000000", "--out", plan)
    assert (code, "the plan found so far is written" in said) == (0, True), said
    done = paotui("plan", "check", town_, plan)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_tells_the_bound_found_so_far(folder):
    town_ = str(folder / "town.json")
    Path(town_).write_text(town(60).model_dump_json(), encoding="utf-8")
    code, out, said = interrupted("bound", town_, "--seconds", "600")
    assert (code, "the bound found so far is told" in said, "No plan costs less than" in out) == (0, True, True), said
