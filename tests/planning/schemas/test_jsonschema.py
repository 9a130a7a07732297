"""The JSON Schemas kept in docs/ are those of the planners, and accept what the planners read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paotui.authored.jsonschema import text
from paotui.planning.jsonschema import MODELS, schema, write

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
SAMPLES = sorted((ROOT / "src/paotui/samples/erqi/problems").glob("*.json"))


@pytest.mark.parametrize("name", MODELS)
def test_the_schema_in_the_docs_is_the_schema_of_the_planner(name):
    remedy = "run: python -m paotui.planning.jsonschema docs"
    assert (DOCS / f"{name}.schema.json").read_text("utf-8") == text(schema(name)), remedy


def test_every_sample_problem_has_the_keys_of_its_schema_and_no_others():
    tried = 0
    for path in SAMPLES:
        problem = json.loads(path.read_text("utf-8"))
        if (kind := problem.get("kind")) in MODELS:
            found = schema(kind)
            assert {*problem} <= {*found["properties"]}
            assert {*found["required"]} <= {*problem}
            assert found["additionalProperties"] is False
            tried += 1
    assert tried >= 2


def test_a_schema_names_its_dialect_and_its_planner():
    assert schema("matching")["title"] == "Paotui matching: problem"
    assert schema("pairing-params")["title"] == "Paotui pairing: params"
    assert all(schema(name)["$schema"].startswith("https://json-schema.org/") for name in MODELS)


def test_all_are_written_at_once(tmp_path):
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.schema.json" for name in MODELS}


def test_money_may_be_written_as_text():
    price = schema("routes")["$defs"]["Vehicle"]["properties"]["per_km"]
    assert {"number", "string"} == {one["type"] for one in price["anyOf"]}
