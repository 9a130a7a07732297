"""A database several connections can really share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """PostgreSQL as it is; in place of SQLite's test database in memory, whose locks are others, a copy in a file."""
    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    copy = sqlite3.connect(file)
    in_memory.backup(copy)
    copy.close()
    # Put aside, not closed: the database in memory lives as long as its connection.
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name
