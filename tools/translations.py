"""Keeps the Chinese catalogue in step with the code (`make messages`), or only compares (`--check`).

Both files are committed, the readable .po and the compiled .mo, so that a wheel needs no gettext.
"""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "paotui"
CATALOGUE = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"
NOT_SEARCHED = ["static/vendor", "bulletin/fonts", "samples", "library", "__pycache__", "migrations"]
ENTRY = re.compile(r"(?:^#[^\n]*\n)*(?:^msgctxt[^\n]*\n)?^msgid .*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def extract(package: Path) -> None:
    """Bring the catalogue below `package` in step with the code there."""
    words = [word for pattern in NOT_SEARCHED for word in ("--ignore", f"{pattern}/*")]
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "--no-location", "--no-obsolete", *words],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"translations: makemessages failed: {done.stderr.strip()}")
    catalogue = package / CATALOGUE
    # The day of extraction is no change.
    text = re.sub(r'^"POT-Creation-Date:.*\n', "", catalogue.read_text(encoding="utf-8"), flags=re.MULTILINE)
    catalogue.write_text(text, encoding="utf-8")


def compile_to(source: Path, target: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", target, source], check=True)


def entries(text: str) -> dict[str, list[str]]:
    """What is said for each message: context and id joined → its translations; a fuzzy one counts as none."""
    found = {}
    for entry in ENTRY.findall(text):
        flags = re.findall(r"^#,.*", entry, re.MULTILINE)
        head, _, rest = re.sub(r"^#.*\n", "", entry, flags=re.MULTILINE).partition("msgid ")
        source, *said = re.split(r"^msgstr(?:\[\d+\])? ", rest, flags=re.MULTILINE)
        fuzzy = any("fuzzy" in flag for flag in flags)
        found[_joined(head) + _joined(source)] = [] if fuzzy else [_joined(part) for part in said]
    found.pop("", None)
    return found


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(part) for part in QUOTED.findall(lines))


def faults(committed: Path, fresh: Path) -> list[str]:
    """Sentences on what differs between the committed catalogue and one just extracted."""
    have, need = entries(committed.read_text(encoding="utf-8")), entries(fresh.read_text(encoding="utf-8"))
    untranslated = [key for key in sorted(need) if not have.get(key) or not all(have[key])]
    return [
        *(f"no translation of {key!r}" for key in untranslated),
        *(f"nothing in the code says {key!r} any more" for key in sorted(have.keys() - need.keys())),
    ]


def compiled_differs(source: Path, compiled: Path) -> bool:
    if not compiled.exists():
        return True
    with tempfile.NamedTemporaryFile(suffix=".mo") as fresh:
        compile_to(source, Path(fresh.name))
        return _messages(Path(fresh.name)) != _messages(compiled)


def _messages(compiled: Path) -> dict:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog  # its only complete view


def check() -> list[str]:
    committed = PACKAGE / CATALOGUE
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "paotui"
        ignored = shutil.ignore_patterns("vendor", "fonts", "__pycache__", "samples", "library")
        shutil.copytree(PACKAGE, copy, ignore=ignored)
        extract(copy)
        wrong = faults(committed, copy / CATALOGUE)
    if compiled_differs(committed, committed.with_suffix(".mo")):
        wrong.append("the compiled catalogue is not that of the readable one")
    return wrong


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        wrong = check()
        for fault in wrong:
            print(f"translations: {fault}; `make messages`, then translate in {CATALOGUE}.", file=sys.stderr)
        return 1 if wrong else 0
    (PACKAGE / "locale").mkdir(exist_ok=True)
    extract(PACKAGE)
    compile_to(PACKAGE / CATALOGUE, (PACKAGE / CATALOGUE).with_suffix(".mo"))
    missing = [key for key, said in entries((PACKAGE / CATALOGUE).read_text("utf-8")).items() if not all(said or [""])]
    print(f"{len(missing)} messages wait for a translation in src/paotui/{CATALOGUE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
