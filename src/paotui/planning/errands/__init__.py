"""Errands: papers fetched, stamped at counters with opening hours and queues, in an order, and brought back.

Several cases on a tour, several runners. Up to fifteen stops the plan is proven optimal; beyond, a compiled
ruin-and-recreate search. Public pick-up-and-delivery instances (Li and Lim) through `read_lilim`, `solve_lilim`,
`check_lilim`. See docs/guides/plan-errands.md.
"""

from paotui.planning.errands.check import check, misfits
from paotui.planning.errands.check_lilim import check_lilim
from paotui.planning.errands.explain import diff, explain
from paotui.planning.errands.lilim import LiLim, Solved, read_lilim, solve_lilim
from paotui.planning.errands.params import Params, read_params
from paotui.planning.errands.picture import picture
from paotui.planning.errands.plan import Plan, read_plan
from paotui.planning.errands.problem import Problem, read_problem
from paotui.planning.errands.solver import solve
from paotui.planning.mistaken import tell_apart

__all__ = [
    "LiLim", "Params", "Plan", "Problem", "Solved", "check", "check_lilim", "diff", "explain", "misfits",
    "picture", "read_lilim", "read_params", "read_plan", "read_problem", "solve", "solve_lilim",
]  # fmt: skip

tell_apart(Problem, Plan)
