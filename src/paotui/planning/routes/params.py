"""What may be set about the search; everything has a value by kind and size of the problem."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from paotui.planning.reading import Model


class Params(Model):
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    neighbours: Annotated[int, Field(ge=5, le=1000)] | None = None
    """Nearest stops looked at for a place: 40 in classic problems, 30 in others, there times the stops that share a
    location on average (at most four)."""
    hot: Annotated[float, Field(gt=0, le=1000)] | None = None
    cold: Annotated[float, Field(gt=0, le=1000)] | None = None
    """First and last temperature, in prices of the mean way to the nearest stop."""
    engine: Literal["auto", "whole", "decomposed", "ray"] = "auto"
    """How classic problems are solved: all at once ("whole"), or cluster by cluster in threads or on a Ray cluster.

    "auto": "decomposed" from `decompose_from` stops on, else "whole". Other problems know "auto" and "whole" only.
    """
    decompose_from: Annotated[int, Field(ge=1, le=10_000_000)] = 50_000
    cluster: Annotated[int, Field(ge=20, le=100_000)] = 4000
    """Stops in a cluster, about."""
