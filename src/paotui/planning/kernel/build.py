"""Builds the kernels: with the machine's C++ compiler, else with the one in the package ziglang.

Run by the build hook (hatch_build.py) at installation, and by `python -m paotui.planning.kernel.build` while
developing. Stands alone: the hook loads this file before the package exists.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMPILER_PACKAGE = "ziglang==0.17.1"
# No fused multiply-add: the same seed gives the same plan whatever compiler built the kernel.
FLAGS = ("-std=c++20", "-O3", "-ffp-contract=off", "-fPIC", "-shared", "-fvisibility=hidden", "-pthread", "-DNDEBUG")


def names() -> list[str]:
    """The kernels there are: one a `.cpp` file."""
    return sorted(path.stem for path in HERE.glob("*.cpp"))


def digest(name: str) -> str:
    """Of everything a kernel is compiled from: its file, every header, the flags."""
    parts = [(HERE / f"{name}.cpp").read_bytes(), *(path.read_bytes() for path in sorted(HERE.glob("**/*.hpp")))]
    whole = b"\0".join([*parts, " ".join([*FLAGS, *machine_flags()]).encode()])
    return hashlib.sha256(whole).hexdigest()[:12]


def library(name: str) -> Path:
    """Where the library of a kernel lies when it is built."""
    return HERE / f"{name}.{digest(name)}.so"


def machine_flags() -> tuple[str, ...]:
    """Instructions of the last fifteen years on x86-64; elsewhere the compiler's own default."""
    return ("-march=x86-64-v2",) if platform.machine() in ("x86_64", "AMD64") else ()


def own_compiler() -> list[str] | None:
    """The machine's own C++ compiler as a command, or None; PAOTUI_CXX names another one.

    SystemExit when PAOTUI_CXX names something that is not there.
    """
    if named := os.environ.get("PAOTUI_CXX"):
        if found := shutil.which(named):
            return [found]
        raise SystemExit(f"paotui: PAOTUI_CXX names {named!r}, which is not a program here; correct it or unset it.")
    return next(([found] for name in ("g++", "clang++", "c++") if (found := shutil.which(name))), None)


def compiler() -> list[str]:
    """The command that compiles C++; SystemExit with what to do when there is none."""
    if own := own_compiler():
        return own
    if importlib.util.find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "c++"]
    raise SystemExit(
        f"paotui: no C++ compiler; `pip install {COMPILER_PACKAGE}` brings one, or install g++ or clang; try again."
    )


def command(name: str, out: Path) -> list[str]:
    """The words that compile a kernel to `out`."""
    words = compiler()
    flags = [flag.replace("x86-64-v2", "x86_64_v2") if "ziglang" in words else flag for flag in machine_flags()]
    return [*words, *FLAGS, *flags, "-o", str(out), str(HERE / f"{name}.cpp")]


def build(name: str) -> Path:
    """Compile one kernel unless it is there; the finished file appears at once or not at all."""
    path = library(name)
    if path.exists():
        return path
    unfinished = path.with_suffix(f".{os.getpid()}.partial")
    words = command(name, unfinished)
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if done.returncode:
        raise SystemExit(f"paotui: the kernel '{name}' does not compile ({' '.join(words)}):\n{done.stderr}")
    for old in HERE.glob(f"{name}.*.so"):
        old.unlink(missing_ok=True)
    unfinished.replace(path)
    return path


def build_all() -> list[Path]:
    """Compile every kernel that is not there yet."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(build, names()))


if __name__ == "__main__":
    for built in build_all():
        if "--quiet" not in sys.argv:
            print(built.name)  # noqa: T201  a command of its own
