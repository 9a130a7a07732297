"""What a command that plans or checks routes waits for before it begins."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SLOW = ("scipy", "ray", "pyarrow", "ortools", "highspy")
NEEDLESS = (
    *SLOW, "yaml", "chinese_calendar", "django", "paotui.worktime", "paotui.cli.serve", "paotui.planning.errands",
    "paotui.planning.routes.checker", "paotui.planning.routes.rich", "paotui.planning.routes.sheet",
    "paotui.planning.routes.formats", "paotui.planning.routes.bounding.whole",
)  # fmt: skip


@pytest.mark.parametrize("room", ["paotui.planning.routes", "paotui.planning.routes.bounding.generation"])
def test_libraries_only_some_problems_need_are_not_loaded_at_the_start(room):
    asked = f"import sys, {room}; print(*({set(SLOW)} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_plan_of_a_classic_problem_is_made_without_what_it_does_not_need(tmp_path):
    """Re-planning has a second, counted from the start of the process."""
    problem = {
        "kind": "routes", "travel": {"type": "planar", "rounding": "round"}, "source": {"format": "vrplib", "scale": 1},
        "locations": [{"id": "depot", "x": 0, "y": 0}, {"id": "a", "x": 3, "y": 4}],
        "vehicles": [{"id": "van", "start": "depot", "per_km": 1000}], "stops": [{"id": "a", "location": "a"}],
    }  # fmt: skip
    path, out = tmp_path / "problem.json", tmp_path / "plan.json"
    path.write_text(json.dumps(problem), encoding="utf-8")
    made = f"main(['plan', 'routes', {str(path)!r}, '--seconds', '1', '--out', {str(out)!r}])"
    told = f"print(*({set(NEEDLESS)} & sys.modules.keys()))"
    asked = f"import sys; from paotui.cli import main; assert {made} == 0; {told}"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert json.loads(out.read_text(encoding="utf-8"))["cost"]["total"] == "10"
