"""Puts places on the nearest road: the projected point on an edge, with what is left of it in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, isfinite, radians

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.roads.network import EARTH
from paotui.planning.roads.prepared import Prepared

Point = tuple[float, float]
"""Latitude, longitude, WGS-84 degrees."""
MOST_POINTS = 30_000
FARTHEST = 1_000.0
"""Metres from a road beyond which a place is taken for a slip (a site in the sea)."""
ASIDE = 150.0
"""Metres farther a place may be put so that it lies on the network that leads everywhere, not in a closed yard."""
PIECE = 50.0
CANDIDATES = 24
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snapped:
    """By place: its segment, cm and ms from the start of the segment, ms back to the start, metres away."""

    segment: NDArray[np.int32]
    length: NDArray[np.int64]
    along: NDArray[np.int64]
    against: NDArray[np.int64]
    away: Floats


class Snapper:
    """An index over the edges of a network, cut into pieces of at most 50 m; `main` leaves out the closed-off ones."""

    def __init__(self, ready: Prepared, main: bool) -> None:
        self._ready = ready
        chosen = np.flatnonzero(ready.main_segment[ready.edge_segment]) if main else np.arange(len(ready.edge_segment))
        self._scale = _scale(ready)
        ends = ready.edge_ends[chosen] * np.tile(self._scale, 2)
        pieces = np.maximum(1, np.ceil(np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]) / PIECE)).astype(int)
        self._edge = np.repeat(chosen, pieces)
        number = np.arange(len(self._edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        share = ((number + 0.5) / np.repeat(pieces, pieces))[:, None]
        middles = np.repeat(ends[:, :2], pieces, axis=0) * (1 - share) + np.repeat(ends[:, 2:], pieces, axis=0) * share
        self._tree = cKDTree(middles) if len(middles) else None

    def snap(self, places: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return edge, share of the edge passed and metres away, for places given as longitude, latitude."""
        if self._tree is None:
            return np.zeros(len(places), np.int64), np.zeros(len(places)), np.full(len(places), np.inf)
        at = places * self._scale
        _, near = self._tree.query(at, k=min(CANDIDATES, self._tree.n), workers=-1)
        edges = self._edge[np.asarray(near).reshape(len(places), min(CANDIDATES, self._tree.n))]
        share, away = _projected(at[:, None, :], self._ready.edge_ends[edges] * np.tile(self._scale, 2))
        best = away.argmin(axis=1)
        rows = np.arange(len(places))
        return edges[rows, best], share[rows, best], away[rows, best]


def _scale(ready: Prepared) -> Floats:
    """Metres per degree of longitude and latitude in the middle of the network; good to a few ‰ over a city."""
    middle = float(np.median(ready.edge_ends[:, 1])) if len(ready.edge_ends) else 0.0
    return np.array([cos(radians(middle)), 1.0]) * radians(1) * EARTH


def _projected(at: Floats, ends: Floats) -> tuple[Floats, Floats]:
    start, run = ends[..., :2], ends[..., 2:] - ends[..., :2]
    square = np.maximum((run**2).sum(axis=-1), 1e-12)
    share = np.clip(((at - start) * run).sum(axis=-1) / square, 0.0, 1.0)
    return share, np.sqrt(((start + share[..., None] * run - at) ** 2).sum(axis=-1))


def snap(ready: Prepared, points: Sequence[Point], names: Sequence[str], farthest: float = FARTHEST) -> Snapped:
    """Return where the points lie on the network; raises ProblemError for points that are none or far from any road."""
    checked(points, names)
    places = np.array(points, np.float64).reshape(len(points), 2)[:, ::-1]
    edge, share, away = Snapper(ready, main=True).snap(places)
    other_edge, other_share, other_away = Snapper(ready, main=False).snap(places)
    closed = away > other_away + ASIDE
    edge, share = np.where(closed, other_edge, edge), np.where(closed, other_share, share)
    away = np.where(closed, other_away, away)
    if (lost := np.flatnonzero(away > farthest)).size:
        if 1 < len(points) == lost.size:
            nearest = int(away.argmin())
            raise ProblemError([_elsewhere(names[nearest], len(points), away[nearest])])
        raise ProblemError(_far(names[at], at, away[at], farthest) for at in lost.tolist())
    return _positions(ready, edge, share, away)


def _positions(ready: Prepared, edge: NDArray[np.int64], share: Floats, away: Floats) -> Snapped:
    length, along, against = (
        _until(ready, values, edge, share) for values in (ready.edge_length, ready.edge_along, ready.edge_against)
    )
    return Snapped(ready.edge_segment[edge], length, along, against, away)


def _until(ready: Prepared, values: NDArray[np.int64], edge: NDArray[np.int64], share: Floats) -> NDArray[np.int64]:
    """The sum over the segment's edges before, and the share of this one."""
    whole = np.concatenate([[0], np.cumsum(values)])
    starts = np.searchsorted(ready.edge_segment, ready.edge_segment[edge])
    found: NDArray[np.int64] = whole[edge] - whole[starts] + np.rint(values[edge] * share).astype(np.int64)
    return found


def checked(points: Sequence[Point], names: Sequence[str]) -> None:
    """Refuse points that are no degrees; ProblemError names each with its place in the list."""
    if len(points) > MOST_POINTS:
        raise ProblemError([fault(
            "points", zh=f"{len(points)} 个地点太多，最多 {MOST_POINTS} 个。请分批。",
            en=f"{len(points)} places are too many; {MOST_POINTS} at most. Split them.",
        )])  # fmt: skip
    wrong = [(at, one) for at, one in enumerate(points) if not _is_point(one)]
    if wrong:
        raise ProblemError(fault(
            f"points[{at}]",
            zh=f"“{names[at]}”的纬度、经度 {one} 不能用。请改为 WGS-84 度数，纬度在前。",
            en=f'latitude and longitude {one} of "{names[at]}" cannot be used. Write WGS-84 degrees, latitude first.',
        ) for at, one in wrong)  # fmt: skip


def _is_point(one: Point) -> bool:
    return len(one) == 2 and all(isfinite(x) for x in one) and abs(one[0]) <= 90 and abs(one[1]) <= 180


def _elsewhere(name: str, count: int, away: float) -> Fault:
    return fault(
        "points",
        zh=f"{count} 个地点都不在这份路网上；最近的“{name}”离道路 {_kilometres(away)}。请换一个覆盖本区的路网文件，"
        "并核对坐标是否纬度、经度写反。",
        en=f'none of the {count} places lies on the roads of this extract; the nearest, "{name}", is '
        f"{_kilometres(away)} from one. Take an extract that covers the district, and check that latitude and "
        "longitude have not changed places.",
    )


def _far(name: str, at: int, away: float, farthest: float) -> Fault:
    metres = _kilometres(away)
    return fault(
        f"points[{at}]",
        zh=f"“{name}”离最近的道路 {metres}，超过 {farthest:g} 米。请核对坐标，或换一个覆盖此处的路网文件。",
        en=f'"{name}" is {metres} from the nearest road, more than {farthest:g} m. Check its coordinates, or take an '
        "extract that covers it.",
    )


def _kilometres(metres: float) -> str:
    return f"{metres / 1000:,.1f} km" if isfinite(metres) else "∞"
