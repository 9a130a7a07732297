"""JSON Schema of a language people write, with times and decimals as authors write them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = r"\d{4}-\d{1,2}-\d{1,2}"
CLOCK = r"\d{1,2}:\d{2}(:\d{2})?"


class _AsWritten(GenerateJsonSchema):
    """Times as authors write them (06:00, 2020-07-07 09:00): the formats of RFC 3339 would reject both."""

    def time_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{CLOCK}$", "examples": ["06:00"]}

    def date_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{DAY}$", "examples": ["2020-07-03"]}

    def datetime_schema(self, schema: Any) -> JsonSchemaValue:
        pattern = f"^{DAY}[ T]{CLOCK}(Z|[-+]\\d{{2}}:\\d{{2}})?$"
        return {"type": "string", "pattern": pattern, "examples": ["2020-07-03 15:00"]}

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "number"}


def schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds `model`."""
    found = model.model_json_schema(by_alias=True, schema_generator=_AsWritten)
    return {"$schema": DIALECT, **found, "title": title}


def text(schema: dict[str, Any]) -> str:
    """Return a JSON Schema as it is kept in docs/."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
