"""How the search works; every value has a default that was measured (docs/adr/0015)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from paotui.planning.reading import Model, read


class Params(Model):
    """Parameters of ruin and recreate. Temperatures are in units of the mean cost to the nearest other place."""

    hot: Annotated[float, Field(gt=0, le=1e6)] = 3.0
    """Temperature at the start."""
    cold: Annotated[float, Field(gt=0, le=1e6)] = 0.05
    """Temperature at the end."""
    removed: Annotated[float, Field(ge=1, le=1000)] = 15.0
    """Mean number of stops that leave in one iteration; their chains leave with them."""
    longest: Annotated[float, Field(ge=1, le=1000)] = 10.0
    """Longest string of stops taken out of one tour."""
    blink: Annotated[float, Field(ge=0, le=1)] = 0.02
    """How often a tour is looked at carelessly when a chain comes back."""
    fleet: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Share of the time spent on using fewer tours before anything else."""
    threads: Annotated[int, Field(ge=1, le=2)] = 2
    halves: bool = True
    """With eight tours or more each thread works on half of them, shared out anew every round."""


def read_params(data: bytes) -> Params:
    """Return the parameters written as JSON; raises ProblemError."""
    return read(Params, data)
