"""Finds, and on Debian and Ubuntu installs, the programs that tests need beside Python."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """A Chromium that starts; PAOTUI_CHROMIUM names another one."""
    named = os.environ.get("PAOTUI_CHROMIUM")
    candidates = [named] if named else [found for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    return next((path for path in candidates if _starts(path)), None)


def _starts(path: str) -> bool:
    # Ubuntu's package is a script that only asks for a snap.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def postgres() -> Path | None:
    """The folder with initdb and postgres; Debian keeps it off the PATH."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = [Path(found).resolve().parent for name in ("initdb",) if (found := shutil.which(name))]
    whole = [folder for folder in [*reversed(packaged), *on_path] if (folder / "initdb").exists()]
    return next((folder for folder in whole if (folder / "postgres").exists()), None)


def gettext() -> str | None:
    return shutil.which("msgfmt") and shutil.which("xgettext")


NEEDS: list[tuple[str, str, Callable[[], object]]] = [
    ("Chromium", "chromium", chromium),
    ("PostgreSQL", "postgresql", postgres),
    ("GNU gettext", "gettext", gettext),
]


def missing() -> list[tuple[str, str]]:
    """(what, its Debian package) of everything that is not there."""
    return [(what, package) for what, package, find in NEEDS if not find()]


def install(packages: list[str]) -> None:
    """Install with apt-get, through sudo when not root; SystemExit with a sentence when that is not possible."""
    wanted = " ".join(packages)
    if not shutil.which("apt-get"):
        raise SystemExit(f"make test: this is neither Debian nor Ubuntu; install {wanted}, then run it again.")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not shutil.which("sudo"):
        raise SystemExit(f"make test: ask an administrator for `apt-get install {wanted}`, then run it again.")
    for command in (["update", "-q"], ["install", "-yq", "--no-install-recommends", *packages]):
        full = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *command]
        if subprocess.run(full, check=False).returncode:
            raise SystemExit(f"make test: `{' '.join(full)}` failed; its message stands above.")
