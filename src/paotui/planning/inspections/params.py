"""What may be tuned; the defaults are what the benchmarks run with."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from paotui.planning.reading import Model


class Params(Model):
    """Parameters of the search; temperatures are multiples of the mean travel to the nearest other
    site, times the mean number of people a site takes.

    `removed`: sites taken out an iteration, on average. `partial`: share of iterations in which visits stay and at
    most `people` tours give some of theirs away (at least 0.3 once crews are disbanded, and after convoys of people
    alone). `exchanges`: how often threads put together what they found.
    `move_others`: when re-planning, whether other appointments move only where it is proven that one would be lost
    otherwise ("proven"), or as soon as the search finds no other way ("if_needed"). `bound`: also prove a lower bound
    (`bounds.py` says how) over at most `bound_seconds`, which takes its time after the search.
    """

    threads: Annotated[int, Field(ge=1, le=64)] = 2
    removed: Annotated[float, Field(ge=1, le=100)] = 8.0
    first_temperature: Annotated[float, Field(gt=0)] = 4.0
    last_temperature: Annotated[float, Field(gt=0)] = 0.05
    blink: Annotated[float, Field(ge=0, lt=1)] = 0.01
    people: Annotated[int, Field(ge=1, le=100)] = 6
    partial: Annotated[float, Field(ge=0, le=1)] = 0.0
    exchanges: Annotated[int, Field(ge=1, le=10_000)] = 200
    move_others: Literal["proven", "if_needed"] = "proven"
    bound: bool = False
    bound_seconds: Annotated[float, Field(gt=0)] = 60.0
