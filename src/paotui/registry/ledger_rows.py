"""Ledger entries as rows: one canonical JSON for hashing and storing, and an insert without the ORM's overhead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from paotui.registry.models import LedgerEntry
from paotui.registry.sql import Row, Statement, stored

_COLUMNS = (
    "district_id", "number", "at", "actor_id", "actor_name", "action", "subject", "subject_id", "data",
    "previous_hash", "hash",
)  # fmt: skip
_INSERT = f"INSERT INTO {LedgerEntry._meta.db_table} ({', '.join(_COLUMNS)}) VALUES "  # noqa: S608
_ROW = f"({', '.join(['%s'] * len(_COLUMNS))})"
_AT_ONCE = 500
"""Rows in one statement: PostgreSQL takes at most 65,535 parameters, SQLite 32,766."""


def canonical(value: Any) -> str:
    """Return the one JSON text of `value`: sorted keys, no blanks, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def insertions(entries: Sequence[LedgerEntry]) -> list[Statement]:
    """Return the statements that insert finished entries; each tells the number and id of its rows."""
    return [_insertion(entries[start : start + _AT_ONCE]) for start in range(0, len(entries), _AT_ONCE)]


def _insertion(entries: Sequence[LedgerEntry]) -> Statement:
    text = _INSERT + ", ".join([_ROW] * len(entries)) + " RETURNING number, id"
    return text, [value for entry in entries for value in _row(entry)]


def numbered(entries: list[LedgerEntry], inserted: Iterable[Sequence[Row]]) -> list[LedgerEntry]:
    """Return the entries with the ids the insertions gave them."""
    ids = {number: pk for rows in inserted for number, pk in rows}
    for entry in entries:
        entry.pk = ids[entry.number]
        entry._state.adding = False
    return entries


def _row(entry: LedgerEntry) -> tuple[Any, ...]:
    return (
        entry.district_id, entry.number, stored(entry.at), entry.actor_id,
        entry.actor_name, entry.action, entry.subject, entry.subject_id, canonical(entry.data), entry.previous_hash,
        entry.hash,
    )  # fmt: skip
