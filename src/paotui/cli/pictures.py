"""Pictures of plans as files: SVG as drawn, or PDF and PNG that carry the Chinese font with them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    import typst

SHEET = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawn), format: "svg")'
OURS = "Noto Sans SC"
"""One of the newspaper's fonts. An SVG leaves the choice to whoever shows it, who may have no Chinese font."""
NOT_IN_OURS = str.maketrans({"−": "–", "✕": "×"})
SHARP, COARSE, MOST = 144.0, 36.0, 40_000_000
"""Pixels an inch of a PNG, the fewest that can still be read, and as many as there may be in all."""
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, which a name in JSON may have and a drawing may not."""
SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def check_ending(out: Path) -> None:
    """Refuse, before a plan is drawn, a kind of file that is not made here; SVG where the name has no ending."""
    if out.suffix.lower() not in ("", ".svg", ".pdf", ".png"):
        raise Fault(_("{path}: pictures are .svg, .pdf or .png; end the name with one of them.").format(path=out))


def made(svg: str, out: Path) -> bytes:
    """The drawing as the ending of the name asks for."""
    svg = NO_XML.sub("\ufffd", svg)
    match out.suffix.lower():
        case ".pdf":
            return _typeset(svg, "pdf")
        case ".png":
            return _typeset(svg, "png", _sharpness(svg, out))
        case _:
            return svg.encode()


def _sharpness(svg: str, out: Path) -> float:
    """Pixels an inch; an inch is 96 units of the drawing."""
    wide, high = (float(one) / 96 for one in SIZE.findall(svg)[0])
    sharp = min(SHARP, (MOST / (wide * high)) ** 0.5)
    if sharp < COARSE:
        raise Fault(_("{path}: the picture is too large for .png; name a .pdf or .svg.").format(path=out))
    return sharp


def _typeset(svg: str, kind: Literal["pdf", "png"], sharp: float = SHARP) -> bytes:
    import typst  # here: whoever draws SVG need not wait for it

    drawn = svg.replace('font-family="sans-serif"', f'font-family="{OURS}"').translate(NOT_IN_OURS)
    found = typst.compile(SHEET, font_paths=_fonts(), sys_inputs={"drawn": drawn}, format=kind, ppi=sharp)
    assert isinstance(found, bytes)
    return found


@cache
def _fonts() -> typst.Fonts:
    import typst

    with resources.as_file(resources.files("paotui.bulletin") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
