"""The ledger: what is written stays, and a change shows."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from paotui.registry import ledger
from paotui.registry.actors import Actor
from paotui.registry.models import LedgerEntry, LedgerHead
from tests.factories import registry as make
from tests.factories.ledger import without_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def district():
    return make.district()


def write(district, count=3, **data):
    by = Actor.system(district)
    events = [
        ledger.Event("organisation.register", "organisation", n, data or {"name": f"样本{n}"}) for n in range(count)
    ]
    return ledger.append_many(district=district, at=make.AT, by=by, events=events)


def tamper(sql, *parameters):
    """Change the ledger as somebody with the database's own rights could, triggers out of the way."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_an_untouched_ledger_verifies(district):
    entries = write(district)
    found = ledger.verify(district)
    assert (found.ok, found.entries, found.first_bad) == (True, 3, None)
    assert found.tip == entries[-1].hash
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[1].previous_hash == entries[0].hash


def test_an_empty_ledger_verifies(district):
    assert ledger.verify(district).ok


def test_values_of_every_kind_survive_the_database_and_still_verify(district):
    write(
        district,
        1,
        money=Decimal("124315160.00"),
        day=dt.date(2020, 7, 7),
        at=make.AT,
        list=[1, None, True],
        z="二七",
        a={"b": "é"},
    )
    entry = LedgerEntry.objects.get()
    assert entry.data["money"] == "124315160.00"
    assert entry.data["day"] == "2020-07-07"
    assert ledger.verify(district).ok


def test_moments_of_other_zones_hash_alike(district):
    moment = make.AT.astimezone(dt.UTC)
    ledger.append(
        district=district, at=moment, by=Actor.system(district), action="a.b", subject="a", subject_id=1, data={}
    )
    assert ledger.verify(district).ok


@pytest.mark.parametrize("data", [{"share": 0.5}, {1: "number as key"}, {"thing": object()}])
def test_what_json_would_change_is_refused(district, data):
    with pytest.raises(TypeError):
        write(district, 1, **data) if all(isinstance(key, str) for key in data) else ledger.plain(data)


def test_an_entry_cannot_be_updated(district):
    write(district)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(number=2).update(action="organisation.rename")
    assert ledger.verify(district).ok


def test_an_entry_cannot_be_deleted(district):
    write(district)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(number=2).delete()
    assert ledger.verify(district).entries == 3


@pytest.mark.only_on("sqlite")
def test_an_entry_cannot_be_replaced_by_inserting_over_it(district):
    entry = write(district)[1]
    columns = ", ".join(field.column for field in LedgerEntry._meta.concrete_fields)
    copied = columns.replace("action", "'organisation.rename'", 1)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(
            f"INSERT OR REPLACE INTO registry_ledgerentry ({columns}) "
            f"SELECT {copied} FROM registry_ledgerentry WHERE id = %s",
            [entry.pk],
        )


def test_a_changed_entry_is_found_by_its_number(district):
    write(district)
    tamper("UPDATE registry_ledgerentry SET action = 'organisation.rename' WHERE number = 2")
    found = ledger.verify(district)
    assert (found.ok, found.entries, found.first_bad) == (False, 1, 2)
    assert "2" in found.sentence


def test_changed_data_is_found(district):
    write(district)
    tamper('UPDATE registry_ledgerentry SET data = \'{"name": "另一个"}\' WHERE number = 3')
    assert ledger.verify(district).first_bad == 3


def test_a_removed_entry_is_found(district):
    write(district)
    tamper("DELETE FROM registry_ledgerentry WHERE number = 1")
    assert ledger.verify(district).first_bad == 1


def test_a_removed_end_is_found(district):
    write(district)
    tamper("DELETE FROM registry_ledgerentry WHERE number = 3")
    assert ledger.verify(district).first_bad == 3


def test_an_entry_moved_to_another_district_is_found(district):
    other = make.district(code="410102", name="中原区")
    write(district, 1)
    write(other, 1)
    tamper("DELETE FROM registry_ledgerentry WHERE district_id = %s", other.pk)
    tamper("UPDATE registry_ledgerentry SET district_id = %s WHERE district_id = %s", other.pk, district.pk)
    LedgerHead.objects.filter(pk=other.pk).update(hash=LedgerEntry.objects.get().hash)
    assert not ledger.verify(other).ok


def test_districts_have_chains_of_their_own(district):
    other = make.district(code="410102", name="中原区")
    write(district, 2)
    assert [entry.number for entry in write(other, 1)] == [1]
    assert ledger.verify(district).ok
    assert ledger.verify(other).ok


def test_what_is_rolled_back_leaves_no_gap(district):
    write(district, 1)
    with transaction.atomic():
        write(district, 2)
        transaction.set_rollback(True)
    assert [entry.number for entry in write(district, 1)] == [2]
    assert ledger.verify(district).ok


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused():
    district = make.district()
    with pytest.raises(transaction.TransactionManagementError):
        write(district)


# The SQLite of the tests is in memory and has one writer; on disk it lets one transaction in at a time.
@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_unbroken_chain():
    district = make.district()

    def write_five(_):
        try:
            for _round in range(5):
                with transaction.atomic():
                    write(district, 2)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write_five, range(4)))
    found = ledger.verify(district)
    assert (found.ok, found.entries) == (True, 40)
