"""What every model of the language is made of: names, moments, and refusals that can be told in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Spec
from pydantic_core import PydanticCustomError

from paotui.worktime import ZONE

Slug = Annotated[str, Spec(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Key = Annotated[str, Spec(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Scalar = bool | int | Decimal | str | dt.date | dt.time | dt.datetime


def in_zone(moment: dt.datetime) -> dt.datetime:
    """Return `moment` in Asia/Shanghai; without an offset it is taken as local time."""
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _written_out(value: Any) -> Any:
    """Refuse numbers: `before: 6` would quietly become six seconds after midnight, `date: 2020` a day in 1970."""
    if isinstance(value, int | float | Decimal):
        raise refusal(
            f"日期和时刻要写全，例如 2020-07-03 或 06:00，不是 {value}",
            f"dates and times are written out, such as 2020-07-03 or 06:00, not {value}",
        )
    return value


Moment = Annotated[dt.datetime, BeforeValidator(_written_out), AfterValidator(in_zone)]
"""A moment in Asia/Shanghai; written without an offset it is local time of the district."""
Day = Annotated[dt.date, BeforeValidator(_written_out)]
Clock = Annotated[dt.time, BeforeValidator(_written_out)]


def refusal(zh: str, en: str) -> PydanticCustomError:
    """Return an error of ours; the loader gives `en` as message and both parts to whoever reads Chinese."""
    return PydanticCustomError("paotui", "{en}", {"zh": zh, "en": en})


def one_of(names: Sequence[str], given: Sequence[str]) -> PydanticCustomError:
    all_, found = ", ".join(names), ", ".join(given)
    return refusal(
        f"{all_} 之中必须且只能写一个，现在写了：{found or '无'}",
        f"say exactly one of {all_}; found {found or 'none'}",
    )


class Model(BaseModel):
    """Base of every model of the language: unknown keys are refused, values cannot change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
