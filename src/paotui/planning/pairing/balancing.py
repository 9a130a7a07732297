"""The lowest peak: below which no plan stays, and at which whole groups can be placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from paotui.planning.assigning import Watch
from paotui.planning.pairing import lumps, transport, whole
from paotui.planning.pairing.desk import Array, Desk
from paotui.planning.pairing.plan import PairingParams

HALVINGS = 6  # peaks tried between one that was not reached and one that was


@dataclass(slots=True)
class Floor:
    """A peak no plan stays below; the groups that show it, or weights of loads."""

    peak: Fraction
    witness: Array
    weights: dict[int, int] = field(default_factory=dict)

    def raised(self, now: Desk, watch: Watch) -> Floor:
        """Return what loads that stay whole show."""
        peak, weights = lumps.raised(now, self.peak, watch)
        return Floor(peak, self.witness[:0], weights) if weights else self


def placed(
    now: Desk, shared: transport.Shared, floor: Floor, first: Array, watch: Watch, params: PairingParams, seed: int
) -> tuple[whole.Whole, Floor]:
    """Return whole groups placed at the lowest peak found for them, and the peak that none stays below."""
    if (now.load == 1).all():
        return whole.Whole(whole.rounded(now, shared, transport.capacities(now, floor.peak))), floor
    if (now.lacks == 0).sum() <= params.searched:
        unit = _rounded(now, shared, floor.peak, first)
        if whole.peak_of(now, unit) > floor.peak:
            floor = floor.raised(now, watch)
        return whole.searched(now, unit, floor.peak, params.seconds_searched, seed), floor
    unit = _moved(now, whole.undivided(now, shared), floor.peak, shared, seed, watch)
    if unit.min() < 0 and not watch.stopped and (higher := floor.raised(now, watch)) is not floor:
        floor, unit = higher, _moved(now, unit, higher.peak, shared, seed, watch)
    if unit.min() < 0:
        unit = _lower(now, shared, floor.peak, _rounded(now, shared, floor.peak, first), watch, seed)
    return whole.Whole(unit), floor


def _lower(now: Desk, shared: transport.Shared, floor: Fraction, unit: Array, watch: Watch, seed: int) -> Array:
    """Return whole groups at a lower peak, where one is found between that of `unit` and one too low."""
    improved = False
    for _ in range(HALVINGS):
        reached = whole.peak_of(now, unit)
        middle = transport.last_peak(transport.strengths_of(now), (floor + reached) / 2)
        if watch.stopped or middle <= floor:
            break
        found = _moved(now, whole.undivided(now, shared), middle, shared, seed, watch)
        if found.min() >= 0:
            unit, improved = found, True
        else:
            floor = middle
    return unit if improved or watch.stopped else _moved(now, unit, whole.peak_of(now, unit), shared, seed, watch)


def _moved(now: Desk, unit: Array, peak: Fraction, shared: transport.Shared, seed: int, watch: Watch) -> Array:
    unit, took = whole.improved(now, unit, transport.capacities(now, peak), shared, seed, watch)
    watch.iterations += took
    return unit


def _rounded(now: Desk, shared: transport.Shared, floor: Fraction, first: Array) -> Array:
    """Return whole groups at the first peak from `floor` on that rounding reaches, else the `first` pairing."""
    unit, reached = first, whole.peak_of(now, first)

    def holds(peak: Fraction) -> bool:
        nonlocal unit
        if peak >= reached:
            return True
        found = whole.rounded(now, shared, transport.capacities(now, peak))
        if holding := found.min() >= 0:
            unit = found
        return holding

    transport.first_peak(now, floor, holds)
    return unit
