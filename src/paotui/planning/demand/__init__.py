"""What an exam day asks for: masks, containers, water, refuse, toilet rounds; each number with what it rests on.

Pure functions of sites and of parameters read from dated, cited YAML (`paotui.library/demand`). A number that rests on
an unverified parameter says so (`Estimate.unverified`, `Estimate.caveats`).
"""

from paotui.planning.demand.parameters import Estimate, Parameter, Parameters, merged, read_parameters
from paotui.planning.demand.sites import Paper, RoadClass, Section, Site, Sites, Toilet, read_sites

__all__ = [
    "Estimate",
    "Paper",
    "Parameter",
    "Parameters",
    "RoadClass",
    "Section",
    "Site",
    "Sites",
    "Toilet",
    "merged",
    "read_parameters",
    "read_sites",
]
