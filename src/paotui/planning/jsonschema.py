"""JSON Schema of every planner's problems, plans and parameters, so that editors complete and check them.

`python -m paotui.planning.jsonschema docs` writes all of them anew: docs/NAME.schema.json, NAME-plan.schema.json and
NAME-params.schema.json. Those of routes, where money may be text, come from `paotui.planning.routes.jsonschema`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from paotui.authored.jsonschema import DIALECT, text
from paotui.planning import errands, inspections, matching, pairing, posts

MODELS: dict[str, type[BaseModel]] = {
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


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of what MODELS calls `name`."""
    planner, _, what = name.partition("-")
    return {"$schema": DIALECT, **MODELS[name].model_json_schema(), "title": f"Paotui {planner}: {what or 'problem'}"}


def write(folder: Path) -> None:
    """Write every schema into the folder."""
    for name in MODELS:
        (folder / f"{name}.schema.json").write_text(text(schema(name)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
