"""JSON Schema of the language, so that editors complete and check playbooks while they are written.

docs/playbook.schema.json is made with `python -m paotui.playbooks.jsonschema > docs/playbook.schema.json`; a playbook
points at it in its first line: `# yaml-language-server: $schema=...`.
"""

from __future__ import annotations

import sys
from typing import Any

from paotui.authored import jsonschema
from paotui.playbooks.schema import Playbook


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a playbook file."""
    return jsonschema.schema(Playbook, "Paotui playbook")


def text() -> str:
    """Return the JSON Schema as it is kept in docs/."""
    return jsonschema.text(schema())


if __name__ == "__main__":
    sys.stdout.write(text())
