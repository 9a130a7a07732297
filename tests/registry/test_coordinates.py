"""Coordinate systems: against vectors computed with coord-convert 0.2.1, and there and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paotui.registry.coordinates import from_wgs84, to_wgs84

# (x, y) read as WGS-84 -> GCJ-02, BD-09; the same (x, y) read as GCJ-02, BD-09 -> WGS-84.
VECTORS = [
    ((113.6401, 34.7242), (113.64616053451999, 34.72301488275503), (113.6525765926614, 34.72934277620037),
     (113.63404688229268, 34.72539271682993), (113.62763519086789, 34.719079740661385)),
    ((113.65, 34.75), (113.65607766850398, 34.748856447706196), (113.66249967462123, 34.7550809520645),
     (113.64393134216398, 34.7511525532987), (113.63754709198172, 34.744834655429194)),
    ((116.397, 39.909), (116.40324350604497, 39.91040339728811), (116.40961569346796, 39.916744221722645),
     (116.39075909629855, 39.90759898456576), (116.38437260221463, 39.90129743206357)),
    ((87.6, 43.8), (87.60283897227161, 43.80121203029208), (87.60921015182171, 43.80747250765041),
     (87.59716115824617, 43.79878744825191), (87.5907892708694, 43.79253810313669)),
    ((110.3, 20.0), (110.3043031442536, 19.99792284033773), (110.3107696391227, 20.004017212072977),
     (110.29570460283712, 20.0020856000029), (110.28927455490363, 19.995840416063718)),
]  # fmt: skip
CLOSE = {"rel": 0, "abs": 1e-8}  # degrees: a millimetre
IN_CHINA = (st.floats(74, 135), st.floats(4, 53))


@pytest.mark.parametrize(("point", "gcj02", "bd09", "from_gcj02", "from_bd09"), VECTORS)
def test_known_points_convert_as_elsewhere(point, gcj02, bd09, from_gcj02, from_bd09):
    assert from_wgs84(*point, "gcj02") == pytest.approx(gcj02, **CLOSE)
    assert from_wgs84(*point, "bd09") == pytest.approx(bd09, **CLOSE)
    assert to_wgs84(*point, "gcj02") == pytest.approx(from_gcj02, **CLOSE)


@pytest.mark.parametrize(("point", "_gcj02", "_bd09", "_from_gcj02", "from_bd09"), VECTORS)
def test_baidu_comes_back_within_a_metre(point, _gcj02, _bd09, _from_gcj02, from_bd09):
    # Nobody knows the exact inverse of BD-09; implementations differ by decimetres.
    assert to_wgs84(*point, "bd09") == pytest.approx(from_bd09, rel=0, abs=1e-5)


@given(*IN_CHINA)
def test_gcj02_comes_back_to_where_it_was(x, y):
    assert to_wgs84(*from_wgs84(x, y, "gcj02"), "gcj02") == pytest.approx((x, y), rel=0, abs=1e-9)


@given(*IN_CHINA, st.sampled_from(["wgs84", "cgcs2000"]))
def test_wgs84_and_cgcs2000_are_taken_as_they_are(x, y, crs):
    assert to_wgs84(x, y, crs) == from_wgs84(x, y, crs) == (x, y)


def test_outside_the_country_nothing_is_shifted():
    assert from_wgs84(2.35, 48.86, "gcj02") == (2.35, 48.86)


def test_an_unknown_system_is_no_guess():
    with pytest.raises(KeyError):
        to_wgs84(113.6, 34.7, "gps")
