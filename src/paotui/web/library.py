"""The playbooks that come with the package."""

from __future__ import annotations

from functools import cache
from importlib import resources

from paotui.playbooks.loader import Loaded, load


@cache
def playbooks() -> dict[str, Loaded]:
    """Return the shipped playbooks by key, in the order of their stories."""
    folder = resources.files("paotui.library") / "playbooks"
    found = [load(file.read_text("utf-8"), name=file.name) for file in folder.iterdir() if _is_playbook(file.name)]
    ordered = sorted(found, key=lambda one: (one.playbook.story or "~", one.playbook.playbook))
    return {one.playbook.playbook: one for one in ordered}


def _is_playbook(name: str) -> bool:
    return name.endswith(".yaml") and not name.endswith((".cases.yaml", "_cases.yaml"))
