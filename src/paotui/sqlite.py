"""Puts a sound SQLite in the place of the interpreter's own, before Django loads its backend.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when the log is reset while another
connection reads it (https://sqlite.org/wal.html, "the WAL-reset bug"; fixed in 3.51.3). Debian 12
links 3.40. Settings call `use_sound_sqlite()` first of all.
"""

from __future__ import annotations

import importlib
import sys

from paotui.environment import EnvironmentFault, gettext_noop

FAULTY_FROM = (3, 7, 0)
FIXED_IN = (3, 51, 3)


class UnsoundSQLite(EnvironmentFault):
    """This SQLite may lose acknowledged work; the message says how to get one that does not."""


def check_version(version: tuple[int, int, int]) -> None:
    """Raise UnsoundSQLite when `version` carries the WAL-reset fault."""
    if FAULTY_FROM <= version < FIXED_IN:
        raise UnsoundSQLite(
            gettext_noop(
                "SQLite {version} can corrupt its database (WAL-reset fault of 3.7.0 to 3.51.2); install pysqlite3 "
                "0.6.1 or later, for example with `make env`."
            ),
            version=".".join(map(str, version)),
        )


def use_sound_sqlite() -> None:
    """Make `import sqlite3` mean pysqlite3 for everything imported from now on."""
    module = importlib.import_module("pysqlite3")
    sys.modules["sqlite3"] = module
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")
    check_version(module.sqlite_version_info)
