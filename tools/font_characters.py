"""Which characters the fonts of the page have to draw, and how a style sheet writes them down."""

from __future__ import annotations

from pathlib import Path

NATIONAL = Path(__file__).resolve().parent / "characters-8105.txt"
SIGNS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2033), (0x203B, 0x203B), (0x20AC, 0x20AC), (0x2103, 0x2103),
    (0x2116, 0x2116), (0x2160, 0x216B), (0x2190, 0x2193), (0x2248, 0x2248), (0x2260, 0x2265), (0x2460, 0x249B),
    (0x25A0, 0x25A1), (0x25B2, 0x25B3), (0x25BC, 0x25BD), (0x25C6, 0x25C7), (0x25CB, 0x25CF), (0x2605, 0x2606),
    (0x2713, 0x2713), (0x3000, 0x301E), (0x3220, 0x3229), (0x338E, 0x33A1), (0xFF01, 0xFF5E), (0xFFE5, 0xFFE5),
]  # fmt: skip


def signs() -> set[int]:
    """Letters, digits, punctuation and the signs a Chinese office uses."""
    return {code for first, last in SIGNS for code in range(first, last + 1)}


def national() -> set[int]:
    """The State Council's table of 8,105 general standard characters."""
    lines = NATIONAL.read_text(encoding="utf-8").splitlines()
    return {ord(character) for line in lines if not line.startswith("#") for character in line}


def gb2312(first_row: int, last_row: int) -> set[int]:
    """Rows of GB 2312: 16 to 55 are the 3,755 commonest characters, 16 to 87 all 6,763."""
    pairs = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(first_row, last_row + 1) for cell in range(1, 95))
    return {ord(character) for pair in pairs if (character := pair.decode("gb2312", errors="ignore"))}


ALL = signs() | national() | gb2312(16, 87)
COMMON = signs() | gb2312(16, 55)


def parse_ranges(text: str) -> set[int]:
    """The code points of a CSS unicode-range."""
    codes: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        codes |= set(range(int(first, 16), int(last or first, 16) + 1))
    return codes


def write_ranges(codes: set[int]) -> str:
    """A CSS unicode-range for `codes`, neighbours joined."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in runs)
