"""Who gains and who loses between two versions, or two days, on one roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from paotui.policy.bulk import OUTCOMES, Assessment
from paotui.policy.columns import Array


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a version of one's choice, or whatever is in force on a day."""

    day: dt.date
    version: str | None = None


@dataclass(slots=True)
class Comparison:
    """Counts and sums of a roster under two sides; `moves` counts rows by (outcome before, outcome after)."""

    rows: int = 0
    moves: dict[tuple[str, str], int] | None = None
    before: Decimal = Decimal(0)
    after: Decimal = Decimal(0)
    gain: int = 0
    lose: int = 0
    gained: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)

    def add(self, before: Assessment, after: Assessment) -> Array:
        """Count some rows; returns what each of them gains (negative: loses), in fen."""
        difference = after.amount - before.amount
        keys = before.outcome.astype(np.int64) * len(OUTCOMES) + after.outcome
        self.moves = self.moves or {}
        for key, number in enumerate(np.bincount(keys, minlength=len(OUTCOMES) ** 2)):
            if number:
                move = (OUTCOMES[key // len(OUTCOMES)], OUTCOMES[key % len(OUTCOMES)])
                self.moves[move] = self.moves.get(move, 0) + int(number)
        self.rows += len(difference)
        self.before += before.total()
        self.after += after.total()
        self.gain += int((difference > 0).sum())
        self.lose += int((difference < 0).sum())
        self.gained += _yuan(difference[difference > 0])
        self.lost -= _yuan(difference[difference < 0])
        return difference


def _yuan(fen: Iterable[int]) -> Decimal:
    return Decimal(sum(int(one) for one in fen)).scaleb(-2)
