"""Ledger entries as rows: one canonical JSON for hashing and storing, and an insert without the ORM's overhead."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from paotui.registry.models import LedgerEntry

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


def insert_entries(entries: Sequence[LedgerEntry]) -> None:
    """Insert finished entries and give each its id."""
    connection = transaction.get_connection()
    for start in range(0, len(entries), _AT_ONCE):
        _insert(connection, entries[start : start + _AT_ONCE])


def _insert(connection: BaseDatabaseWrapper, entries: Sequence[LedgerEntry]) -> None:
    sql = _INSERT + ", ".join([_ROW] * len(entries)) + " RETURNING number, id"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for entry in entries for value in _row(connection, entry)])
        ids = dict(cursor.fetchall())
    for entry in entries:
        entry.pk = ids[entry.number]
        entry._state.adding = False


def _row(connection: BaseDatabaseWrapper, entry: LedgerEntry) -> tuple[Any, ...]:
    return (
        entry.district_id, entry.number, connection.ops.adapt_datetimefield_value(entry.at), entry.actor_id,
        entry.actor_name, entry.action, entry.subject, entry.subject_id, canonical(entry.data), entry.previous_hash,
        entry.hash,
    )  # fmt: skip
