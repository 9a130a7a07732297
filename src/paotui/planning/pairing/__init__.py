"""Pairing units and cadres with compounds 结对包院: balance first, then distance, competence and continuity, proven.

The same planner allocates cases to judges who have no conflict of interest, and work orders in an office.
"""

from paotui.planning.mistaken import tell_apart
from paotui.planning.pairing.checking import check, misfits
from paotui.planning.pairing.explaining import diff, explain
from paotui.planning.pairing.picture import picture
from paotui.planning.pairing.plan import PairingParams, PairingPlan, read_params, read_plan
from paotui.planning.pairing.problem import PairingProblem, read_problem
from paotui.planning.pairing.solving import solve

__all__ = [
    "PairingParams",
    "PairingPlan",
    "PairingProblem",
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

tell_apart(PairingProblem, PairingPlan)
