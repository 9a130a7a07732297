"""What drives: size, weight and speeds of a vehicle, as far as roads care."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from paotui.planning.reading import Model

Size = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
Speed = Annotated[float, Field(gt=0, le=130, allow_inf_nan=False)]

CLASS_SPEEDS = {
    "motorway": 80.0, "motorway_link": 45.0, "trunk": 65.0, "trunk_link": 40.0, "primary": 45.0, "primary_link": 35.0,
    "secondary": 40.0, "secondary_link": 30.0, "tertiary": 35.0, "tertiary_link": 30.0, "unclassified": 30.0,
    "residential": 25.0, "road": 25.0, "living_street": 10.0, "service": 15.0,
}  # fmt: skip
"""km/h of a truck on a road whose limit is not tagged, halts at junctions included; a class not named is not driven."""


class Profile(Model):
    """A kind of vehicle: metres, tonnes, km/h. `max_speed` caps every road; a tagged limit counts `limit_share`."""

    name: str = "truck"
    heavy: bool = True
    """Goods vehicle: `hgv` tags apply to it."""
    height: Size = 3.5
    width: Size = 2.5
    length: Size = 9.0
    weight: Size = 12.0
    axle_load: Size = 8.0
    max_speed: Speed = 80.0
    limit_share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 0.8
    """Mean speed ÷ speed limit."""
    class_speeds: dict[str, Speed] = CLASS_SPEEDS


TRUCK = Profile()
VAN = Profile(name="van", heavy=False, height=2.6, width=2.1, length=6.0, weight=3.5, axle_load=2.2, max_speed=100.0)
