"""Draws docs/states.md from the transitions; a test compares the file with this text."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.utils.translation import override

from paotui.work.states import ENDED, OPEN, READY, STATES, TRANSITIONS, WAITING, WorkState

COMMAND = "python -m paotui.work.state_diagram > docs/states.md"


def diagram() -> str:
    """Return the page: a Mermaid diagram of the states of a work order and the table it is drawn from."""
    with override("en"):
        lines = ["# States of a work order", "", f"Drawn by `{COMMAND}`; do not edit.", "", *_mermaid(), "", *_table()]
    return "\n".join(lines) + "\n"


def _mermaid() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    [*] --> {state}" for state in (WAITING, READY))
    for verb, (sources, target, _) in TRANSITIONS.items():
        yield from (f"    {source} --> {target or source}: {verb}" for source in STATES if source in sources)
    yield from (f"    {state} --> [*]" for state in STATES if state in ENDED)
    yield "```"


def _table() -> Iterator[str]:
    yield "| state | meaning | open | may be |"
    yield "|---|---|---|---|"
    for state in STATES:
        labels = ", ".join(str(t.label) for t in TRANSITIONS.values() if state in t.sources) or "–"
        yield f"| `{state}` | {WorkState(state).label} | {'yes' if state in OPEN else 'no'} | {labels} |"


def main() -> None:
    """Print the page."""
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    sys.stdout.write(diagram())


if __name__ == "__main__":
    main()
