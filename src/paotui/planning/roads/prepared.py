"""A network made ready for questions: plain arrays, contracted, kept on disk where a folder is given."""

from __future__ import annotations

import ctypes
import os
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from paotui.planning import kernel
from paotui.planning.roads import network, turns
from paotui.planning.roads.extract import Extract
from paotui.planning.roads.profiles import Profile

FORMAT = 1
"""Of what is kept on disk and of everything it follows from; raise it whenever the same extract gives another one."""
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Cost = NDArray[np.uint64]
"""Milliseconds × 2³² + centimetres: both add up in one number, and ties in time go to the shorter way."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Edges (by segment, in order), arcs, states and the hierarchy over them."""

    edge_ends: NDArray[np.float64]
    """Shape (edges, 4): longitude and latitude of both ends."""
    edge_segment: Int32
    edge_length: Int64
    edge_along: Int64
    edge_against: Int64
    main_segment: NDArray[np.bool_]
    """Whether a segment belongs to the largest part in which everything reaches everything."""
    arc_segment: Int32
    arc_backwards: NDArray[np.bool_]
    arc_cost: Cost
    state_arc: Int32
    state_first: Int32
    state_next: Int32
    up_first: Int32
    up_to: Int32
    up_cost: Cost
    down_first: Int32
    down_to: Int32
    down_cost: Cost

    def save(self, path: Path) -> None:
        """Write to `path`; the finished file appears at once or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, **{one.name: getattr(self, one.name) for one in fields(self)})
        unfinished.replace(path)


def load(path: Path) -> Prepared | None:
    """Return what was saved, None where nothing usable lies there."""
    try:
        with np.load(path, allow_pickle=False) as found:
            return Prepared(**{one.name: found[one.name] for one in fields(Prepared)})
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, EOFError):
        return None


def prepare(extract: Extract, profile: Profile) -> Prepared:
    """Return the network of a profile, contracted; raises kernel.KernelAbsent where the kernel was not built."""
    built = network.build(extract, profile)
    arcs = built.arcs
    moves = turns.turns(arcs, extract, profile)
    cost = _cost(arcs.duration, arcs.length)
    edges = [(number, edge) for number, one in enumerate(built.segments) for edge in one.edges]
    ends = [(*built.positions[edge.a], *built.positions[edge.b]) for _, edge in edges]
    return Prepared(
        edge_ends=np.array(ends, np.float64).reshape(len(edges), 4),
        edge_segment=np.array([number for number, _ in edges], np.int32),
        edge_length=np.array([edge.length for _, edge in edges], np.int64),
        edge_along=np.array([edge.along for _, edge in edges], np.int64),
        edge_against=np.array([edge.against for _, edge in edges], np.int64),
        main_segment=_main(moves, arcs, len(built.segments)),
        arc_segment=arcs.segment.astype(np.int32), arc_backwards=arcs.backwards, arc_cost=cost,
        state_arc=moves.arc, state_first=moves.first, state_next=moves.next,
        **_contract(moves.first, moves.next, cost[moves.arc]),
    )  # fmt: skip


def _cost(duration: Int64, length: Int64) -> Cost:
    return (duration.astype(np.uint64) << np.uint64(32)) | length.astype(np.uint64)


def _main(moves: turns.Turns, arcs: network.Arcs, segments: int) -> NDArray[np.bool_]:
    count = len(moves.arc)
    graph = csr_array((np.ones(len(moves.next), np.int8), moves.next, moves.first), shape=(count, count))
    main = np.zeros(segments, bool)
    if count:
        _, label = connected_components(graph, directed=True, connection="strong")
        inside = label == np.bincount(label).argmax()
        main[arcs.segment[moves.arc[inside]]] = True
    return main


def _contract(first: Int32, following: Int32, cost: Cost) -> dict[str, Any]:
    library = functions()
    count = len(first) - 1
    handle = library.roads_contract(count, pointer(first), pointer(following), pointer(cost))
    try:
        up, down = ctypes.c_int64(), ctypes.c_int64()
        library.roads_sizes(handle, ctypes.byref(up), ctypes.byref(down))
        kept: dict[str, NDArray[Any]] = {
            "up_first": np.empty(count + 1, np.int32), "up_to": np.empty(up.value, np.int32),
            "up_cost": np.empty(up.value, np.uint64), "down_first": np.empty(count + 1, np.int32),
            "down_to": np.empty(down.value, np.int32), "down_cost": np.empty(down.value, np.uint64),
        }  # fmt: skip
        library.roads_save(handle, *(pointer(array) for array in kept.values()))
        return kept
    finally:
        library.roads_free(handle)


def pointer(array: NDArray[Any]) -> ctypes.c_void_p:
    assert array.flags.c_contiguous
    return ctypes.c_void_p(array.ctypes.data)


def functions() -> ctypes.CDLL:
    """The kernel with its signatures said."""
    library = kernel.load("roads")
    one, number = ctypes.c_void_p, ctypes.c_int32
    library.roads_contract.restype = library.roads_load.restype = one
    library.roads_contract.argtypes = [number, one, one, one]
    library.roads_free.argtypes, library.roads_free.restype = [one], None
    library.roads_sizes.argtypes, library.roads_sizes.restype = [one] * 3, None
    library.roads_save.argtypes, library.roads_save.restype = [one] * 7, None
    library.roads_load.argtypes = [number, *[one] * 6]
    library.roads_matrix.argtypes = [one, number, one, one, one, number, one, one, one, one, number]
    library.roads_matrix.restype = None
    return library
