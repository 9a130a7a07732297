"""Used masks: how many, how heavy, how bulky, and by when each container has to be emptied."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from paotui.planning.demand.parameters import Estimate, Parameters, merged
from paotui.planning.demand.sites import Paper, Site
from paotui.planning.faults import ProblemError, fault

MOST_VISITS = 12
Curve = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Times (s) and the share dropped until then, both rising."""


def companions(site: Site, p: Parameters) -> Estimate:
    return Estimate(site.candidates, "人").times(p.companions_per_candidate, "人")


def masks(site: Site, p: Parameters) -> Estimate:
    """Return the masks dropped at a site per paper, those of isolation rooms left out."""
    parts = [
        Estimate(site.candidates, "人").times(p.attendance, "人").times(p.masks_per_candidate, "个"),
        Estimate(site.rooms, "间").times(p.invigilators_per_room, "人").times(p.masks_per_invigilator, "个"),
        companions(site, p).times(p.masks_per_companion, "个"),
    ]
    return Estimate(sum(part.value for part in parts), "个", merged(*(part.used for part in parts)))


def weight(site: Site, p: Parameters) -> Estimate:
    """Return kg of masks per paper."""
    return masks(site, p).times(p.mask_grams, "千克", 0.001)


def volume(site: Site, p: Parameters) -> Estimate:
    """Return litres of loose masks per paper."""
    return masks(site, p).times(p.mask_litres, "升")


def isolation_weight(site: Site, p: Parameters) -> Estimate:
    """Return kg of isolation waste per paper; it is never loaded with anything else."""
    return Estimate(site.isolation_rooms, "间").times(p.isolation_room_kg, "千克")


def isolation_volume(site: Site, p: Parameters) -> Estimate:
    """Return litres of isolation waste per paper."""
    return Estimate(site.isolation_rooms, "间").times(p.isolation_room_litres, "升")


def usable(site: Site, p: Parameters) -> Estimate:
    """Return the litres the containers of a site may hold together."""
    return Estimate(site.containers * site.container_litres, "升").times(p.fill_limit, "升")


def fill(site: Site, p: Parameters) -> Estimate:
    """Return how often one paper fills the containers up to the limit: 1.0 = exactly once."""
    litres, room = volume(site, p), usable(site, p)
    return Estimate(litres.value / room.value, "倍", merged(litres.used, room.used))


def dropped(paper: Paper, p: Parameters, entrance_share: float | None = None) -> Curve:
    """Return when masks are dropped: evenly while people come in, evenly while they leave, none while they write."""
    share = p.entrance_share.value if entrance_share is None else entrance_share
    opens = paper.starts - 60 * p.entrance_opens_minutes.value
    closes = paper.starts - 60 * p.entrance_closes_minutes.value
    left = paper.ends + 60 * p.leaving_minutes.value
    return np.array([opens, closes, paper.ends, left]), np.array([0.0, share, share, 1.0])


@dataclass(frozen=True, slots=True)
class Collection:
    """One visit to the containers of a site: start within the window (s), and what it is expected to carry away."""

    earliest: int
    latest: int
    kg: float
    litres: float
    bags: int


@dataclass(frozen=True, slots=True)
class Collections:
    """The visits after one paper, and the parameters they rest on."""

    visits: tuple[Collection, ...]
    estimate: Estimate
    """Litres of the paper."""


def collections(site: Site, paper: Paper, p: Parameters) -> Collections:
    """Return the fewest visits that keep every window wide enough; whenever each is made, nothing overflows.

    Visit i of n comes when i/n of the masks are there at the earliest, and at the latest when what was left by the
    earliest visit before plus one whole filling is there. Raises ProblemError when 12 visits do not suffice.
    """
    total, room = volume(site, p).value, usable(site, p).value
    for count in range(max(1, ceil(total / room)), MOST_VISITS + 1):
        windows = [_window(number, count, room / total, paper, p) for number in range(1, count + 1)]
        if min(latest - earliest for earliest, latest in windows) >= 60 * p.collect_window_minutes.value:
            return _with_loads(windows, site, p)
    raise ProblemError([fault(
        f"sites.{site.id}.containers",
        zh=f"一场考试约有口罩 {total:.0f} 升，{site.containers} 个 {site.container_litres:g} 升的容器"
           f"收 {MOST_VISITS} 次也装不下。请增加容器。",
        en=f"a paper brings about {total:.0f} litres; {site.containers} containers of {site.container_litres:g} litres "
           f"do not hold it even with {MOST_VISITS} visits. Put up more.",
    )])  # fmt: skip


def _window(number: int, count: int, room: float, paper: Paper, p: Parameters) -> tuple[int, int]:
    """`room` is the share of the paper's masks that the containers may hold."""
    times, shares = dropped(paper, p)
    earliest = ceil(_reached(number / count, times, shares))
    if number == count:
        return earliest, round(paper.ends + 60 * p.collect_within_minutes.value)
    return earliest, int(_reached((number - 1) / count + room, times, shares))


def _reached(share: float, times: NDArray[np.float64], shares: NDArray[np.float64]) -> float:
    """When so much has been dropped, at the earliest."""
    after = int(np.searchsorted(shares, min(share, 1.0) - 1e-12))
    if after == 0:
        return float(times[0])
    low, high = shares[after - 1], shares[after]
    return float(times[after - 1] + (times[after] - times[after - 1]) * (min(share, 1.0) - low) / (high - low))


def _with_loads(windows: list[tuple[int, int]], site: Site, p: Parameters) -> Collections:
    kg, litres = weight(site, p), volume(site, p)
    count = len(windows)
    bags = ceil(litres.value / count / p.bag_litres.value)
    visits = tuple(Collection(a, b, kg.value / count, litres.value / count, bags) for a, b in windows)
    used = merged(litres.used, kg.used, (
        p.fill_limit, p.entrance_share, p.entrance_opens_minutes, p.entrance_closes_minutes, p.leaving_minutes,
        p.collect_within_minutes, p.collect_window_minutes, p.bag_litres,
    ))  # fmt: skip
    return Collections(visits, Estimate(litres.value, "升", used))
