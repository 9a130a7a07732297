"""Plain SQL where the ORM would cost more than the work: several statements in one round trip, times both ways.

SQLite keeps a time as UTC text and runs one statement at a time; PostgreSQL keeps a zone and is sent all statements at
once. Everything above this module is the same for both.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]

TOGETHER = 200
"""Statements sent to PostgreSQL in one message."""


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def fetch(statements: Sequence[Statement]) -> list[list[Row]]:
    """Return the rows of each statement."""
    with connection.cursor() as cursor:
        if not on_postgresql():
            return [cursor.execute(text, params).fetchall() for text, params in statements]
        cursor.execute(*_joined(statements))
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
        return found


def run(statements: Sequence[Statement]) -> list[int]:
    """Execute statements that return nothing; return how many rows each one touched."""
    counts: list[int] = []
    with connection.cursor() as cursor:
        for some in batches(statements, TOGETHER if on_postgresql() else 1):
            cursor.execute(*_joined(some))
            counts.append(cursor.rowcount)
            while len(some) > 1 and cursor.nextset():
                counts.append(cursor.rowcount)
    return counts


def _joined(statements: Sequence[Statement]) -> tuple[str, list[Any]]:
    # Django binds on the client, so that one message may carry several statements.
    return ";".join(text for text, _ in statements), [value for _, params in statements for value in params]


def marks(values: Sequence[Any]) -> str:
    """Return as many parameter marks as there are values, for IN (...)."""
    return ",".join(["%s"] * len(values))


def stored(moment: dt.datetime | None) -> Any:
    """Return a time as the database takes it."""
    if moment is None or on_postgresql():
        return moment
    return connection.ops.adapt_datetimefield_value(moment)


def moment(value: Any) -> dt.datetime | None:
    """Return a time as the database gave it, with its zone."""
    if value is None:
        return None
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def mapping(value: Any) -> dict[str, Any]:
    """Return a JSON column as the database gave it: text, or read already."""
    return json.loads(value) if isinstance(value, str) else value


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def batches(values: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Yield the values in lists of at most `size`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
