"""Routes: vehicles of many kinds, stops in time windows, several trips, order, company, locks, change at a price.

The face every planner shows (`paotui.planning`): a problem in, a plan out, and what can be said of a plan.
"""

from __future__ import annotations

from paotui.planning import reading
from paotui.planning.routes import formats, validate
from paotui.planning.routes.bounding import Bound, bound
from paotui.planning.routes.checker import check, cost, misfits
from paotui.planning.routes.comparing import diff
from paotui.planning.routes.explaining import explain
from paotui.planning.routes.picture import picture
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich import Params
from paotui.planning.routes.solving import read_params, solve
from paotui.planning.routes.validate import remarks

__all__ = [
    "Bound", "Params", "bound", "check", "cost", "diff", "explain", "misfits", "picture", "read_params",
    "read_plan", "read_problem", "remarks", "solve",
]  # fmt: skip


def read_problem(data: bytes, name: str = "") -> Problem:
    """The problem written as JSON, or in a public format; raises ProblemError with every fault found."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return formats.read(data, name)
    problem = reading.read(Problem, data)
    validate.refuse(problem)
    return problem


def read_plan(data: bytes) -> Plan:
    """The plan written as JSON; raises ProblemError with every fault found."""
    return reading.read(Plan, data)
