"""`make test`: the checks, every test on SQLite with the browser, every database test again on PostgreSQL.

The last line adds everything up: `N passed, N failed`. A test that was skipped counts as failed: whatever
it needs has to be set up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import check
import setup_test_machine
import with_postgres

ROOT = Path(__file__).resolve().parent.parent
PARALLEL = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadscope"]


def say(text: str) -> None:
    print(f"\n== {text} ==", flush=True)


def pytest(*words: str, url: str | None = None) -> tuple[int, int]:
    """Run pytest and return (passed, failed); failed counts errors and skips, and a run that broke off."""
    environment = {name: value for name, value in os.environ.items() if name != "PAOTUI_DATABASE_URL"}
    if url:
        environment["PAOTUI_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-ra", *PARALLEL, f"--junitxml={report}", *words]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        return count(report, code)


def count(report: Path, code: int) -> tuple[int, int]:
    if not report.exists():
        return 0, 1
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    total = sum(int(suite.get("tests", 0)) for suite in suites)
    failed = sum(int(suite.get(kind, 0)) for suite in suites for kind in ("failures", "errors", "skipped"))
    return total - failed, max(failed, 1 if code else 0)


def main() -> int:
    start = time.monotonic()
    say("machine")
    setup_test_machine.main()
    say("checks")
    outcomes = [check.main()]
    say("tests on SQLite, with the browser")
    outcomes.append(pytest())
    say("database tests on PostgreSQL")
    with with_postgres.running() as url:
        outcomes.append(pytest("-m", "database", url=url))
    passed, failed = (sum(column) for column in zip(*outcomes, strict=True))
    say(f"done in {time.monotonic() - start:.0f} s")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
