"""A real `paotui serve` on a database of its own, as a browser test needs it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True)
class Live:
    """A running server: its address, its folder (database, attachments), and the command line on the same data."""

    url: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def paotui(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line against the same database; fails loudly."""
        return paotui(self.folder, *arguments)


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PAOTUI_", "DJANGO_"))}
    return {**kept, "PAOTUI_VAR": str(folder), "PAOTUI_LANGUAGE": "en"}


def paotui(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "paotui", *arguments],
        env=environment(folder), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"paotui {' '.join(arguments)}: {done.stderr}"
    return done


def make_sample(folder: Path) -> None:
    """Migrate, replay the sample district and collect static files, with the commands a user has."""
    paotui(folder, "migrate")
    paotui(folder, "replay")


def copy_sample(sample: Path, folder: Path) -> None:
    shutil.copytree(sample, folder, dirs_exist_ok=True)


@contextmanager
def serving(folder: Path) -> Iterator[Live]:
    """Serve what `folder` holds until the block ends, then stop the server with SIGTERM."""
    port = free_port()
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "paotui", "serve", "--port", str(port), "--workers", "1"],
            env=environment(folder), stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    live = Live(f"http://127.0.0.1:{port}", folder)
    try:
        wait_until_answering(live, server)
        yield live
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_answering(live: Live, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{live.url}/health/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer: {live.log}")
