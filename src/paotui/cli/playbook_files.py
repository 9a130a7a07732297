"""A playbook named on the command line: a file, or the key of one that is shipped; with the cases beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.playbooks.loader import Loaded

SUFFIXES = {".yaml", ".yml"}


def is_file(name: str) -> bool:
    return Path(name).suffix in SUFFIXES or Path(name).exists()


def load(name: str) -> Loaded:
    """Load the file `name`, or the shipped playbook of that key; PlaybookError when it has faults."""
    from paotui.playbooks import catalogue, loader

    return loader.load(read(Path(name)), name=name) if is_file(name) else catalogue.find(name)


def cases(name: str, loaded: Loaded) -> tuple[str, str]:
    """Return (file name, text) of the cases beside a playbook; Fault when there are none."""
    from paotui.playbooks import catalogue

    beside = Path(name).with_suffix(".cases.yaml")
    found = (str(beside), read(beside)) if is_file(name) and beside.exists() else None
    if found is None and not is_file(name):
        found = catalogue.cases(loaded)
    if found is None:
        raise Fault(_("There are no cases beside {name}; write some into {beside}.").format(name=name, beside=beside))
    return found


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Fault(_("{name} is not UTF-8 text; save it as UTF-8.").format(name=path)) from fault
