"""Runs a command beside a PostgreSQL of its own: `python tools/with_postgres.py -- pytest -m database`.

The server lives in a temporary folder, listens on a unix socket there and on nothing else, keeps nothing,
and is gone afterwards. It refuses to run as root, so as root it runs as another user.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import machine

# The data is thrown away: no crash of the machine has to be survived. Statistics taken while a table was empty
# between two tests would make plans for empty tables, so none are taken.
CARELESS = [
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=50",
    "listen_addresses=",
]  # fmt: skip


def as_other_user(folder: Path) -> list[str]:
    """The words before a command that make it run unprivileged; hands `folder` over when we are root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    shutil.chown(folder, user.pw_uid, user.pw_gid)
    if not shutil.which("setpriv"):
        raise SystemExit("make test: setpriv is missing (Debian package util-linux); PostgreSQL cannot run as root.")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def create(binaries: Path, folder: Path, prefix: list[str]) -> None:
    made = subprocess.run(
        [*prefix, binaries / "initdb", "-D", folder / "data", "-U", "paotui", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(f"make test: initdb failed: {made.stderr.strip()}")


def wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen) -> None:
    for _ in range(300):
        answer = subprocess.run([binaries / "pg_isready", "-q", "-h", folder, "-U", "paotui"], check=False)
        if answer.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"make test: PostgreSQL did not start: {(folder / 'log').read_text().strip()}")


@contextlib.contextmanager
def running() -> Iterator[str]:
    """A running server; yields the PAOTUI_DATABASE_URL of its database."""
    binaries = machine.postgres()
    if binaries is None:
        raise SystemExit("make test: PostgreSQL is not installed; run tools/setup_test_machine.py first.")
    # Directly below /tmp: the name of a unix socket has room for 107 characters.
    with tempfile.TemporaryDirectory(prefix="paotui-pg-", dir="/tmp", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        prefix = as_other_user(folder)
        create(binaries, folder, prefix)
        settings = [word for setting in CARELESS for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*prefix, binaries / "postgres", "-D", folder / "data", "-k", folder, *settings],
                cwd=folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            wait_until_ready(binaries, folder, server)
            yield f"postgresql://paotui@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)


def main() -> int:
    words = sys.argv[1:]
    if words[:1] != ["--"] or len(words) < 2:
        print("usage: python tools/with_postgres.py -- COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running() as url:
        return subprocess.run(words[1:], env={**os.environ, "PAOTUI_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
