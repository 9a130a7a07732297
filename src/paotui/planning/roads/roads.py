"""An extract of OpenStreetMap as roads: read once, asked many times."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from paotui.planning.faults import ProblemError, fault
from paotui.planning.roads import extract, matrix, prepared, snapping
from paotui.planning.roads.matrix import Travel
from paotui.planning.roads.prepared import FORMAT, Prepared
from paotui.planning.roads.profiles import TRUCK, Profile
from paotui.planning.roads.snapping import Point


class Roads:
    """The roads of an extract; what it works out is kept in `cache`, a folder, where one is given."""

    def __init__(self, data: bytes, cache: Path | None = None) -> None:
        self._data = data
        self._digest = extract.digest(data)
        self._cache = cache
        self._extract: extract.Extract | None = None
        self._ready: dict[str, Prepared] = {}

    @classmethod
    def read(cls, source: bytes | str | Path, cache: str | Path | None = None) -> Roads:
        """Return the roads of an .osm.pbf or .osm file; raises ProblemError where it is none."""
        found = cls(extract.content(source), Path(cache) if cache is not None else None)
        if found._cache is None or not any(found._cache.glob(f"{found._digest[:24]}-*.npz")):
            found._read()
        return found

    def _read(self) -> extract.Extract:
        if self._extract is None:
            self._extract = extract.read(self._data)
        return self._extract

    def prepared(self, profile: Profile = TRUCK) -> Prepared:
        """Return the network of a profile; raises ProblemError where it may drive nowhere."""
        key = hashlib.sha256(f"{FORMAT} {profile.model_dump_json()}".encode()).hexdigest()[:24]
        if key not in self._ready:
            self._ready[key] = self._kept(key) or self._made(key, profile)
        return self._ready[key]

    def _kept(self, key: str) -> Prepared | None:
        return prepared.load(self._file(self._cache, key)) if self._cache else None

    def _made(self, key: str, profile: Profile) -> Prepared:
        made = prepared.prepare(self._read(), profile)
        if not len(made.arc_cost):
            raise ProblemError([fault(
                "profile", zh=f"“{profile.name}”在这个路网里无路可走。请核对车辆的高、宽、重。",
                en=f'"{profile.name}" may drive on none of these roads. Check its height, width and weight.',
            )])  # fmt: skip
        if self._cache:
            made.save(self._file(self._cache, key))
        return made

    def _file(self, folder: Path, key: str) -> Path:
        return folder / f"{self._digest[:24]}-{key}.npz"

    def matrix(self, points: Sequence[Point], profile: Profile = TRUCK, names: Sequence[str] | None = None) -> Travel:
        """Return metres and seconds between all points (latitude, longitude), −1 where there is no way.

        Raises ProblemError for points that are no degrees or lie far from any road; `names` are what it calls them.
        """
        called = list(names) if names is not None else [f"{one}" for one in points]
        snapping.checked(points, called)
        path = self._matrix_file(points, profile)
        if path is not None and (kept := _load(path, len(points))):
            return kept
        ready = self.prepared(profile)
        found = matrix.travel(ready, snapping.snap(ready, points, called))
        if path is not None:
            _save(path, found)
        return found

    def _matrix_file(self, points: Sequence[Point], profile: Profile) -> Path | None:
        if self._cache is None:
            return None
        places = np.array(points, np.float64).tobytes()
        asked = f"{FORMAT} {self._digest} {profile.model_dump_json()} ".encode() + places
        return self._cache / f"matrix-{hashlib.sha256(asked).hexdigest()[:32]}.npz"


def _save(path: Path, found: Travel) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, **found._asdict())
    unfinished.replace(path)


def _load(path: Path, count: int) -> Travel | None:
    try:
        with np.load(path, allow_pickle=False) as found:
            kept = Travel(found["distances"], found["durations"])
    except (OSError, KeyError, ValueError, EOFError, BadZipFile):
        return None
    return kept if kept.distances.shape == kept.durations.shape == (count, count) else None
