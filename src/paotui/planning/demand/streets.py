"""Roads: square metres × dose → litres → refills; road class → width and speed; how long each work takes."""

from __future__ import annotations

from math import ceil

from paotui.planning.demand.parameters import Estimate, Parameter, Parameters, merged
from paotui.planning.demand.sites import RoadClass, Section
from paotui.planning.faults import ProblemError, fault


def width(road_class: RoadClass, p: Parameters) -> Parameter:
    return {"alley": p.width_alley, "street": p.width_street, "avenue": p.width_avenue}[road_class]


def speed(road_class: RoadClass, p: Parameters) -> Estimate:
    """Return km/h on a road of this class."""
    found = {"alley": p.speed_alley, "street": p.speed_street, "avenue": p.speed_avenue}[road_class]
    return Estimate(found.value, "千米/时", (found,))


def area(section: Section, p: Parameters) -> Estimate:
    """Return m² of a section."""
    return Estimate(section.length, "米").times(width(section.road_class, p), "平方米")


def flush_water(section: Section, p: Parameters) -> Estimate:
    """Return litres to flush a section."""
    return area(section, p).times(p.flush_litres_per_m2, "升")


def sprinkle_water(section: Section, p: Parameters) -> Estimate:
    """Return litres to sprinkle a section once."""
    return area(section, p).times(p.sprinkle_litres_per_m2, "升")


def refills(litres: Estimate, tank_litres: float) -> Estimate:
    """Return how often a tank is filled again on the way: the first filling is from the depot."""
    if not 0 < tank_litres < 1_000_000:
        raise ProblemError([fault(
            "tank_litres",
            zh=f"水罐容积 {tank_litres} 升不能用。请写出大于 0 的容积。",
            en=f"a tank of {tank_litres} litres cannot be used. Write its volume, above 0.",
        )])  # fmt: skip
    return Estimate(max(0, ceil(litres.value / tank_litres) - 1), "次", litres.used)


def sweep_time(section: Section, p: Parameters) -> Estimate:
    """Return seconds to sweep along both kerbs."""
    return _passes(section, 2, (), p.sweep_kmh)


def flush_time(section: Section, p: Parameters) -> Estimate:
    """Return seconds to flush a section over its whole width, lane by lane in pairs."""
    lanes = width(section.road_class, p)
    passes = max(1, round(lanes.value / p.lane_metres.value / 2))
    return _passes(section, passes, (lanes, p.lane_metres), p.flush_kmh)


def sprinkle_time(section: Section, p: Parameters) -> Estimate:
    """Return seconds to sprinkle a section in one pass."""
    return _passes(section, 1, (), p.sprinkle_kmh)


def _passes(section: Section, passes: int, used: tuple[Parameter, ...], kmh: Parameter) -> Estimate:
    return Estimate(ceil(round(section.length * passes * 3.6 / kmh.value, 6)), "秒", merged(used, (kmh,)))


def bins(section: Section, p: Parameters) -> Estimate:
    """Return the roadside bins of a section: at least one, both sides."""
    return Estimate(max(1, ceil(2 * section.length / p.bin_metres.value / 2)), "桶", (p.bin_metres,))


def refuse(section: Section, p: Parameters) -> Estimate:
    """Return kg of refuse in the bins of a section."""
    return bins(section, p).times(p.bin_kg, "千克")


def collect_time(section: Section, p: Parameters) -> Estimate:
    """Return seconds to empty the bins of a section."""
    return bins(section, p).times(p.bin_seconds, "秒")
