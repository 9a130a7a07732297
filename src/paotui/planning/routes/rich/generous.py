"""At first stops that may be left out are hard to leave out: a vehicle that pays only once it serves many gets sent.

Opening it for one of them alone would never pay, so a search at true prices from the beginning does not find it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from paotui.planning.routes.rich.engine import Limits
from paotui.planning.routes.rich.lowering import Lowered

TIMES = 8.0
"""What prices of leaving out are multiplied by."""
SHARE = 0.5
"""Of the whole search."""
WARMTH = 0.3
"""First temperature afterwards, as a share of what it was."""


def optional(lowered: Lowered) -> bool:
    """Whether any stop may be left out."""
    return not lowered.arrays["must"].all()


def dearer(lowered: Lowered) -> Lowered:
    """The same problem with multiplied prices of leaving out."""
    prices = np.where(lowered.arrays["must"] != 0, 1.0, TIMES) * lowered.arrays["price"]
    return replace(lowered, arrays={**lowered.arrays, "price": prices})


def halves(limits: Limits, begun: float) -> tuple[Limits, Limits]:
    """The limits of the generous part and of the rest."""
    iterations = None if limits.iterations is None else int(limits.iterations * SHARE)
    rest = None if limits.iterations is None or iterations is None else limits.iterations - iterations
    deadline = None if limits.deadline is None else begun + SHARE * (limits.deadline - begun)
    return (
        replace(limits, iterations=iterations, deadline=deadline),
        replace(limits, iterations=rest, hot=max(limits.cold, limits.hot * WARMTH)),
    )
