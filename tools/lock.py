"""Computes requirements/*.txt from pyproject.toml (`make lock`), or compares the two without a network (`--check`).

compiler.txt, for machines without a C++ compiler, follows from COMPILER_PACKAGE in planning/kernel/build.py. The
files name versions and hashes only: no host, no index, no path of this machine.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
TOOL = REQUIREMENTS / "lock-tool.txt"
# Later files stay at the versions of earlier ones.
FILES = {"runtime": [], "dev": ["dev"], "bench": ["dev", "bench"]}
KERNEL_BUILD = ROOT / "src" / "paotui" / "planning" / "kernel" / "build.py"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
FOREIGN = re.compile(r"https?://|--index-url|--extra-index-url|--find-links|file:")


def declared(extras: list[str]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [text for extra in extras for text in project["optional-dependencies"][extra]]
    return [Requirement(text) for text in [*project["dependencies"], *optional]]


def compiler() -> Requirement:
    """The package that compiles the kernels where the machine has no compiler."""
    spec = importlib.util.spec_from_file_location("kernel_build", KERNEL_BUILD)
    assert spec
    assert spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    return Requirement(build.COMPILER_PACKAGE)


def faults(name: str, needs: list[Requirement]) -> list[str]:
    """Sentences on what a lock file lacks or has too much of."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    pinned = {canonicalize_name(package): version for package, version in PINNED.findall(text)}
    wrong = [
        f"requirements/{name}.txt has {pinned.get(canonicalize_name(needed.name), 'no version')} of {needed}"
        for needed in needs
        if not needed.specifier.contains(pinned.get(canonicalize_name(needed.name), "0"), prereleases=True)
    ]
    return wrong + [f"requirements/{name}.txt names a place: {found}" for found in FOREIGN.findall(text)]


def all_faults() -> list[str]:
    wrong = [fault for name, extras in FILES.items() for fault in faults(name, declared(extras))]
    return wrong + faults("compiler", [compiler()])


def compute(name: str, source: str, *words: str, text: str | None = None) -> None:
    """Write requirements/NAME.txt from the requirements in `source`, "-" being `text`."""
    subprocess.run(
        [
            ROOT / ".venv" / "bin" / "uv", "pip", "compile", "-q", source, *words, "--universal",
            "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate",
            "--custom-compile-command", "make lock", "-o", f"requirements/{name}.txt",
        ],
        cwd=ROOT, check=True, input=text, text=True,
    )  # fmt: skip


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        wrong = all_faults()
        for fault in wrong:
            print(f"{fault}; `make lock` computes it again.", file=sys.stderr)
        return 1 if wrong else 0
    pip = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(TOOL)]
    subprocess.run(pip, cwd=ROOT, check=True)
    before: list[str] = []
    for name, extras in FILES.items():
        compute(name, "pyproject.toml", *(word for extra in extras for word in ("--extra", extra)), *before)
        before = ["-c", f"requirements/{name}.txt"]
    compute("compiler", "-", text=f"{compiler()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
