"""A VRPLIB file taken apart: what its head says, and the rows of its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from paotui.planning.routes.formats.numerals import refused

Row = tuple[int, list[str]]
"""A line number, counted from 1, and its fields."""
KNOWN = frozenset({
    "NODE_COORD", "DEMAND", "LINEHAUL", "BACKHAUL", "DEPOT", "TIME_WINDOW", "SERVICE_TIME", "RELEASE_TIME", "PRIZE",
    "CAPACITY", "VEHICLES_DEPOT", "VEHICLES_ALLOWED_CLIENTS", "VEHICLES_RELOAD_DEPOT", "VEHICLES_MAX_RELOADS",
    "VEHICLES_MAX_DURATION", "VEHICLES_MAX_DISTANCE", "VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST",
    "EDGE_WEIGHT",
})  # fmt: skip
SHOWN_ONLY = frozenset({"DISPLAY_DATA"})
HEAD = frozenset({
    "NAME", "COMMENT", "TYPE", "DIMENSION", "VEHICLES", "CAPACITY", "DISTANCE", "DEMAND", "LINEHAUL", "BACKHAUL",
    "SERVICE_TIME", "RELEASE_TIME", "PRIZE", "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT", "EDGE_DATA_FORMAT",
    "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE", "VEHICLES_MAX_DURATION", "VEHICLES_MAX_DISTANCE", "VEHICLES_MAX_RELOADS",
    "VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST", "VEHICLES_DEPOT",
})  # fmt: skip
"""Lines of the head that are read, or mean nothing here."""


@dataclass(slots=True)
class Sections:
    """`head` by key; `rows` by section without its `_SECTION`, the first field being the node or vehicle."""

    head: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def unread(self) -> list[str]:
        """The keys of the head that nobody here knows."""
        return [key for key in self.head if key not in HEAD]

    def whole(self, key: str, default: int | None = None) -> int:
        """The whole number above zero the head states."""
        if key not in self.head and default is not None:
            return default
        text = self.head.get(key, "")
        if not text.isdecimal() or not 0 < int(text) <= 1_000_000_000:
            raise refused(
                key,
                zh=f"应是大于零的整数，写的是“{text}”。请改正",
                en=f"a whole number above zero belongs here, not '{text}'. Correct it",
            )
        return int(text)


def take_apart(text: str) -> Sections:
    found = Sections()
    rows: list[Row] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped:
            continue
        if stripped == "EOF":
            break
        if stripped[0].isalpha():
            rows = _headed(found, stripped, number)
        elif rows is None:
            raise refused(f"line {number}", zh="此行不属于任何一节。请删去", en="this line is in no section. Remove it")
        else:
            rows.append((number, stripped.split()))
    return found


def _headed(found: Sections, line: str, number: int) -> list[Row] | None:
    """The rows of the section that begins here; None for a line of the head."""
    key, colon, value = line.partition(":")
    key = key.strip().upper()
    if colon and not key.endswith("_SECTION"):
        found.head[key] = value.strip().strip('"')
        return None
    name = key.removesuffix("_SECTION")
    if name not in KNOWN | SHOWN_ONLY or not key.endswith("_SECTION"):
        raise refused(
            f"line {number}",
            zh=f"不支持“{key}”。请删去此节，或用 JSON 表述该问题",
            en=f"'{key}' is not supported. Leave the section out, or state the problem as JSON",
        )
    return found.rows.setdefault(name, [])
