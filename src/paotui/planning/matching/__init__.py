"""Matching people to vacancies 人岗匹配: proven best over all admissible pairs, every refusal with its reason."""

from paotui.planning.matching.checking import check, misfits
from paotui.planning.matching.explaining import diff, explain
from paotui.planning.matching.picture import picture
from paotui.planning.matching.plan import MatchingParams, MatchingPlan, read_params, read_plan
from paotui.planning.matching.problem import MatchingProblem, read_problem
from paotui.planning.matching.solving import solve
from paotui.planning.mistaken import tell_apart

__all__ = [
    "MatchingParams",
    "MatchingPlan",
    "MatchingProblem",
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

tell_apart(MatchingProblem, MatchingPlan)
