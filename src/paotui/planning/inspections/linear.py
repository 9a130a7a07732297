"""HiGHS that prints nothing: a plan on standard output is not to begin with a solver's banner."""

from __future__ import annotations

import highspy


class Programme(highspy.Highs):
    """A linear programme on one thread, silent from the start: the banner comes with the first call after creation."""

    def __init__(self) -> None:
        super().__init__()
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()
