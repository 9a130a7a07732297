"""HiGHS that prints nothing: a plan on standard output is not to begin with a solver's banner."""

from __future__ import annotations

import highspy
import numpy as np

INFINITY = highspy.kHighsInf
_NOTHING = np.array([], dtype=np.int32), np.array([], dtype=np.double)


class Programme(highspy.Highs):
    """A linear programme on one thread, silent from the start: the banner comes with the first call after creation."""

    def __init__(self) -> None:
        super().__init__()
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()

    def row(self, low: float, high: float) -> None:
        """Add a row that no column is in yet."""
        self.addRow(low, high, 0, *_NOTHING)

    def column(self, cost: float, rows: list[int], values: list[float]) -> int:
        """Add a column of no less than 0; its number."""
        number = int(self.getNumCol())
        self.addCol(cost, 0.0, INFINITY, len(rows), np.array(rows, dtype=np.int32), np.array(values, dtype=np.double))
        return number
