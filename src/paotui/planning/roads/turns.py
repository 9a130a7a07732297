"""Which arc may follow which: turn restrictions as an automaton over arcs, no turning round but in a dead end.

A state is an arc, or an arc reached over the first arcs of a restriction that goes on over other ways ("from here,
over this way, not into that one"). Without the ban on turning round, a no-left-turn would be got around by driving on
ten metres and coming back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from paotui.planning.roads.extract import Extract, Restriction
from paotui.planning.roads.network import Arcs
from paotui.planning.roads.profiles import Profile

Path = tuple[int, ...]
"""Arcs one after the other."""
LONGEST_VIA = 40


@dataclass(slots=True)
class Turns:
    """States and what may follow: `next[first[s]:first[s + 1]]` after state s; the first states are the arcs."""

    arc: NDArray[np.int32]
    """By state."""
    first: NDArray[np.int32]
    next: NDArray[np.int32]


@dataclass(slots=True)
class _Rules:
    banned: set[Path] = field(default_factory=set)
    only: dict[Path, set[int]] = field(default_factory=lambda: defaultdict(set))
    prefixes: dict[Path, int] = field(default_factory=dict)
    """Beginnings of restrictions longer than one arc → their state."""


def turns(arcs: Arcs, extract: Extract, profile: Profile) -> Turns:
    """Return the states and transitions of a network."""
    leaving: dict[int, list[int]] = defaultdict(list)
    for arc, tail in enumerate(arcs.tail.tolist()):
        leaving[tail].append(arc)
    rules = _rules(arcs, extract, profile, leaving)
    heads, reverse = arcs.head.tolist(), arcs.reverse.tolist()
    paths: list[Path] = [(arc,) for arc in range(len(heads))]
    for prefix in sorted(rules.prefixes):
        rules.prefixes[prefix] = len(paths)
        paths.append(prefix)
    special = {arc for path in (*rules.banned, *rules.only) for arc in path}
    first, following = [0], []
    for path in paths:
        out = _ahead(path[-1], heads, reverse, leaving)
        if path[-1] in special:
            out = [_state((*path, arc), rules) for arc in out if _may(path, arc, rules)]
        following += out
        first.append(len(following))
    return Turns(
        np.array([path[-1] for path in paths], np.int32), np.array(first, np.int32), np.array(following, np.int32)
    )


def _ahead(arc: int, heads: list[int], reverse: list[int], leaving: dict[int, list[int]]) -> list[int]:
    """The arcs that leave where this one ends; back on itself only where nothing else leaves."""
    found = leaving[heads[arc]]
    on = [one for one in found if one != reverse[arc]]
    return on or found


def _may(path: Path, arc: int, rules: _Rules) -> bool:
    for start in range(len(path)):
        been = path[start:]
        if (*been, arc) in rules.banned or (been in rules.only and arc not in rules.only[been]):
            return False
    return True


def _state(path: Path, rules: _Rules) -> int:
    """The state after driving this path: the longest end of it that a restriction begins with, else its last arc."""
    for start in range(len(path) - 1):
        if path[start:] in rules.prefixes:
            return rules.prefixes[path[start:]]
    return path[-1]


def _rules(arcs: Arcs, extract: Extract, profile: Profile, leaving: dict[int, list[int]]) -> _Rules:
    rules = _Rules()
    wanted = [one for one in extract.restrictions if _applies(one, profile)]
    into: dict[int, list[int]] = defaultdict(list)
    concerned = {way for one in wanted for way in one.origins}
    for arc, way in enumerate(arcs.last_way.tolist()):
        if way in concerned:
            into[way].append(arc)
    for one in wanted:
        for begun in _begun(one, arcs, into, leaving):
            _add(rules, one, _kind(one, profile), begun, arcs, leaving)
    return rules


def _kind(one: Restriction, profile: Profile) -> str:
    """What a restriction is for this profile: "no_…", "only_…", or nothing."""
    general = one.tags.get("restriction", "")
    return one.tags.get("restriction:hgv", general) if profile.heavy else general


def _applies(one: Restriction, profile: Profile) -> bool:
    if not _kind(one, profile).startswith(("no_", "only_")):
        return False
    excepted = set(one.tags.get("except", "").replace(" ", "").split(";"))
    return not excepted & ({"hgv", "goods", "motor_vehicle"} if profile.heavy else {"motorcar", "motor_vehicle"})


def _begun(one: Restriction, arcs: Arcs, into: dict[int, list[int]], leaving: dict[int, list[int]]) -> list[Path]:
    """The paths a restriction speaks of, up to where the last turn is made."""
    starts = [arc for way in one.origins for arc in into[way]]
    if not one.via_ways:
        return [(arc,) for arc in starts if arcs.head[arc] == one.via_node]
    found: list[Path] = []
    for start in starts:
        _over_ways((start,), set(one.via_ways), arcs, leaving, found)
    return found


def _over_ways(path: Path, ways: set[int], arcs: Arcs, leaving: dict[int, list[int]], found: list[Path]) -> None:
    """Gather the paths that go on over the via ways only; each of them may be where the forbidden turn is made."""
    if len(path) > LONGEST_VIA:
        return
    for arc in leaving[int(arcs.head[path[-1]])]:
        if arcs.first_way[arc] in ways and arc not in path and arcs.reverse[arc] not in path:
            found.append((*path, arc))
            _over_ways((*path, arc), ways, arcs, leaving, found)


def _add(rules: _Rules, one: Restriction, kind: str, path: Path, arcs: Arcs, leaving: dict[int, list[int]]) -> None:
    aims = {arc for arc in leaving[int(arcs.head[path[-1]])] if arcs.first_way[arc] in one.targets}
    if not aims:
        return
    if kind.startswith("only_"):
        rules.only[path] |= aims
    else:
        rules.banned |= {(*path, arc) for arc in aims}
    for end in range(2, len(path) + 1):
        rules.prefixes[path[:end]] = -1
