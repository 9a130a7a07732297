"""Parameters of the demand model: dated, cited, and marked where nobody has verified them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationInfo, model_validator

from paotui.local_text import LocalText
from paotui.planning import reading
from paotui.planning.faults import ProblemError, fault
from paotui.planning.reading import Model

Number = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class Parameter(Model):
    """A number with its unit, date and source; `range` is what a simulation draws from."""

    zh: str
    en: str
    value: Number
    range: tuple[Number, Number] | None = None
    unit: str
    dated: dt.date
    source: Annotated[str, Field(min_length=1)]
    verified: bool

    @model_validator(mode="after")
    def _inside_its_range(self) -> Parameter:
        if self.range is not None and not self.range[0] <= self.value <= self.range[1]:
            raise reading.refusal(
                zh="取值不在 range 之内。请改正 value 或 range。",
                en="value lies outside range. Correct one of the two.",
            )
        return self

    @property
    def spread(self) -> tuple[float, float, float]:
        """Lowest, most likely and highest value; all the same where no range is given."""
        low, high = self.range or (self.value, self.value)
        return low, self.value, high


class Parameters(Model):
    """Everything the demand model takes for granted."""

    masks_per_candidate: Parameter
    masks_per_invigilator: Parameter
    masks_per_companion: Parameter
    companions_per_candidate: Parameter
    invigilators_per_room: Parameter
    candidates_per_room: Parameter
    attendance: Parameter
    mask_grams: Parameter
    mask_litres: Parameter
    isolation_room_kg: Parameter
    isolation_room_litres: Parameter
    entrance_share: Parameter
    entrance_opens_minutes: Parameter
    entrance_closes_minutes: Parameter
    leaving_minutes: Parameter
    fill_limit: Parameter
    container_evenness: Parameter
    collect_within_minutes: Parameter
    collect_window_minutes: Parameter
    bag_litres: Parameter
    flush_litres_per_m2: Parameter
    sprinkle_litres_per_m2: Parameter
    disinfectant_litres_per_m2: Parameter
    width_alley: Parameter
    width_street: Parameter
    width_avenue: Parameter
    speed_alley: Parameter
    speed_street: Parameter
    speed_avenue: Parameter
    sweep_kmh: Parameter
    flush_kmh: Parameter
    sprinkle_kmh: Parameter
    lane_metres: Parameter
    bin_metres: Parameter
    bin_kg: Parameter
    bin_seconds: Parameter
    visits_per_companion: Parameter
    visits_per_round: Parameter
    round_spacing_minutes: Parameter
    touch_point_minutes: Parameter
    fixed_rounds: Parameter
    fixed_rounds_all_day: Parameter

    @model_validator(mode="after")
    def _usable(self, info: ValidationInfo) -> Parameters:
        for name in DIVISORS:
            if getattr(self, name).value == 0:
                raise reading.refusal(
                    zh=f"{name} 不能为 0。请写出实际数值。", en=f"{name} cannot be 0. Write its value."
                )
        for name in SHARES:
            if getattr(self, name).spread[2] > 1:
                raise reading.refusal(zh=f"{name} 是比例，不能大于 1。", en=f"{name} is a share and cannot exceed 1.")
        if self.entrance_closes_minutes.value > self.entrance_opens_minutes.value:
            raise reading.refusal(
                zh="停止入场早于开始入场。请对调。", en="entrance ends before it begins. Swap the two numbers."
            )
        return self


DIVISORS = (
    "fill_limit", "bag_litres", "sweep_kmh", "flush_kmh", "sprinkle_kmh", "speed_alley", "speed_street", "speed_avenue",
    "lane_metres", "bin_metres", "container_evenness",
    "visits_per_round", "round_spacing_minutes", "leaving_minutes", "candidates_per_room",
)  # fmt: skip
SHARES = ("fill_limit", "attendance", "entrance_share")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number the model worked out, its unit, and the parameters it rests on."""

    value: float
    unit: str
    used: tuple[Parameter, ...] = ()

    @property
    def unverified(self) -> tuple[Parameter, ...]:
        return tuple(one for one in self.used if not one.verified)

    def caveats(self) -> list[LocalText]:
        """Return a sentence for each unverified parameter the number rests on."""
        return [
            LocalText(
                f"“{one.zh}”取 {one.value:g} {one.unit}，未经核实（{one.source}）。",
                f'"{one.en}" is taken as {one.value:g}, unverified ({one.source}).',
            )
            for one in self.unverified
        ]

    def times(self, parameter: Parameter, unit: str, scale: float = 1.0) -> Estimate:
        """Return this number × the parameter × `scale`."""
        return Estimate(self.value * parameter.value * scale, unit, merged(self.used, (parameter,)))


def merged(*uses: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Return the parameters of several estimates, each once, in the order first used."""
    found: dict[str, Parameter] = {one.en: one for use in uses for one in use}
    return tuple(found.values())


def read_parameters(data: str | bytes) -> Parameters:
    """Return the parameters written as YAML; raises ProblemError naming what is missing, unknown or no number."""
    try:
        tree: Any = yaml.safe_load(data)
    except yaml.YAMLError as error:
        raise ProblemError(
            [fault("", zh=f"不是有效的 YAML：{error}。请改正。", en=f"this is no YAML: {error}. Correct it.")]
        ) from None
    if not isinstance(tree, dict) or not isinstance(tree.get("parameters"), dict):
        raise ProblemError(
            [fault("parameters", zh="缺少 parameters 一节。请补上。", en="there is no such section. Add it.")]
        )
    return reading.validate(Parameters, tree["parameters"])
