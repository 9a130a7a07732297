"""The kernel's structures as ctypes; field by field as in kernel/rich/problem.hpp."""

from __future__ import annotations

import ctypes as c
from typing import Any

import numpy as np
from numpy.typing import NDArray

_POINTERS: dict[type[Any], Any] = {
    np.int32: c.POINTER(c.c_int32),
    np.int64: c.POINTER(c.c_int64),
    np.uint64: c.POINTER(c.c_uint64),
    np.uint8: c.POINTER(c.c_uint8),
    np.float64: c.POINTER(c.c_double),
}
_I32, _I64, _U64, _U8, _F64 = (_POINTERS[kind] for kind in (np.int32, np.int64, np.uint64, np.uint8, np.float64))
COUNTS = (
    "n", "stations", "vehicles", "dims", "locations", "classes", "links", "ships", "territories", "profiles",
)  # fmt: skip
ARRAYS: dict[str, Any] = {
    "loc": _I32, "service": _I32, "release": _I32, "window_at": _I32, "window": _I32,
    "delivery": _I64, "pickup": _I64, "load_class": _I32, "clash": _U64, "price": _F64, "must": _U8,
    "published_vehicle": _I32, "published_next": _I32, "station_dims": _U64, "station_classes": _U64,
    "kind": _I32, "start": _I32, "end": _I32, "profile": _I32, "capacity": _I64, "earliest": _I32, "latest": _I32,
    "overtime": _I32, "max_duration": _I32, "max_trips": _I32, "regular": _I32, "max_distance": _I64,
    "empty_at_end": _U8, "fixed": _F64, "per_metre": _F64, "per_second": _F64, "overtime_per_second": _F64,
    "break_at": _I32, "breaks": _I32, "station_at": _I32, "station": _I32, "locked_at": _I32, "locked": _I32,
    "onboard": _I64, "territory": _I32, "twin": _I32, "fit": _U8, "territory_cost": _F64,
}  # fmt: skip
RATES = ("vehicle_change", "succession_change", "balance")
LATER: dict[str, Any] = {
    "link_a": _I32, "link_b": _I32, "link_low": _I32, "link_high": _I32, "link_flags": _I32,
    "ship_pickup": _I32, "ship_delivery": _I32, "ship_load": _I64, "initial_at": _I32, "initial": _I32,
    "initial_start": _I32,
}  # fmt: skip
TYPES: dict[str, type[Any]] = {
    name: kind for name, pointer in {**ARRAYS, **LATER}.items() for kind, made in _POINTERS.items() if made is pointer
}


class RichProblem(c.Structure):
    _fields_ = [
        *((name, c.c_int32) for name in COUNTS),
        ("distance", c.POINTER(_I32)),
        ("duration", c.POINTER(_I32)),
        *ARRAYS.items(),
        *((name, c.c_double) for name in RATES),
        *LATER.items(),
    ]


class RichStatus(c.Structure):
    _fields_ = [("iterations", c.c_int64), ("cost", c.c_double), ("unserved", c.c_int32), ("cancel", c.c_int32)]


class RichLimits(c.Structure):
    _fields_ = [
        ("iterations", c.c_int64), ("deadline", c.c_double), ("seed", c.c_uint64), ("threads", c.c_int32),
        ("apart", c.c_int32), ("hot", c.c_double), ("cold", c.c_double), ("neighbours", c.c_int32),
        ("only", c.c_int32), ("generous", c.c_double), ("reserve", c.c_double),
        ("fewer", c.c_int32),
    ]  # fmt: skip


def pointer(array: NDArray[Any]) -> Any:
    """The array's data as a pointer of its type; the caller keeps the array alive."""
    return array.ctypes.data_as(_POINTERS[array.dtype.type])
