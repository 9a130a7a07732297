"""Front-end assets: fetched from npm against the lock (`make vendor`), or only compared with it (`--check`).

vendor.lock.json says which package, version and integrity, what is taken from it and the SHA-256 of every
file that stands in the folder. The newspaper's serif is made by tools/fonts.py from the same lock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from npm_package import unpack

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "paotui" / "web" / "static" / "vendor"
TYPST_FONTS = ROOT / "src" / "paotui" / "bulletin" / "fonts"
LOCK = VENDOR / "vendor.lock.json"
# The maps are not shipped, and a manifest of static files refuses a reference to nothing.
SOURCE_MAP = re.compile(rb"\s*(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")


def read_lock() -> dict:
    return json.loads(LOCK.read_text(encoding="utf-8"))


def write_lock(lock: dict) -> None:
    lock["sha256"] = standing()
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def standing() -> dict[str, str]:
    """SHA-256 of every vendored file, by path from the project's root."""
    files = [file for folder in (VENDOR, TYPST_FONTS) for file in sorted(folder.rglob("*")) if file.is_file()]
    return {
        file.relative_to(ROOT).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file != LOCK
    }


def differences(lock: dict) -> list[str]:
    """Sentences on what stands in the folders and does not agree with the lock."""
    found, locked = standing(), lock["sha256"]
    return [
        *(f"{path} is locked but missing" for path in sorted(locked.keys() - found.keys())),
        *(f"{path} is not in the lock" for path in sorted(found.keys() - locked.keys())),
        *(f"{path} differs from the lock" for path in sorted(found) if path in locked and found[path] != locked[path]),
    ]


def take(package: dict, source: Path) -> None:
    for destination, path in package["take"].items():
        if path.endswith("/"):
            shutil.copytree(source / path, VENDOR / destination, dirs_exist_ok=True)
        else:
            target = VENDOR / destination
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(SOURCE_MAP.sub(b"\n", (source / path).read_bytes()))


def sprite(source: Path, names: list[str]) -> str:
    """One SVG with a symbol per icon: `<svg><use href="…/sprite.svg#home"/></svg>`."""
    symbols = []
    for name in sorted(names):
        style, _, plain = name.rpartition("/")
        drawing = (source / "icons" / (style or "outline") / f"{plain}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL).group(1)
        symbols.append(f'<symbol id="{name.replace("/", "-")}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def fetch(lock: dict) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        for package in lock["packages"]:
            if not package["take"]:
                continue  # an original of tools/fonts.py
            print(f"{package['name']} {package['version']}", flush=True)
            source = unpack(package, Path(temporary))
            take(package, source)
            if package["name"] == "@tabler/icons":
                (VENDOR / "icons" / "sprite.svg").write_text(sprite(source, lock["icons"]), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the lock and change nothing")
    arguments = parser.parse_args()
    lock = read_lock()
    if not arguments.check:
        fetch(lock)
        write_lock(lock)
        return 0
    faults = differences(lock)
    for fault in faults:
        print(f"vendored assets: {fault}; `make vendor` fetches them again.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
