"""One site, two papers, and the parameters the library ships."""

from __future__ import annotations

from importlib import resources
from typing import Any

from paotui.planning.demand import Paper, Parameters, Site, read_parameters

SHIPPED = (resources.files("paotui.library") / "demand" / "2020.yaml").read_text(encoding="utf-8")
PARAMETERS = read_parameters(SHIPPED)
CHINESE = Paper(id="语文", starts=9 * 3600, ends=11 * 3600 + 1800)
MATHEMATICS = Paper(id="数学", starts=15 * 3600, ends=17 * 3600)
PAPERS = (CHINESE, MATHEMATICS)


def site(**changes: Any) -> Site:
    return Site(**{"id": "甲考点", "candidates": 900, "rooms": 30, "isolation_rooms": 2, "containers": 3, **changes})


def with_values(**values: float) -> Parameters:
    """Return the shipped parameters with other values, without a range."""
    changed = {
        name: getattr(PARAMETERS, name).model_copy(update={"value": value, "range": None})
        for name, value in values.items()
    }
    return PARAMETERS.model_copy(update=changed)
