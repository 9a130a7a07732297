"""The SQLite in use is one that keeps what it acknowledged."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection

from paotui.sqlite import UnsoundSQLite, check_version


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_a_build_with_the_wal_reset_fault_is_refused(version):
    with pytest.raises(UnsoundSQLite, match=r"SQLite 3\.\d+\.\d+ can corrupt its database"):
        check_version(version)


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 51, 3), (3, 53, 0)])
def test_a_build_without_the_fault_is_taken(version):
    check_version(version)


@pytest.mark.only_on("sqlite")
def test_the_framework_uses_the_sound_build():
    from django.db.backends.sqlite3.base import Database

    check_version(Database.sqlite_version_info)
    assert sqlite3.sqlite_version_info == Database.sqlite_version_info


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_a_transaction_takes_its_place_before_it_reads():
    assert connection.transaction_mode == "IMMEDIATE"
