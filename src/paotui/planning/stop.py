"""When a planner stops. Time and cancelling come from outside; planners read the monotonic clock only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop after `seconds` of wall time or `iterations`, whichever comes first; `cancel` stops at once.

    With `iterations` alone the same seed gives the same plan. At least one of the two is set. `begun`: the moment on
    the monotonic clock that the seconds count from (the start of a process, say); now when left out.
    """

    seconds: float | None = None
    iterations: int | None = None
    begun: float | None = None
    cancel: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        if self.seconds is None and self.iterations is None:
            raise ValueError("a planner needs a limit: seconds, iterations, or both")

    def deadline(self) -> float:
        """The moment on the monotonic clock to stop at; a far one without a limit in seconds."""
        begun = time.monotonic() if self.begun is None else self.begun
        return begun + (1e9 if self.seconds is None else self.seconds)


def after_seconds(seconds: float) -> Stop:
    return Stop(seconds=seconds)


def after_iterations(iterations: int) -> Stop:
    return Stop(iterations=iterations)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a planner tells while it works: wall seconds since the start, iterations, best cost, not served.

    `figure`: what `cost` is, where it is not a cost to be kept low but a worth to be raised.
    """

    seconds: float
    iterations: int
    cost: float
    unserved: int = 0
    figure: Literal["cost", "worth"] = "cost"


OnProgress = Callable[[Progress], None]
