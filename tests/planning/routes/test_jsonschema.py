from __future__ import annotations

from pathlib import Path

import pytest

from paotui.planning.routes.jsonschema import schema, text

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(("kind", "name"), [("problem", "routes"), ("plan", "routes-plan")])
def test_the_schema_in_the_docs_is_the_schema_of_the_language(kind, name):
    remedy = f"run: python -m paotui.planning.routes.jsonschema {kind} > docs/{name}.schema.json"
    assert (DOCS / f"{name}.schema.json").read_text("utf-8") == text(kind), remedy


def test_money_may_be_written_as_text():
    price = schema("problem")["$defs"]["Vehicle"]["properties"]["per_km"]
    assert {"number", "string"} == {one["type"] for one in price["anyOf"]}
