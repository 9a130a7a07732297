"""What the tags of a way mean for a vehicle: may it drive here, in which direction, how fast."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paotui.planning.roads.profiles import Profile

Tags = Mapping[str, str]
FORBIDDEN = frozenset({
    "no", "private", "agricultural", "forestry", "emergency", "permit", "military", "bus", "psv", "bicycle", "foot",
    "use_sidepath", "residents", "employees",
})  # fmt: skip
"""`destination`, `delivery`, `customers` are driven: whoever works in a street has business there."""
CLOSED_BARRIERS = frozenset({
    "bollard", "block", "cycle_barrier", "motorcycle_barrier", "stile", "turnstile", "jersey_barrier", "chain", "log",
    "debris", "kissing_gate", "planter", "full-height_turnstile", "sump_buster", "bus_trap",
})  # fmt: skip
"""Nobody drives through, whatever the way says, unless a tag of the node lets the vehicle pass."""
ZONES = {"urban": 50.0, "rural": 80.0, "motorway": 110.0, "trunk": 90.0, "living_street": 15.0, "walk": 7.0}
NEVER = frozenset({"construction", "proposed", "raceway", "track", "busway", "bus_guideway", "corridor", "escape"})
LET_IN = frozenset({"yes", "designated", "permissive", "destination", "delivery"})
MPH = 1.609344
Limits = (
    ("maxheight", "height"), ("maxheight:physical", "height"), ("maxweight", "weight"), ("maxweightrating", "weight"),
    ("maxwidth", "width"), ("maxwidth:physical", "width"), ("maxlength", "length"), ("maxaxleload", "axle_load"),
)  # fmt: skip


def access(tags: Tags, profile: Profile) -> str:
    """Return the value of the most specific access tag, "" when nothing is said."""
    for key in (*(("hgv", "goods") if profile.heavy else ()), "motorcar" if not profile.heavy else "motor_vehicle",
                "motor_vehicle", "vehicle", "access"):  # fmt: skip
        if value := tags.get(key, ""):
            return value
    return ""


def allowed(tags: Tags, profile: Profile) -> bool:
    """Whether the vehicle may and can drive on such a way or through such a node."""
    return access(tags, profile) not in FORBIDDEN and fits(tags, profile)


def fits(tags: Tags, profile: Profile) -> bool:
    """Whether height, weight, width, length and axle load are within what is signposted."""
    for key, own in Limits:
        limit = measure(tags.get(f"{key}:hgv", tags.get(key, "")))
        if limit is not None and getattr(profile, own) > limit:
            return False
    return True


def drivable(tags: Tags, profile: Profile) -> bool:
    """Whether a way is a road the vehicle may use; footways only where a tag lets motor vehicles in."""
    kind = tags.get("highway", "")
    if kind in NEVER or tags.get("area") == "yes" or tags.get("impassable") == "yes":
        return False
    if kind not in profile.class_speeds:
        said = next((tags[key] for key in ("hgv", "motor_vehicle", "vehicle") if key in tags), "")
        return kind == "pedestrian" and said in LET_IN and fits(tags, profile)
    return allowed(tags, profile)


def barred(tags: Tags, profile: Profile) -> bool:
    """Whether a node stops the vehicle."""
    kind = tags.get("barrier", "")
    said = access(tags, profile)
    if not fits(tags, profile):
        return True
    if kind in CLOSED_BARRIERS:
        return said in FORBIDDEN or said == ""
    return bool(kind) and said in FORBIDDEN


def directions(tags: Tags) -> tuple[bool, bool]:
    """Return whether a way may be driven along its nodes, and against them."""
    oneway = tags.get("oneway:motor_vehicle", tags.get("oneway:vehicle", tags.get("oneway", "")))
    if oneway in ("yes", "true", "1"):
        return True, False
    if oneway in ("-1", "reverse"):
        return False, True
    if oneway in ("reversible", "alternating"):
        return False, False
    implied = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") in ("motorway", "motorway_link")
    return True, oneway in ("no", "false", "0") or not implied


def speeds(tags: Tags, profile: Profile) -> tuple[float, float]:
    """Return km/h along the way's nodes and against them."""
    return _speed(tags, profile, "forward"), _speed(tags, profile, "backward")


def _speed(tags: Tags, profile: Profile, direction: str) -> float:
    keys = [f"maxspeed:{direction}", "maxspeed"]
    if profile.heavy:
        keys = [f"maxspeed:hgv:{direction}", "maxspeed:hgv", *keys]
    limit = next((found for key in keys if (found := speed_limit(tags.get(key, ""))) is not None), None)
    usual = profile.class_speeds.get(tags.get("highway", ""), 8.0)
    if limit is None:
        return min(usual, profile.max_speed)
    return max(3.0, min(limit * profile.limit_share, profile.max_speed))


def speed_limit(text: str) -> float | None:
    """Return km/h of "50", "30 mph", "CN:urban", "walk"; None where it says nothing usable ("signals", "none")."""
    first = text.split(";")[0].strip().lower()
    zone = first.rpartition(":")[2]
    if zone in ZONES:
        return ZONES[zone]
    found = re.fullmatch(r"(?:[a-z]{2}:)?(?:zone:?)?(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?", first)
    if found is None or float(found[1]) <= 0:
        return None
    return float(found[1]) * (MPH if found[2] == "mph" else 1.0)


def measure(text: str) -> float | None:
    """Return metres or tonnes of "3.5", "3,5 m", "7.5 t", "3500 kg", "12'6\\""; None where it is no number."""
    clean = text.strip().lower().replace(",", ".")
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(m|t|metres?|tonnes?)?", clean):
        return float(found[1])
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(kg|cm|st|lbs)", clean):
        return float(found[1]) * {"kg": 0.001, "cm": 0.01, "st": 0.907185, "lbs": 0.00045359}[found[2]]
    if found := re.fullmatch(r"(\d+)\s*(?:'|ft)\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|''|in)?)?", clean):
        return float(found[1]) * 0.3048 + float(found[2] or 0) * 0.0254
    return None
