"""Why a file is no road extract, in our words; what the reader said stands behind as a detail."""

from __future__ import annotations

from paotui.planning.faults import Fault, fault
from paotui.planning.reading_words import SHEETS

PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
"""How gzip, bzip2 and xz begin."""
SHORTEST = 20
"""Bytes; a PBF file's first block alone is longer."""


def refused(data: bytes, error: Exception) -> Fault:
    zh, en = _why(data, str(error))
    detail = " ".join(str(error).split())
    return fault("", zh=f"{zh}（技术细节：{detail}）", en=f"{en} (Detail: {detail})")


def _why(data: bytes, said: str) -> tuple[str, str]:
    if not data.strip():
        return "路网文件是空的。请重新导出或下载。", "the road extract is empty. Export or download it again."
    if data.startswith(PACKED):
        return (
            "路网文件是压缩包。请先解压，再给出里面的 .osm 或 .osm.pbf。",
            "the road extract is packed. Unpack it, and give the .osm or .osm.pbf in it.",
        )
    if data.startswith(SHEETS) or "Unknown top-level element" in said or "invalid BlobHeader size" in said:
        return (
            "这不是 OpenStreetMap 路网文件。请导出 .osm.pbf 或 .osm。",
            "this is no OpenStreetMap extract. Export an .osm.pbf or .osm file.",
        )
    if "truncated" in said or "no element found" in said or len(data) < SHORTEST:
        return (
            "路网文件不完整：写到一半就断了。请重新导出或下载。",
            "the road extract is not whole: it breaks off. Export or download it again.",
        )
    return (
        "路网文件已损坏，读不下去。请重新导出或下载。",
        "the road extract is damaged and cannot be read. Export or download it again.",
    )
