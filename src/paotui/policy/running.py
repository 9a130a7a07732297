"""A table answered in a stream: batches in, answers out, memory that does not grow with the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np

from paotui.policy import columns, tables
from paotui.policy.answering import assess
from paotui.policy.bulk import OUTCOMES, REFUSED, Assessment, assess_table
from paotui.policy.facts import Facts
from paotui.policy.loader import Loaded
from paotui.policy.refusals import FactsError
from paotui.policy.tables import Batch
from paotui.worktime import LocalText

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Answered:
    """One batch and its answers; a row with a cell that cannot be read is refused with the reason `unreadable`."""

    batch: Batch
    found: Assessment


def run(
    loaded: Loaded, path: Path, day: dt.date | None = None, *, version: str | None = None, shared: Facts | None = None,
    figures: Sequence[str] = (), batch: int = tables.BATCH,
) -> Iterator[Answered]:  # fmt: skip
    """Yield the answers to a table, batch by batch; raises `tables.TableError` for a file that is none."""
    for part in tables.read(path, loaded.policy, batch):
        found = assess_table(loaded, part.columns, day, version=version, shared=shared, figures=figures, rows=part.size)
        yield Answered(part, found if part.bad is None else _refused(found, part.bad))


def _refused(found: Assessment, bad: columns.Array) -> Assessment:
    codes = (*found.codes, UNREADABLE)
    return replace(
        found, codes=codes,
        outcome=np.where(bad, np.int8(REFUSED), found.outcome), amount=np.where(bad, 0, found.amount),
        reason=np.where(bad, np.int16(len(codes) - 1), found.reason),
    )  # fmt: skip


def sentences(loaded: Loaded, one: Answered, day: dt.date | None, version: str | None, shared: Facts | None,
              most: int) -> Iterator[tuple[int, str, LocalText]]:  # fmt: skip
    """Yield (row as the clerk sees it, label, what is wrong) of refused rows, no more than `most`."""
    for row in np.flatnonzero(one.found.outcome == REFUSED)[:most]:
        place = int(row)
        said = one.batch.unreadable.get(place) or _why(loaded, one, place, day, version, shared)
        yield one.batch.first + place, one.batch.label[place], said


def _why(
    loaded: Loaded, one: Answered, row: int, day: dt.date | None, version: str | None, shared: Facts | None
) -> LocalText:
    facts = {**(shared or {}), **columns.row_of(loaded.policy, one.batch.columns, row)}
    try:
        assess(loaded, facts, day, version=version)
    except FactsError as error:
        return error.refusals[0].text
    code = one.found.reason_of(row)
    fact = next((each for each in loaded.policy.facts if f"fact:{each.name}" == code), None)
    if fact is None:
        return LocalText(f"无法评估（{code}）。", f"it cannot be judged ({code}).")
    return LocalText(f"“{fact.label.zh}”有误，请核对。", f"{fact.label.in_language('en')} is wrong; check it.")


@dataclass(slots=True)
class Summary:
    """Counts and the sum over all batches."""

    rows: int = 0
    outcomes: dict[str, int] | None = None
    reasons: dict[tuple[str, str], int] | None = None
    total: Decimal = Decimal(0)

    def add(self, found: Assessment) -> None:
        self.rows += len(found)
        self.total += found.total()
        self.outcomes = {name: (self.outcomes or {}).get(name, 0) + number for name, number in found.counts().items()}
        self.reasons = self.reasons or {}
        for key, number in found.reasons().items():
            self.reasons[key] = self.reasons.get(key, 0) + number

    def in_order(self) -> list[tuple[tuple[str, str], int]]:
        """Return ((outcome, reason), rows), by outcome, the most frequent first."""
        order = {name: place for place, name in enumerate(reversed(OUTCOMES))}
        return sorted((self.reasons or {}).items(), key=lambda one: (order[one[0][0]], -one[1]))
