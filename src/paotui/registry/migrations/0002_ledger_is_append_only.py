"""Triggers that refuse to change or delete a ledger entry.

Hazard: a later migration that alters the ledger's table remakes it on SQLite, and the triggers vanish with the old
table; such a migration has to create them again. On PostgreSQL the triggers are per row, so TRUNCATE, which the tests
use between transactions, passes; the role the application connects as should not own the table.
"""

from django.db import migrations

SQLITE = {
    "ledger_refuses_update": "BEFORE UPDATE ON registry_ledgerentry",
    "ledger_refuses_delete": "BEFORE DELETE ON registry_ledgerentry",
    # INSERT OR REPLACE deletes without firing the trigger above.
    "ledger_refuses_replace": "BEFORE INSERT ON registry_ledgerentry WHEN EXISTS (SELECT 1 FROM registry_ledgerentry"
    " WHERE id = NEW.id OR (district_id = NEW.district_id AND number = NEW.number))",
}

POSTGRESQL = """
CREATE FUNCTION ledger_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON registry_ledgerentry
FOR EACH ROW EXECUTE FUNCTION ledger_refuses_change();
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    for name, when in SQLITE.items() if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(
            f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER ledger_refuses_change ON registry_ledgerentry")
        schema_editor.execute("DROP FUNCTION ledger_refuses_change()")
    for name in SQLITE if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
