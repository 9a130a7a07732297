from __future__ import annotations

import re
from pathlib import Path

from paotui.playbooks.jsonschema import schema, text
from paotui.playbooks.schema import MeasureKind

KEPT = Path(__file__).parents[2] / "docs" / "playbook.schema.json"


def test_the_schema_in_the_docs_is_the_schema_of_the_language() -> None:
    remedy = "run: python -m paotui.playbooks.jsonschema > docs/playbook.schema.json"
    assert KEPT.read_text("utf-8") == text(), remedy


def test_the_schema_names_keys_as_authors_write_them() -> None:
    parts = schema()["$defs"]
    assert {"is", "in"} <= set(parts["Condition"]["properties"])
    assert parts["Measure"]["properties"]["kind"]["enum"] == list(MeasureKind.__args__)
    assert parts["Due"]["additionalProperties"] is False


def test_the_schema_takes_times_as_authors_write_them() -> None:
    before = schema()["$defs"]["Due"]["properties"]["before"]["anyOf"][0]
    assert re.search(before["pattern"], "06:00")
    starts = schema()["$defs"]["Occurrence"]["properties"]["starts"]
    assert all(re.search(starts["pattern"], one) for one in ("2020-07-07 09:00", "2020-07-07T09:00:00+08:00"))
