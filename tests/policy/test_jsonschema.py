from __future__ import annotations

from pathlib import Path

from paotui.policy.jsonschema import schema, text

KEPT = Path(__file__).parents[2] / "docs" / "policy.schema.json"


def test_the_schema_in_the_docs_is_the_schema_of_the_language():
    remedy = "run: python -m paotui.policy.jsonschema > docs/policy.schema.json"
    assert KEPT.read_text("utf-8") == text(), remedy


def test_the_schema_names_keys_as_authors_write_them():
    parts = schema()["$defs"]
    assert {"all", "any", "not", "is", "in"} <= set(parts["Condition"]["properties"])
    assert {"from", "until"} <= set(parts["Operation"]["properties"])
    assert "if" in parts["Branch"]["properties"]
