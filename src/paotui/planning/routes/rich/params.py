"""What may be set about the search; everything has a value by kind and size of the problem."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from paotui.planning.reading import Model


class Params(Model):
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    neighbours: Annotated[int, Field(ge=5, le=1000)] = 30
    """Nearest stops looked at for a place."""
    hot: Annotated[float, Field(gt=0, le=1000)] | None = None
    cold: Annotated[float, Field(gt=0, le=1000)] | None = None
    """First and last temperature, in prices of the mean way to the nearest stop."""
