"""JSON Schema of the language, so that editors complete and check playbooks while they are written.

docs/playbook.schema.json is made with `python -m paotui.playbooks.jsonschema > docs/playbook.schema.json`; a playbook
points at it in its first line: `# yaml-language-server: $schema=...`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from paotui.playbooks.schema import Playbook

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


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a playbook file."""
    found = Playbook.model_json_schema(by_alias=True, schema_generator=_AsWritten)
    return {"$schema": DIALECT, **found, "title": "Paotui playbook"}


def text() -> str:
    """Return the JSON Schema as it is kept in docs/."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
