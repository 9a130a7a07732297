"""Whole groups into the room that units have left, which others make where none has enough."""

from __future__ import annotations

import numpy as np

from paotui.planning.pairing.desk import Array, Desk

NONE = -1  # the unit of a group that has none
TARGETS = 5  # units tried for a group
OWN, OTHERS = (10, 300), (30, 3000)  # groups looked at to go and to come instead: of each load, of all


def used(desk: Desk, unit: Array) -> Array:
    """Return the load of each unit."""
    served = unit >= 0
    return np.bincount(unit[served], desk.load[served], len(desk.units)).astype(np.int64)


def settle(desk: Desk, unit: Array, room: Array) -> None:
    """Give every group without a unit (NONE) to one with room, the heaviest first, as long as there is any."""
    left = np.flatnonzero(unit == NONE)
    left = left[np.argsort(-desk.load[left], kind="stable")]
    hard = [group for group in left.tolist() if not _place(desk, unit, room, group)]
    for group in reversed(hard):  # the lightest first: so more are served where not all can be
        _gather(desk, unit, room, group)


def fitted(desk: Desk, unit: Array, capacity: Array) -> Array:
    """Return a pairing within the capacities: groups leave units beyond theirs, for NONE where nobody has room."""
    unit, room = unit.copy(), capacity - used(desk, unit)
    for over in np.flatnonzero(room < 0).tolist():
        while room[over] < 0:
            of_unit = np.flatnonzero(unit == over)
            loads = desk.load[of_unit]
            enough = loads[loads >= -room[over]]
            group = of_unit[np.argmax(loads == (enough.min() if len(enough) else loads.max()))]
            unit[group] = NONE
            room[over] += desk.load[group]
    settle(desk, unit, room)
    return unit


def _place(desk: Desk, unit: Array, room: Array, group: int) -> bool:
    """Give a group to the cheapest unit with room, if need be by moving a smaller one on; say whether it worked."""
    load, open_ = int(desk.load[group]), desk.lacks[group] == 0
    fits = open_ & (room >= load)
    if fits.any():
        chosen = int(np.argmin(np.where(fits, desk.cost[group], np.iinfo(np.int64).max)))
        unit[group], room[chosen] = chosen, room[chosen] - load
        return True
    for chosen in np.flatnonzero(open_)[np.argsort(desk.cost[group][open_], kind="stable")].tolist():
        for other in np.flatnonzero(unit == chosen).tolist():
            size = int(desk.load[other])
            if size >= load or room[chosen] + size < load:
                continue
            to = (desk.lacks[other] == 0) & (room >= size)
            to[chosen] = False
            if to.any():
                target = int(np.argmin(np.where(to, desk.cost[other], np.iinfo(np.int64).max)))
                unit[other], unit[group] = target, chosen
                room[target] -= size
                room[chosen] += size - load
                return True
    return False


def _gather(desk: Desk, unit: Array, room: Array, group: int) -> bool:
    """Give a group to a unit that others relieve of load until it has room; say whether it worked.

    A unit is relieved when one of its groups goes to a unit with room, or changes places with a lighter group of one.
    Every such step stays within the capacities, so what was done for a unit in vain is left as it is.
    """
    if np.maximum(room, 0).sum() < desk.load[group]:
        return False
    open_ = np.flatnonzero(desk.lacks[group] == 0)
    missing = desk.load[group] - room[open_]
    for target in open_[np.lexsort((desk.cost[group, open_], missing))][:TARGETS].tolist():
        while (short := int(desk.load[group] - room[target])) > 0 and _relieve(desk, unit, room, target, short):
            pass
        if short <= 0:
            unit[group] = target
            room[target] -= desk.load[group]
            return True
    return False


def _relieve(desk: Desk, unit: Array, room: Array, target: int, short: int) -> bool:
    """Take the step that costs least for each unit of load, of those that make no more room than needed."""
    own = np.flatnonzero(unit == target)
    own = _few(own, desk.load[own], -desk.cost[own, target], *OWN)
    given, before = desk.load[own][:, None], desk.cost[own, target][:, None]
    to = np.flatnonzero(room > 0)
    to = to[to != target]
    moves = _dear(given, room[to], short, desk.lacks[np.ix_(own, to)], desk.cost[np.ix_(own, to)] - before)
    others = np.flatnonzero((unit >= 0) & (unit != target) & (room[unit] > 0))
    others = _few(others, desk.load[others], desk.cost[others, target] - desk.cost[others, unit[others]], *OTHERS)
    at = unit[others]
    lacks = desk.lacks[np.ix_(own, at)] | desk.lacks[others, target]
    cost = desk.cost[np.ix_(own, at)] - before + desk.cost[others, target] - desk.cost[others, at]
    each = np.concatenate([moves, _dear(given - desk.load[others], room[at], short, lacks, cost)], axis=1)
    if not np.isfinite(each.min(initial=np.inf)):
        return False
    row, column = np.unravel_index(int(each.argmin()), each.shape)
    leaving, swapped = own[row], column >= len(to)
    less, beside = int(desk.load[leaving]), int(at[column - len(to)] if swapped else to[column])
    if swapped:
        coming = others[column - len(to)]
        unit[coming] = target
        less -= int(desk.load[coming])
    unit[leaving] = beside
    room[target] += less
    room[beside] -= less
    return True


def _few(rows: Array, load: Array, cost: Array, of_load: int, most: int) -> Array:
    """Return the cheapest rows: so many of each load, and so many of all."""
    order = np.lexsort((cost, load))
    rank = np.arange(len(order)) - np.searchsorted(load[order], load[order])
    kept = order[rank < of_load]
    return rows[kept[np.argsort(cost[kept], kind="stable")[:most]]]


def _dear(freed: Array, room: Array, short: int, lacks: Array, cost: Array) -> Array:
    """Return what each step costs for a unit of load freed; infinite where it may not be taken."""
    may = (freed > 0) & (freed <= np.minimum(room, short)) & (lacks == 0)
    return np.where(may, cost / np.maximum(freed, 1), np.inf)
