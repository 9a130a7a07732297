"""What is written in one of our languages, named on the command line: a playbook or policy, a file or a shipped one."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from paotui.cli import language, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

SUFFIXES = {".yaml", ".yml"}
Loaded = TypeVar("Loaded")
Told = TypeVar("Told", covariant=True)


class Read(Protocol[Told]):
    """The `load` of a language: text in, what it says out; its faults are raised as AuthoredError."""

    def __call__(self, text: str, /, *, name: str) -> Told: ...


def is_file(name: str) -> bool:
    return Path(name).suffix in SUFFIXES or Path(name).exists()


def read(path: Path) -> str:
    """Return the text of a file; Fault when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Fault(_("{name} is not UTF-8 text; save it as UTF-8.").format(name=path)) from fault


def load(name: str, read_in: Read[Loaded], find: Callable[[str], Loaded]) -> Loaded:
    """Load the file `name`, or what is shipped under that key; AuthoredError when it has faults."""
    return read_in(read(Path(name)), name=name) if is_file(name) else find(name)


def cases(name: str, shipped: Callable[[], tuple[str, str] | None]) -> tuple[str, str]:
    """Return (file name, text) of the cases beside a file, or shipped with it; Fault when there are none."""
    beside = Path(name).with_suffix(".cases.yaml")
    found = (str(beside), read(beside)) if is_file(name) and beside.exists() else None
    if found is None and not is_file(name):
        found = shipped()
    if found is None:
        raise Fault(_("There are no cases beside {name}; write some into {beside}.").format(name=name, beside=beside))
    return found


def check(name: str, lint: Callable[[str], list[Any]], as_json: bool) -> int:
    """Say what `lint` finds wrong with a file, or why it cannot be loaded; 1 when it cannot be used."""
    from paotui.authored.errors import AuthoredError

    try:
        problems = lint(name)
    except AuthoredError as error:
        problems = list(error.problems)
    if as_json:
        subcommand.print_json([dataclasses.asdict(problem) for problem in problems])
    else:
        for problem in problems:
            print(problem.in_language(language.chosen()), file=sys.stderr)
        fine, faulty = _("{file}: nothing wrong."), _("{file}: {count} to look at, see above.")
        print((faulty if problems else fine).format(file=name, count=len(problems)))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def case(result: Any, **more: Any) -> dict[str, Any]:
    """Return a case played through as data."""
    failures = [failure.in_language(language.chosen()) for failure in result.failures]
    played = {"name": result.name, "file": result.file, "line": result.line}
    return {**played, **more, "passed": result.passed, "failures": failures}
