"""Where the sample district's files lie."""

from __future__ import annotations

from importlib import resources

HERE = resources.files("paotui.samples.erqi")


def sheet(name: str) -> bytes:
    """Return one of the sample district's spreadsheets as it lies on the clerk's desk."""
    return (HERE / "sheets" / name).read_bytes()
