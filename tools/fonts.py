"""Makes the newspaper's fonts from the locked originals: slices for the web, whole fonts for the PDF.

The web slices follow the unicode ranges of the vendored sans serif, so that a page loads only the slices it
has characters of. The same originals and the same fonttools give the same bytes.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont

from font_characters import ALL, COMMON, parse_ranges, write_ranges
from npm_package import unpack
from vendor import TYPST_FONTS, VENDOR, read_lock, write_lock

SERIF = "@expo-google-fonts/noto-serif-sc"
SANS = "@expo-google-fonts/noto-sans-sc"
KAI = "lxgw-wenkai-webfont"
BRUSH = "@expo-google-fonts/ma-shan-zheng"
WEB = {400: "400Regular/NotoSerifSC_400Regular.ttf", 900: "900Black/NotoSerifSC_900Black.ttf"}
# The masthead's brush draws heavy outlines and few words: the commonest characters suffice.
PRINT = [
    (SERIF, "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", ALL),
    (SERIF, "900Black/NotoSerifSC_900Black.ttf", "NotoSerifSC-Black.ttf", ALL),
    (SANS, "700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf", ALL),
    (BRUSH, "400Regular/MaShanZheng_400Regular.ttf", "MaShanZheng-Regular.ttf", COMMON),
]
KAI_SLICES, KAI_FILE = "files/lxgwwenkai-regular-subset-*.woff2", "LXGWWenKai-Regular.ttf"
# What the slices' subsets left of these tables contradicts itself once joined.
UNJOINABLE = {"GSUB", "GPOS", "GDEF", "BASE", "gasp", "fpgm", "prep", "cvt ", "vhea", "vmtx"}
LICENCES = {SERIF: "LICENSE_FONT", SANS: "LICENSE_FONT", BRUSH: "LICENSE_FONT", KAI: "OFL.txt"}
FACE = """@font-face {{
  font-family: 'Noto Serif SC';
  font-style: normal;
  font-display: swap;
  font-weight: {weight};
  src: url(./files/{file}) format('woff2');
  unicode-range: {ranges};
}}
"""


def cut(source: Path, codes: Iterable[int], target: Path, flavour: str | None, features: list[str]) -> None:
    """Write the part of `source` that draws `codes`."""
    options = subset.Options(
        flavor=flavour, hinting=False, layout_features=features, recalc_timestamp=False, notdef_outline=True,
        name_IDs=["*"],
    )  # fmt: skip
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(target), options)


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


def make_web(package: Path) -> None:
    folder = VENDOR / "noto-serif-sc"
    shutil.rmtree(folder / "files", ignore_errors=True)
    faces = []
    for weight, path in WEB.items():
        groups = slices(ALL & set(TTFont(package / path).getBestCmap()))
        for number, group in enumerate(groups, start=1):
            file = f"noto-serif-sc-{number}-{weight}.woff2"
            cut(package / path, group, folder / "files" / file, "woff2", ["kern", "palt", "halt", "locl"])
            faces.append(FACE.format(weight=weight, file=file, ranges=write_ranges(group)))
        print(f"web serif {weight}: {len(groups)} slices", flush=True)
    (folder / "noto-serif-sc.css").write_text("\n".join(faces), encoding="utf-8")


def join_kai(package: Path, scratch: Path) -> None:
    """The Kai face comes in slices only; the wanted part of each is cut out, then all are joined."""
    wanted, parts = set(ALL), []
    for number, slice_ in enumerate(sorted(package.glob(KAI_SLICES))):
        font = TTFont(slice_, recalcTimestamp=False)
        codes = set(font.getBestCmap()) & wanted
        wanted -= codes
        if not codes:
            continue
        font.flavor = None
        for table in UNJOINABLE & set(font.keys()):
            del font[table]
        font.save(scratch / f"{number}-whole.ttf")
        cut(scratch / f"{number}-whole.ttf", codes, scratch / f"{number}.ttf", None, [])
        parts.append(str(scratch / f"{number}.ttf"))
    joined = Merger(options=MergeOptions()).merge(parts)
    joined["head"].modified = joined["head"].created
    joined.recalcTimestamp = False
    joined.save(TYPST_FONTS / KAI_FILE)
    print(f"print {KAI_FILE}: {len(parts)} slices joined", flush=True)


def main() -> None:
    lock = read_lock()
    wanted = [package for package in lock["packages"] if package["name"] in LICENCES]
    shutil.rmtree(TYPST_FONTS, ignore_errors=True)
    TYPST_FONTS.mkdir()
    with tempfile.TemporaryDirectory() as temporary:
        originals = {package["name"]: unpack(package, Path(temporary)) for package in wanted}
        for name, path, file, codes in PRINT:
            cut(originals[name] / path, codes, TYPST_FONTS / file, None, ["*"])
            print(f"print {file}", flush=True)
        scratch = Path(temporary) / "kai"
        scratch.mkdir()
        join_kai(originals[KAI], scratch)
        make_web(originals[SERIF])
        for name, licence in LICENCES.items():
            shutil.copy(originals[name] / licence, TYPST_FONTS / f"LICENSE-{name.rpartition('/')[2]}.txt")
    write_lock(lock)


if __name__ == "__main__":
    main()
