"""JSON Schema of the language, so that editors complete and check policies while they are written.

docs/policy.schema.json is made with `python -m paotui.policy.jsonschema > docs/policy.schema.json`; a policy points
at it in its first line: `# yaml-language-server: $schema=...`.
"""

from __future__ import annotations

import sys
from typing import Any

from paotui.authored import jsonschema
from paotui.policy.schema import Policy


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a policy file."""
    return jsonschema.schema(Policy, "Paotui policy")


def text() -> str:
    """Return the JSON Schema as it is kept in docs/."""
    return jsonschema.text(schema())


if __name__ == "__main__":
    sys.stdout.write(text())
