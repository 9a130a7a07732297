"""JSON Schema of problems and plans, so that editors complete and check them while they are written.

docs/routes.schema.json is made with `python -m paotui.planning.routes.jsonschema problem > docs/routes.schema.json`,
docs/routes-plan.schema.json with `… plan > docs/routes-plan.schema.json`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[BaseModel]] = {"problem": Problem, "plan": Plan}


class _AsWritten(GenerateJsonSchema):
    """Money as a number or, to the fen, as text."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a "problem" or a "plan"."""
    found = MODELS[kind].model_json_schema(schema_generator=_AsWritten)
    return {"$schema": DIALECT, **found, "title": f"Paotui routes: {kind}"}


def text(kind: str) -> str:
    """The JSON Schema as it is kept in docs/."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text(sys.argv[1]))
