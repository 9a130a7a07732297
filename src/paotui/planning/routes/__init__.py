"""Routes: vehicles of many kinds, stops in time windows, several trips, order, company, locks, change at a price.

The face every planner shows (`paotui.planning`): a problem in, a plan out, and what can be said of a plan.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from paotui.planning import reading
from paotui.planning.mistaken import tell_apart
from paotui.planning.routes import validate
from paotui.planning.routes.params import Params
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.solving import read_params, solve
from paotui.planning.routes.validate import remarks

if TYPE_CHECKING:
    from paotui.planning.routes.bounding.whole import Bound, bound
    from paotui.planning.routes.checker import check, cost, misfits
    from paotui.planning.routes.comparing import diff
    from paotui.planning.routes.explaining import explain
    from paotui.planning.routes.sheet import picture

__all__ = [
    "Bound", "Params", "bound", "check", "cost", "diff", "explain", "misfits", "picture", "read_params",
    "read_plan", "read_problem", "remarks", "solve",
]  # fmt: skip
WHEN_ASKED_FOR = {
    "Bound": "bounding.whole", "bound": "bounding.whole", "check": "checker", "cost": "checker", "diff": "comparing",
    "explain": "explaining", "misfits": "checker", "picture": "sheet",
}  # fmt: skip
"""What making a plan does without, by module: who re-plans within a second should not wait for it to load."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How JSON begins that an editor saved as "Unicode"; public files are ASCII."""

tell_apart(Problem, Plan)


def __getattr__(name: str) -> Any:
    if name not in WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{WHEN_ASKED_FOR[name]}"), name)


def read_problem(data: bytes, name: str = "") -> Problem:
    """The problem written as JSON, or in a public format; raises ProblemError with every fault found."""
    if data[:2] not in UTF_16 and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        from paotui.planning.routes import formats  # here: problems in JSON do without

        return formats.read(data, name)
    problem = reading.read(Problem, data)
    validate.refuse(problem)
    return problem


def read_plan(data: bytes) -> Plan:
    """The plan written as JSON; raises ProblemError with every fault found."""
    return reading.read(Plan, data)
