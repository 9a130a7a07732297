"""The playbooks shipped in the library, with the cases beside them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from paotui.authored.suggest import choose
from paotui.playbooks.errors import PlaybookError, problem
from paotui.playbooks.loader import Loaded, load
from paotui.worktime import LocalText

FOLDER = files("paotui.library") / "playbooks"
CASES = ".cases.yaml"


@cache
def shipped() -> tuple[Loaded, ...]:
    """Return every playbook of the library, by file name; raises PlaybookError when one is broken."""
    names = sorted(one.name for one in FOLDER.iterdir() if one.name.endswith(".yaml") and not one.name.endswith(CASES))
    return tuple(load((FOLDER / name).read_text("utf-8"), name=name) for name in names)


def find(key: str, version: int | None = None) -> Loaded:
    """Return the playbook called `key` (its newest version unless one is asked for); raises PlaybookError."""
    found = [one for one in shipped() if one.playbook.playbook == key and version in (None, one.playbook.version)]
    if not found:
        raise PlaybookError(
            [
                problem(
                    LocalText(f"库中没有方案“{key}”", f"the library has no playbook {key}{_of(version)}"),
                    choose(key, [one.playbook.playbook for one in shipped()]),
                    code="unknown-playbook",
                )
            ]
        )
    return max(found, key=lambda one: one.playbook.version)


def cases(loaded: Loaded) -> tuple[str, str] | None:
    """Return (file name, text) of the cases beside a shipped playbook; None when it has none."""
    name = loaded.name.removesuffix(".yaml") + CASES
    file = FOLDER / name
    return (name, file.read_text("utf-8")) if file.is_file() else None


def _of(version: int | None) -> str:
    return "" if version is None else f" version {version}"
