"""What a command that plans or checks routes waits for before it begins."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("scipy", "ray", "pyarrow", "ortools", "highspy")


@pytest.mark.parametrize("room", ["paotui.planning.routes", "paotui.planning.routes.bounding.generation"])
def test_libraries_only_some_problems_need_are_not_loaded_at_the_start(room):
    asked = f"import sys, {room}; print(*({set(SLOW)} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
