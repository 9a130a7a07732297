"""The ledger's triggers out of the way: for tampering on purpose, and for emptying the database between tests.

A test with `transaction=True` that leaves ledger entries has to end on SQLite with the triggers dropped, because the
flush deletes row by row (PostgreSQL truncates, which passes). The fixture:

    @pytest.fixture
    def flushable_ledger(transactional_db):
        with without_triggers():
            yield
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLE = "registry_ledgerentry"


@contextmanager
def without_triggers() -> Iterator[None]:
    if connection.vendor == "postgresql":
        # A table with deferred checks outstanding cannot be altered.
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        _execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ledger_refuses_change")
        yield
        _execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER ledger_refuses_change")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        kept = cursor.fetchall()
    for name, _sql in kept:
        _execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in kept:
        _execute(sql)


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
