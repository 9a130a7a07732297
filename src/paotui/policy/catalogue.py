"""The policies shipped in the library, with the cases beside them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from paotui.authored.errors import problem
from paotui.authored.suggest import choose
from paotui.policy.loader import Loaded, PolicyError, load
from paotui.worktime import LocalText

FOLDER = files("paotui.library") / "policies"
CASES = ".cases.yaml"


@cache
def shipped() -> tuple[Loaded, ...]:
    """Return every policy of the library, by file name; raises PolicyError when one is broken."""
    names = sorted(one.name for one in FOLDER.iterdir() if one.name.endswith(".yaml") and not one.name.endswith(CASES))
    return tuple(load((FOLDER / name).read_text("utf-8"), name=name) for name in names)


def find(key: str) -> Loaded:
    """Return the policy called `key`; raises PolicyError naming those there are."""
    for one in shipped():
        if one.policy.policy == key:
            return one
    raise PolicyError([problem(
        LocalText(f"库中没有政策“{key}”", f"the library has no policy {key}"),
        choose(key, [one.policy.policy for one in shipped()]), code="unknown-policy",
    )])  # fmt: skip


def cases(loaded: Loaded) -> tuple[str, str] | None:
    """Return (file name, text) of the cases beside a shipped policy; None when it has none."""
    name = loaded.name.removesuffix(".yaml") + CASES
    file = FOLDER / name
    return (name, file.read_text("utf-8")) if file.is_file() else None
