"""A launch against a bare bulk insert of the same rows, each into a fresh copy of the same prepared database."""

from __future__ import annotations

import gc
from typing import Any

import district
import place

UNITS = ("seconds", "processor")
TABLES = ("work_case", "work_workorder", "work_participation")
BEFORE = ("work_playbookversion", "work_taskforce")


def compare(where: place.SQLite | place.PostgreSQL, size: int, repeat: int) -> dict[str, Any]:
    """Measure both `repeat` times in turn, the best of each counting; `launched_SIZE` is left for the pages."""
    prepared, launched = f"prepared_{size}", f"launched_{size}"
    place.measured("prepare", where.create(prepared), size=size)
    ours, bare = [], []
    for number in range(repeat):
        where.drop(launched)
        ours.append(place.measured("launch", where.copy(prepared, launched), size=size))
        bare.append(place.measured("bare", where.copy(prepared, "bare"), source=where.url(launched)))
        where.drop("bare")
        assert ours[number]["rows"] == bare[number]["rows"]
    where.drop(prepared)
    return {
        "rows": ours[0]["rows"],
        "peak_mb": max(one["peak_mb"] for one in ours),
        **{f"ours_{unit}": min(one[unit] for one in ours) for unit in UNITS},
        **{f"bare_{unit}": min(one[unit] for one in bare) for unit in UNITS},
    }


def measure_launch(size: int) -> None:
    from paotui import worktime

    of = district.mixed()
    worktime.official(district.AT)  # read once per process
    with place.Meter() as meter:
        district.launch(of)
    place.say(seconds=meter.seconds, processor=meter.processor, rows=_count())


def measure_bare(source: str) -> None:
    """Insert the rows of the launched database at `source` with COPY or executemany and nothing else."""
    rows = {table: _read(source, table) for table in (*BEFORE, *TABLES)}
    gc.freeze()
    for table in BEFORE:
        _insert({table: rows[table]})
    with place.Meter() as meter:
        _insert({table: rows[table] for table in TABLES})
    place.say(seconds=meter.seconds, processor=meter.processor, rows=_count())


def _count() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        return sum(cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)


def _read(source: str, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns and rows of a table as the driver takes them back."""
    if source.startswith("sqlite"):
        import sqlite3

        found = sqlite3.connect(source.removeprefix("sqlite:///")).execute(f"SELECT * FROM {table}")
    else:
        import psycopg

        found = psycopg.connect(source).execute(f"SELECT * FROM {table}")
    names = [f'"{column[0]}"' for column in found.description]
    return names, [tuple(_plain(value) for value in row) for row in found.fetchall()]


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        import json

        return json.dumps(value)
    return value


def _insert(rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table, (names, values) in rows.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(names))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
