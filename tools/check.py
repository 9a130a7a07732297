"""Everything that can be checked without running the program: prints one line a check, and what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports", "--no-logo"],
    "lock files": [sys.executable, "tools/lock.py", "--check"],
    "vendored assets": [sys.executable, "tools/vendor.py", "--check"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "system check": [sys.executable, "manage.py", "check", "--fail-level", "WARNING"],
    "translations": [sys.executable, "tools/translations.py", "--check"],
}


def run(name: str, command: list) -> bool:
    """Run one check and print its outcome; its own words only when it fails."""
    start = time.monotonic()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    print(f"check {name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - start:.1f} s)", flush=True)
    if not passed:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return passed


def main() -> tuple[int, int]:
    """Run every check; return how many passed and how many failed."""
    outcomes = [run(name, command) for name, command in CHECKS.items()]
    return outcomes.count(True), outcomes.count(False)


if __name__ == "__main__":
    passed, failed = main()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
