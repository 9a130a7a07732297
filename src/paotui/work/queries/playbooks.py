"""Playbooks as they were launched, read once per process: their text never changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from paotui.playbooks.loader import Loaded, load
from paotui.work.models import PlaybookVersion, TaskForce

MOST = 256


def loaded(version: PlaybookVersion) -> Loaded:
    """Return the playbook of `version`; its text is read from the row at hand."""
    return _loaded(version.sha256, version.source, f"{version.key}-{version.version}.yaml")


@lru_cache(maxsize=MOST)
def _loaded(sha256: str, source: str, name: str) -> Loaded:
    return load(source, name=name)


_by_hash: dict[str, Loaded] = {}


def by_hash(district_id: int, hashes: Iterable[str]) -> dict[str, Loaded]:
    """Return playbooks by the SHA-256 of their text; asks the database only for those not read before."""
    wanted = set(hashes)
    missing = wanted - _by_hash.keys()
    if missing:
        if len(_by_hash) > MOST:
            _by_hash.clear()
        rows = PlaybookVersion.objects.filter(district=district_id, sha256__in=wanted - _by_hash.keys())
        _by_hash.update({version.sha256: loaded(version) for version in rows})
    return {sha256: _by_hash[sha256] for sha256 in wanted}


def of_task_force(task_force: TaskForce) -> Loaded:
    """Return the playbook a task force was launched with; one query, or none when it comes with the task force."""
    return loaded(task_force.playbook)
