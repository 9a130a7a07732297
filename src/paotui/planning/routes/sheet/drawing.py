"""The few shapes of SVG the picture is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the page, in pixels."""

    x: float
    y: float
    width: float
    height: float


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An element; `class_` and `font_size` become class and font-size, numbers are cut to two places."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def text(x: float, y: float, content: str, **attributes: object) -> str:
    return element("text", escape(content), x=x, y=y, **attributes)


def titled(shape: str, told: str) -> str:
    """The shape with a text that shows where a pointer rests on it."""
    return f"<g><title>{escape(told)}</title>{shape}</g>"


def path(points: Iterable[tuple[float, float]], /, **attributes: object) -> str:
    way = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    return element("polyline", "", points=way, fill="none", **attributes)


def _written(value: object) -> str:
    return _number(value) if isinstance(value, int | float) else escape(str(value))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
