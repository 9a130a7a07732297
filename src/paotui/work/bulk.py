"""Rows by the thousand: COPY on PostgreSQL, executemany on SQLite, numbers taken beforehand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction

from paotui.registry.sql import on_postgresql, stored

__all__ = ["Sink", "Table", "learn", "numbers", "stored"]

Row = tuple[Any, ...]
TAKEN_AT_ONCE = 10_000


class Table(NamedTuple):
    """A table and its columns: those that differ from row to row, and those that are the same in all of them."""

    name: str
    columns: tuple[str, ...]
    constant: tuple[str, ...]


class Sink:
    """Takes rows of one table; `constant` holds the values of the constant columns."""

    def __init__(self, table: Table, constant: Sequence[Any]) -> None:
        self._constant = tuple(constant)
        names = ", ".join((*table.columns, *table.constant))
        # COPY takes every column from the row; SQLite binds the constants once per row as well, which costs nothing.
        marks = ", ".join(["%s"] * (len(table.columns) + len(table.constant)))
        self._copy = f"COPY {table.name} ({names}) FROM STDIN"
        self._insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608

    def write(self, rows: Sequence[Row]) -> None:
        """Write the rows in order."""
        if not rows:
            return
        constant = self._constant
        with connection.cursor() as cursor:
            if on_postgresql():
                with cursor.copy(self._copy) as copy:
                    for row in rows:
                        copy.write_row(row + constant)
            else:
                cursor.executemany(self._insert, [row + constant for row in rows])


def numbers(table: str, *, at_once: int = TAKEN_AT_ONCE) -> Iterator[int]:
    """Yield free ids of `table`, inside the transaction that uses them.

    PostgreSQL's sequence hands them out once, whatever others insert meanwhile. On SQLite the transaction holds the
    only write lock, and inserting an id moves the table's counter along.
    """
    if on_postgresql():
        return _from_sequence(table, at_once)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return itertools.count(row[0] + 1 if row else 1)


def _from_sequence(table: str, at_once: int) -> Iterator[int]:
    take = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(take, [table, at_once])
            taken = cursor.fetchall()
        for (number,) in taken:
            yield number


def learn(*tables: str) -> None:
    """Let the database look at the tables once the transaction has committed, so that it plans by what is there now."""
    transaction.on_commit(lambda: _look_at(tables))


def _look_at(tables: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        if not on_postgresql():
            cursor.execute("PRAGMA analysis_limit = 1000")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
