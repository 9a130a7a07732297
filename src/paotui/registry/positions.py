"""A position as somebody gave it, checked, with WGS-84 derived from it. Plain values only."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from paotui.registry.coordinates import to_wgs84
from paotui.registry.errors import Invalid

SYSTEMS = ("wgs84", "cgcs2000", "gcj02", "bd09")
_LONGITUDES = (Decimal(73), Decimal(136))
_LATITUDES = (Decimal(3), Decimal(54))
_PLACES = Decimal("0.0000001")


class Position(NamedTuple):
    """`x`, `y`: as given, degrees in `crs`; `longitude`, `latitude`: WGS-84. All None when there is no position."""

    x: Decimal | None
    y: Decimal | None
    crs: str
    longitude: float | None
    latitude: float | None


def position(x: Decimal | None, y: Decimal | None, crs: str) -> Position:
    """Return the position; raises Invalid for half a position, an unknown CRS, or a point outside China."""
    if crs not in SYSTEMS:
        sentence = _("%(crs)s is no coordinate system known here; there are %(systems)s.")
        raise Invalid([("crs", sentence % {"crs": crs, "systems": ", ".join(SYSTEMS)})], what="crs")
    if x is None and y is None:
        return Position(None, None, crs, None, None)
    if x is None or y is None:
        raise _wrong(_("Only one of longitude and latitude is given."), _("Give both or neither."))
    _check_range(x, y)
    x, y = x.quantize(_PLACES), y.quantize(_PLACES)
    return Position(x, y, crs, *to_wgs84(float(x), float(y), crs))


def _check_range(x: Decimal, y: Decimal) -> None:
    if _within(x, _LONGITUDES) and _within(y, _LATITUDES):
        return
    if _within(y, _LONGITUDES) and _within(x, _LATITUDES):
        raise _wrong(
            _("Longitude and latitude are swapped: %(x)s, %(y)s.") % {"x": x, "y": y}, _("Write longitude first.")
        )
    raise _wrong(
        _("%(x)s, %(y)s is not a position in China in degrees.") % {"x": x, "y": y},
        _("Give longitude and latitude in decimal degrees; projected metres have to be converted first."),
    )


def _within(value: Decimal, limits: tuple[Decimal, Decimal]) -> bool:
    return value.is_finite() and limits[0] <= value <= limits[1]


def _wrong(sentence: str, remedy: str) -> Invalid:
    return Invalid([("x", sentence)], what="position", remedy=remedy)
