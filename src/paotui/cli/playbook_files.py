"""A playbook named on the command line: a file, or the key of one that is shipped; with the cases beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paotui.cli import authored_files

if TYPE_CHECKING:
    from paotui.playbooks.loader import Loaded


def load(name: str) -> Loaded:
    """Load the file `name`, or the shipped playbook of that key; PlaybookError when it has faults."""
    from paotui.playbooks import catalogue, loader

    return authored_files.load(name, loader.load, catalogue.find)


def cases(name: str, loaded: Loaded) -> tuple[str, str]:
    """Return (file name, text) of the cases beside a playbook; Fault when there are none."""
    from paotui.playbooks import catalogue

    return authored_files.cases(name, lambda: catalogue.cases(loaded))
