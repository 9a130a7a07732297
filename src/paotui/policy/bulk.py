"""Many cases at once: the same answers as one by one, to the fen and to the reason, from NumPy whole numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from paotui.policy import facts
from paotui.policy import program as p
from paotui.policy.bulk_deciding import DOES_NOT, OUTCOMES, QUALIFIES, REFUSED, UNKNOWN, Codes, Decided, decide
from paotui.policy.bulk_limits import Checked, check
from paotui.policy.bulk_tests import Chunk
from paotui.policy.columns import AnyColumn, Array, Column, Columns, of_values
from paotui.policy.loader import Loaded

CHUNK = 32_768
"""Rows worked on at a time: their intermediate results stay in the processor's cache."""

__all__ = ["CHUNK", "DOES_NOT", "OUTCOMES", "QUALIFIES", "REFUSED", "UNKNOWN", "Assessment", "Figure", "assess_table"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of every case: `values` times 10^-places, and where it is known; of cases that qualify."""

    values: Array
    places: int
    known: Array

    def at(self, row: int) -> Decimal | None:
        return Decimal(int(self.values[row])).scaleb(-self.places) if self.known[row] else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Answers to n cases.

    `outcome` int8: 0 does not qualify, 1 unknown, 2 qualifies, 3 refused (facts that cannot be). `reason` int16 into
    `codes`, `version` int16 into `versions` (-1: none), `amount` int64 fen (0 unless it qualifies).
    """

    outcome: Array
    reason: Array
    amount: Array
    version: Array
    codes: tuple[str, ...]
    versions: tuple[str, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.outcome)

    def outcome_of(self, row: int) -> str:
        return OUTCOMES[self.outcome[row]]

    def reason_of(self, row: int) -> str:
        return self.codes[self.reason[row]]

    def amount_of(self, row: int) -> Decimal | None:
        """Return the amount of a row in yuan, None unless it qualifies."""
        return Decimal(int(self.amount[row])).scaleb(-2) if self.outcome[row] == QUALIFIES else None

    def counts(self) -> dict[str, int]:
        """Return how many cases have each outcome."""
        found = np.bincount(self.outcome, minlength=len(OUTCOMES))
        return {name: int(number) for name, number in zip(OUTCOMES, found, strict=True)}

    def reasons(self) -> dict[tuple[str, str], int]:
        """Return how many cases have each (outcome, reason), the most frequent first."""
        keys = self.outcome.astype(np.int64) * len(self.codes) + self.reason
        found = np.bincount(keys)
        order = sorted(np.flatnonzero(found), key=lambda key: -found[key])
        return {(OUTCOMES[key // len(self.codes)], self.codes[key % len(self.codes)]): int(found[key]) for key in order}

    def total(self) -> Decimal:
        """Return the sum of all amounts in yuan."""
        return Decimal(sum(int(part.sum()) for part in np.array_split(self.amount, 1 + len(self) // 4096))).scaleb(-2)


def assess_table(
    loaded: Loaded,
    columns: Columns,
    day: dt.date | None = None,
    *,
    version: str | None = None,
    shared: facts.Facts | None = None,
    figures: Sequence[str] = (),
    chunk: int = CHUNK,
    rows: int | None = None,
) -> Assessment:
    """Return the answers for many cases, one a row; see `columns` for what the arrays hold.

    A fact without a column is unknown. `shared` are facts that are the same for all (those told once for a run), as
    for `assess`. `figures` names steps to be given as well; `rows`
    says how many there are where nothing is known of them. Rows whose facts cannot be are refused, with the reason
    `fact:NAME`, `consistent:ID`, `no_version` or `overflow`; everything else is as `assess` answers. Raises
    ValueError when columns differ in length and FactsError when a shared fact cannot be.
    """
    given = facts.check(loaded.policy, shared or {})
    size = _size(loaded, columns, rows)
    table = _Table(loaded, day, version, figures)
    known = {one.name: one for one in loaded.policy.facts}
    same = {name: _single(known[name], (shared or {})[name]) for name in given if name not in columns}
    parts = [
        table.part(
            {name: column.part(slice(at, at + chunk)) for name, column in columns.items()}, same, min(chunk, size - at)
        )
        for at in range(0, size, chunk)
    ]
    return table.together(parts)


def _single(fact: Any, value: Any) -> AnyColumn:
    found = of_values(fact, [value])
    return Column(found.values[0], None) if isinstance(found, Column) else found


def _size(loaded: Loaded, columns: Columns, rows: int | None) -> int:
    names = {one.name for one in loaded.policy.facts}
    if strangers := sorted(set(columns) - names):
        raise ValueError(f"{loaded.policy.policy} has no fact called {', '.join(strangers)}")
    sizes = {len(one) for one in columns.values()}
    if len(sizes) > 1:
        raise ValueError(f"columns differ in length: {sorted(sizes)}")
    return sizes.pop() if sizes else rows or 0


class _Table:
    """One run over a table; remembers the codes and versions it met."""

    def __init__(self, loaded: Loaded, day: dt.date | None, version: str | None, figures: Sequence[str]) -> None:
        self.loaded, self.day, self.version, self.names = loaded, day, version, tuple(figures)
        self.versions = tuple(one.version for one in loaded.policy.versions)
        self.codes = Codes()
        if day is None and loaded.policy.dated_by is None:
            raise ValueError("a policy without `dated_by` is evaluated on a day: give one")

    def part(self, columns: Mapping[str, AnyColumn], same: Mapping[str, AnyColumn], size: int) -> Decided:
        checked = check(self.loaded.policy, columns, self.codes, size)
        found = Decided.empty(size, self.names, self.codes)
        for program, rows in self._programs(checked, same, size, found):
            here = checked.columns if rows is None else {name: one.part(rows) for name, one in checked.columns.items()}
            bounds = {**checked.bounds, **{name: _bound(one) for name, one in same.items()}}
            chunk = Chunk(program, {**here, **same}, bounds, size if rows is None else len(rows))
            decided = decide(chunk, self.codes, self.versions.index(program.version.version), self.names)
            found = decided if rows is None else found.put(rows, decided)
        if checked.refused is not None:
            found.refuse(checked.refused > 0, checked.refused)
        return found

    def _programs(
        self, checked: Checked, same: Mapping[str, AnyColumn], size: int, found: Decided
    ) -> Iterator[tuple[p.Program, Array | None]]:
        """Yield each program and the rows it is for, None for all of them; rows without one are decided at once."""
        days = self._days(checked, same, size)
        if days is None:
            return (yield from self._on(self.day, None, found))
        values, known = days
        stretches = np.searchsorted([p.day_number(one) for one in self.loaded.points], values, side="right")
        if known is not None:
            stretches = np.where(known, stretches, -1)
        for stretch in np.unique(stretches):
            rows = np.flatnonzero(stretches == stretch)
            day = self.day if stretch < 0 else p.day_of(values[rows[0]])
            yield from self._on(day, None if len(rows) == size else rows, found)
        return None

    def _days(self, checked: Checked, same: Mapping[str, AnyColumn], size: int) -> tuple[Array, Array | None] | None:
        column = checked.columns.get(self.loaded.policy.dated_by or "") or same.get(self.loaded.policy.dated_by or "")
        if column is None:
            return None
        assert isinstance(column, Column)
        known = None if column.known is None else np.broadcast_to(column.known, size)
        return np.broadcast_to(column.values, size), known

    def _on(self, day: dt.date | None, rows: Array | None, found: Decided) -> Iterator[tuple[p.Program, Array | None]]:
        if day is None:
            found.set(rows, UNKNOWN, self.codes[p.DATE])
        elif (program := self.loaded.program(day, self.version)) is None:
            found.set(rows, REFUSED, self.codes[p.NO_VERSION])
        else:
            yield program, rows

    def together(self, parts: list[Decided]) -> Assessment:
        whole = Decided.joined(parts, self.names, self.codes)
        figures = {name: Figure(*whole.figures[name]) for name in self.names}
        return Assessment(
            whole.outcome, whole.reason, whole.amount, whole.version, tuple(self.codes.names), self.versions, figures
        )


def _bound(column: AnyColumn) -> int:
    values = column.first if hasattr(column, "first") else column.values
    return int(np.max(np.abs(values))) if values.dtype != bool else 1
