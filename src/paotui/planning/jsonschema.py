"""JSON Schema of every planner's problems, plans and parameters, so that editors complete and check them.

`python -m paotui.planning.jsonschema docs` writes all of them anew: docs/NAME.schema.json, NAME-plan.schema.json and
NAME-params.schema.json.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from paotui.authored.jsonschema import DIALECT, text
from paotui.planning import errands, inspections, matching, pairing, posts, routes
from paotui.planning.routes.plan import Plan as RoutesPlan
from paotui.planning.routes.problem import Problem as RoutesProblem

MODELS: dict[str, type[BaseModel]] = {
    "routes": RoutesProblem,
    "routes-plan": RoutesPlan,
    "routes-params": routes.Params,
    "inspections": inspections.Problem,
    "inspections-plan": inspections.Plan,
    "inspections-params": inspections.Params,
    "errands": errands.Problem,
    "errands-plan": errands.Plan,
    "errands-params": errands.Params,
    "matching": matching.MatchingProblem,
    "matching-plan": matching.MatchingPlan,
    "matching-params": matching.MatchingParams,
    "pairing": pairing.PairingProblem,
    "pairing-plan": pairing.PairingPlan,
    "pairing-params": pairing.PairingParams,
    "posts": posts.Problem,
    "posts-plan": posts.Plan,
    "posts-params": posts.Params,
}


class _AsWritten(GenerateJsonSchema):
    """Money as a number or, to the fen, as text."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of what MODELS calls `name`."""
    planner, _, what = name.partition("-")
    found = MODELS[name].model_json_schema(schema_generator=_AsWritten)
    return {"$schema": DIALECT, **found, "title": f"Paotui {planner}: {what or 'problem'}"}


def write(folder: Path) -> None:
    """Write every schema into the folder."""
    for name in MODELS:
        (folder / f"{name}.schema.json").write_text(text(schema(name)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
