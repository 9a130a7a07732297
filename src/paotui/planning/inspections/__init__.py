"""Joint inspections: everyone a site needs is there at once, and once only.

`read_problem`, `solve`, `check`, `explain`, `diff`, `picture` as every planner has them (see `paotui.planning`).
"""

from paotui.planning.mistaken import tell_apart

from .bounds import bound
from .checking import check, misfits
from .comparing import diff
from .drawing import picture
from .explaining import explain
from .params import Params
from .plan import Plan
from .problem import Problem
from .reading import read_params, read_plan, read_problem
from .solving import solve

__all__ = [
    "Params",
    "Plan",
    "Problem",
    "bound",
    "check",
    "diff",
    "explain",
    "misfits",
    "picture",
    "read_params",
    "read_plan",
    "read_problem",
    "solve",
]

tell_apart(Problem, Plan)
