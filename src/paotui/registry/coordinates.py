"""Coordinate systems met in Chinese data, to and from WGS-84; all values are degrees, (longitude, latitude).

CGCS2000 differs from WGS-84 by centimetres and is taken as equal. GCJ-02 (Amap, Tencent) and BD-09 (Baidu) are the
published obfuscations; outside mainland China GCJ-02 is WGS-84. Formulas as in the common open implementations.
"""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

Point = tuple[float, float]

_A = 6378245.0
_EE = 0.00669342162296594323
_X_PI = pi * 3000.0 / 180.0
_NEAR_ENOUGH = 1e-11
"""Degrees: about a thousandth of a millimetre."""


def to_wgs84(x: float, y: float, crs: str) -> Point:
    """Return WGS-84 of a point given in `crs`: wgs84, cgcs2000, gcj02 or bd09; KeyError for another."""
    return _TO_WGS84[crs](x, y)


def from_wgs84(x: float, y: float, crs: str) -> Point:
    """Return a WGS-84 point in `crs`."""
    return _FROM_WGS84[crs](x, y)


def _same(x: float, y: float) -> Point:
    return x, y


def _wgs84_to_gcj02(x: float, y: float) -> Point:
    if not (72.004 <= x <= 137.8347 and 0.8293 <= y <= 55.8271):
        return x, y
    lat = y / 180.0 * pi
    magic = 1 - _EE * sin(lat) ** 2
    dx = _shift_x(x - 105.0, y - 35.0) * 180.0 / (_A / sqrt(magic) * cos(lat) * pi)
    dy = _shift_y(x - 105.0, y - 35.0) * 180.0 / (_A * (1 - _EE) / (magic * sqrt(magic)) * pi)
    return x + dx, y + dy


def _gcj02_to_wgs84(x: float, y: float) -> Point:
    # There is no closed inverse; the shift changes so slowly that a few rounds of correction reach it.
    guess = (x, y)
    for _ in range(30):
        shifted = _wgs84_to_gcj02(*guess)
        off = (x - shifted[0], y - shifted[1])
        guess = (guess[0] + off[0], guess[1] + off[1])
        if max(abs(off[0]), abs(off[1])) < _NEAR_ENOUGH:
            break
    return guess


def _gcj02_to_bd09(x: float, y: float) -> Point:
    z = sqrt(x * x + y * y) + 0.00002 * sin(y * _X_PI)
    theta = atan2(y, x) + 0.000003 * cos(x * _X_PI)
    return z * cos(theta) + 0.0065, z * sin(theta) + 0.006


def _bd09_to_gcj02(x: float, y: float) -> Point:
    x, y = x - 0.0065, y - 0.006
    z = sqrt(x * x + y * y) - 0.00002 * sin(y * _X_PI)
    theta = atan2(y, x) - 0.000003 * cos(x * _X_PI)
    return z * cos(theta), z * sin(theta)


def _shift_x(x: float, y: float) -> float:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    shift += (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    shift += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    return shift + (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0


def _shift_y(x: float, y: float) -> float:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    shift += (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    shift += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    return shift + (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi)) * 2.0 / 3.0


_TO_WGS84 = {
    "wgs84": _same,
    "cgcs2000": _same,
    "gcj02": _gcj02_to_wgs84,
    "bd09": lambda x, y: _gcj02_to_wgs84(*_bd09_to_gcj02(x, y)),
}
_FROM_WGS84 = {
    "wgs84": _same,
    "cgcs2000": _same,
    "gcj02": _wgs84_to_gcj02,
    "bd09": lambda x, y: _gcj02_to_bd09(*_wgs84_to_gcj02(x, y)),
}
