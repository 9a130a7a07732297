"""Posts held continuously: a staff roster with breaks, relief, rest and qualifications, by CP-SAT.

Least uncovered first, then fewest people, then most even hours. Who leaves a post is relieved at it without a gap, or
the gap is listed with its reason.
"""

from paotui.planning import reading
from paotui.planning.mistaken import tell_apart
from paotui.planning.posts.checker import check, misfits
from paotui.planning.posts.plan import Duty, Plan, Uncovered
from paotui.planning.posts.problem import Need, Person, Post, Problem, Rules, refuse
from paotui.planning.posts.solving import Params, solve
from paotui.planning.posts.telling import diff, explain, picture


def read_problem(data: bytes, name: str = "") -> Problem:
    """Return a problem from JSON; raises ProblemError with every fault found."""
    found = reading.read(Problem, data)
    refuse(found)
    return found


def read_plan(data: bytes) -> Plan:
    return reading.read(Plan, data)


def read_params(data: bytes) -> Params:
    return reading.read(Params, data)


__all__ = [
    "Duty", "Need", "Params", "Person", "Plan", "Post", "Problem", "Rules", "Uncovered", "check", "diff", "explain",
    "misfits", "picture", "read_params", "read_plan", "read_problem", "solve",
]  # fmt: skip

tell_apart(Problem, Plan)
