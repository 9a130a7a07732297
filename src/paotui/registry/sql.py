"""Plain SQL where the ORM would cost more than the work: several statements in one round trip, times both ways.

SQLite keeps a time as UTC text and runs one statement at a time; PostgreSQL keeps a zone and is sent all statements at
once. Everything above this module is the same for both.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]

TOGETHER = 200
"""Statements sent to PostgreSQL in one message."""


@cache
def on_postgresql() -> bool:
    """Tell whether the database is PostgreSQL; settings name one for the life of a process."""
    return connection.vendor == "postgresql"


def fetch(statements: Sequence[Statement]) -> list[list[Row]]:
    """Return the rows of each statement."""
    if on_postgresql():
        return [cursor.fetchall() for cursor in _on_postgresql(statements)]
    execute = _on_sqlite()
    return [execute(text, params).fetchall() for text, params in statements]


def run(statements: Sequence[Statement]) -> list[int]:
    """Execute statements that return nothing; return how many rows each one touched."""
    if on_postgresql():
        return [cursor.rowcount for some in batches(statements, TOGETHER) for cursor in _on_postgresql(some)]
    execute = _on_sqlite()
    return [execute(text, params).rowcount for text, params in statements]


def _on_postgresql(statements: Sequence[Statement]) -> list[Any]:
    """Return cursors with the results of the statements, which were sent together and prepared by the server.

    Planning a join again and again takes the server ten times as long as running it.
    """
    if _is_watched():
        return [_watched(text, params) for text, params in statements]
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    driver = connection.connection
    with connection.wrap_database_errors, driver.pipeline():
        return [_cursor(driver).execute(text, params) for text, params in statements]


def _cursor(driver: Any) -> Any:
    from psycopg import Cursor

    return Cursor(driver)


def _watched(text: str, params: Sequence[Any]) -> Any:
    cursor = connection.cursor()
    cursor.execute(text, params)
    return cursor


def _is_watched() -> bool:
    """Tell whether somebody counts or watches the queries, which only Django's own cursors report."""
    database = connections[DEFAULT_DB_ALIAS]
    return bool(database.queries_logged or database.execute_wrappers)


def _on_sqlite() -> Callable[[str, Sequence[Any]], Any]:
    """Return what executes a statement: the driver itself unless somebody counts or watches the queries.

    Django rewrites the parameter marks of a statement every time, which takes longer than SQLite needs for it.
    """
    if _is_watched():
        return _watched
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    database.validate_no_broken_transaction()
    driver, wrapped = database.connection, database.wrap_database_errors

    def execute(text: str, params: Sequence[Any]) -> Any:
        with wrapped:
            return driver.execute(_with_question_marks(text), params)

    return execute


@lru_cache(maxsize=512)
def _with_question_marks(text: str) -> str:
    return text.replace("%s", "?").replace("%%", "%")


def marks(values: Sequence[Any]) -> str:
    """Return as many parameter marks as there are values, for IN (...)."""
    return ",".join(["%s"] * len(values))


def stored(moment: dt.datetime | None) -> Any:
    """Return a time as the database takes it."""
    if moment is None or on_postgresql():
        return moment
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))


def stored_day(day: dt.date) -> Any:
    """Return a day as the database takes it."""
    return day if on_postgresql() else day.isoformat()


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
