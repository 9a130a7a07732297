"""Databases to measure in, made, copied and dropped; and measurements in processes of their own."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def setup(url: str) -> None:
    """Set Django up on the database at `url`."""
    os.environ["PAOTUI_DATABASE_URL"] = url
    os.environ.setdefault("PAOTUI_SECRET_KEY", "only-for-benchmarks")
    os.environ.setdefault("PAOTUI_VAR", tempfile.gettempdir())
    os.environ.setdefault("PAOTUI_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paotui.settings")
    import django

    django.setup()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def measured(part: str, url: str, **options: Any) -> dict[str, Any]:
    """Run one measurement in a process of its own and return what it says, with its peak memory in MB."""
    words = [sys.executable, str(HERE / "work.py"), "--measure", part, "--database", url]
    words += [word for name, value in options.items() for word in (f"--{name}", str(value))]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": _path()})
    if done.returncode:
        raise SystemExit(f"{part} failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


class Meter:
    """Seconds on the clock and of the processor: this process, and the server's that works for it.

    On a machine others use as well the clock tells little; both are printed.
    """

    def __enter__(self) -> Meter:
        self._processor, self._clock = _processor(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._clock
        self.processor = _processor() - self._processor


def _processor() -> float:
    return time.process_time() + _of_server()


def _of_server() -> float:
    """Return the processor time of PostgreSQL's process for this connection, 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def say(**found: Any) -> None:
    """Print what a measurement found for the process that started it."""
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


def _path() -> str:
    return os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])


class SQLite:
    """Databases as files in a temporary folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}.sqlite3"

    def create(self, name: str) -> str:
        return self.url(name)

    def copy(self, name: str, to: str) -> str:
        shutil.copyfile(self._folder / f"{name}.sqlite3", self._folder / f"{to}.sqlite3")
        return self.url(to)

    def drop(self, name: str) -> None:
        for file in self._folder.glob(f"{name}.sqlite3*"):
            file.unlink()


class PostgreSQL:
    """Databases on a running server, made and dropped through the one named in its URL."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._url = url

    def url(self, name: str) -> str:
        return urlunsplit(urlsplit(self._url)._replace(path=f"/paotui_bench_{name}"))

    def create(self, name: str) -> str:
        self._run(f"CREATE DATABASE paotui_bench_{name}")
        return self.url(name)

    def copy(self, name: str, to: str) -> str:
        self._run(f"CREATE DATABASE paotui_bench_{to} TEMPLATE paotui_bench_{name}")
        return self.url(to)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS paotui_bench_{name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def server(url: str) -> Iterator[SQLite | PostgreSQL]:
    """Yield the place `url` names: "sqlite", "postgresql" (a server of its own), or the URL of a running server."""
    if url == "sqlite":
        with tempfile.TemporaryDirectory(prefix="paotui-bench-") as folder:
            yield SQLite(Path(folder))
    elif url == "postgresql":
        sys.path.insert(0, str(ROOT / "tools"))
        import with_postgres

        with with_postgres.running() as own:
            yield PostgreSQL(own)
    else:
        yield PostgreSQL(url)
