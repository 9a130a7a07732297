"""Makes the newspaper's serif from the locked originals: slices for the web, whole fonts for the PDF.

Characters: the national list of 8,105 (tools/characters-8105.txt), GB 2312, and the punctuation and
signs a Chinese page uses. The web slices follow the unicode ranges of the vendored sans serif, so that a
page loads only the slices it has characters of.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from npm_package import unpack
from vendor import ROOT, TYPST_FONTS, VENDOR, read_lock, write_lock

ORIGINAL = "@expo-google-fonts/noto-serif-sc"
WEIGHTS = {400: "400Regular", 700: "700Bold", 900: "900Black"}
SIGNS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203B), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x257F), (0x25A0, 0x25FF),
    (0x2600, 0x266F), (0x3000, 0x303F), (0x3200, 0x32FF), (0x3300, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
]  # fmt: skip
FACE = """@font-face {{
  font-family: 'Noto Serif SC';
  font-style: normal;
  font-display: swap;
  font-weight: {weight};
  src: url(./files/{file}) format('woff2');
  unicode-range: {ranges};
}}
"""


def national_characters() -> set[int]:
    lines = (ROOT / "tools" / "characters-8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(character) for line in lines if not line.startswith("#") for character in line}


def gb2312_characters() -> set[int]:
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return {ord(character) for pair in pairs if (character := pair.decode("gb2312", errors="ignore"))}


def wanted_characters() -> set[int]:
    signs = {code for first, last in SIGNS for code in range(first, last + 1)}
    return national_characters() | gb2312_characters() | signs


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


def slices(available: set[int]) -> list[set[int]]:
    """The characters in the order and grouping of the sans serif's slices; what those lack comes last."""
    css = (VENDOR / "noto-sans-sc" / "noto-sans-sc.css").read_text(encoding="utf-8")
    rest, groups = set(available), []
    for ranges in re.findall(r"unicode-range:\s*([^;]+);", css):
        group = parse_ranges(ranges) & rest
        rest -= group
        if group:
            groups.append(group)
    ordered = sorted(rest)
    return groups + [set(ordered[start : start + 150]) for start in range(0, len(ordered), 150)]


def cut(source: Path, codes: set[int], target: Path, flavour: str | None) -> None:
    """Write the part of `source` that draws `codes`; the same input gives the same bytes."""
    options = subset.Options(
        flavor=flavour, hinting=False, layout_features=["*"] if flavour is None else ["kern", "palt", "halt", "locl"],
        recalc_timestamp=False, notdef_outline=True, name_IDs=["*"], desubroutinize=True,
    )  # fmt: skip
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(target), options)


def make_web(package: Path, codes: set[int]) -> None:
    folder = VENDOR / "noto-serif-sc"
    shutil.rmtree(folder / "files", ignore_errors=True)
    faces = []
    for weight, name in WEIGHTS.items():
        source = package / name / f"NotoSerifSC_{name}.ttf"
        for number, group in enumerate(slices(codes & set(TTFont(source).getBestCmap())), start=1):
            file = f"noto-serif-sc-{number}-{weight}.woff2"
            cut(source, group, folder / "files" / file, "woff2")
            faces.append(FACE.format(weight=weight, file=file, ranges=write_ranges(group)))
        print(f"web {weight}: {number} slices", flush=True)
    (folder / "noto-serif-sc.css").write_text("\n".join(faces), encoding="utf-8")


def make_print(package: Path, codes: set[int]) -> None:
    for weight, name in WEIGHTS.items():
        cut(package / name / f"NotoSerifSC_{name}.ttf", codes, TYPST_FONTS / f"NotoSerifSC-{name[3:]}.ttf", None)
        print(f"print {weight}", flush=True)
    shutil.copy(package / "LICENSE_FONT", TYPST_FONTS / "LICENSE")


def main() -> None:
    lock = read_lock()
    original = next(package for package in lock["packages"] if package["name"] == ORIGINAL)
    codes = wanted_characters()
    with tempfile.TemporaryDirectory() as temporary:
        package = unpack(original, Path(temporary))
        make_print(package, codes)
        make_web(package, codes)
    write_lock(lock)
    print(json.dumps({"characters": len(codes)}))


if __name__ == "__main__":
    main()
