"""Numbers, dates, true and false as JSON writes them: `true` is not 1, "12" not 12, 1583020800 no day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic_core import PydanticKnownError
from pydantic_core.core_schema import no_info_before_validator_function

NUMBERS = ("int", "float", "bool")
WHOLE = 2**53
"""Beyond it a float is whole for want of digits."""


def to_the_letter(schema: Any) -> Any:
    """The schema of a model that takes values as written. (Strict through and through it would refuse lists for
    tuples, money as text, and dates, which JSON has not.)
    """
    if isinstance(schema, dict):
        kind = schema.get("type")
        if kind in NUMBERS:
            return {**schema, "strict": True}
        if kind == "date":
            return no_info_before_validator_function(_written_date, schema)
        return {key: to_the_letter(one) for key, one in schema.items()}
    return type(schema)(map(to_the_letter, schema)) if isinstance(schema, list | tuple) else schema


def _written_date(value: Any) -> Any:
    """Seconds since 1970, which would be taken for a day, are none."""
    if isinstance(value, dt.date) or (isinstance(value, str) and "-" in value):
        return value
    raise PydanticKnownError("date_type")


def number(text: str) -> int | float:
    """12.0 is the number 12, and does where a whole one is wanted."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < WHOLE else value
