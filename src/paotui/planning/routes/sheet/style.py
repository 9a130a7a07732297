"""Colours and type of the picture; readable for those who tell red from green badly, and on paper."""

from __future__ import annotations

import colorsys

FIRST = ("#2f6db3", "#d9822b", "#3a9679", "#b5446e", "#7a63b8", "#a88c1e", "#4aa3c7", "#8a5a3c", "#5f7f35", "#c45c4b")
INK, FAINT, PAPER, LINE = "#22303c", "#6b7a88", "#fbfaf7", "#d9dee3"
LEFT_OUT = "#c0392b"

STYLE = (
    'text{font-family:system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;fill:' + INK + "}"
    f".paper{{fill:{PAPER}}}.panel{{fill:#fff;stroke:{LINE}}}.grid{{stroke:{LINE};stroke-width:1}}"
    ".title{font-size:22px;font-weight:600}.said{font-size:14px}.small{font-size:11px}.label{font-size:12px}"
    ".name{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
    f".faint{{fill:{FAINT}}}.quiet{{fill:{FAINT};fill-opacity:.1;stroke:{FAINT};stroke-dasharray:4 3}}"
    f".depot{{fill:{INK}}}.station{{fill:#fff;stroke:{INK};stroke-width:2}}"
    f".left-out{{stroke:{LEFT_OUT};stroke-width:2.5;stroke-linecap:round}}.red{{fill:{LEFT_OUT}}}"
    ".route{stroke-width:2.2;stroke-linejoin:round;stroke-opacity:.85}.home{stroke-width:1;stroke-opacity:.4}"
    ".number{font-size:9px;fill:#fff;text-anchor:middle}.rest{fill:#c9cfd5}"
)


def colour(place: int) -> str:
    """The colour of the n-th route; beyond the first ten, hues apart by the golden angle."""
    if place < len(FIRST):
        return FIRST[place]
    red, green, blue = colorsys.hls_to_rgb(place * 0.381966 % 1, 0.40 + 0.08 * (place % 3), 0.5)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
