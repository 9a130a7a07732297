"""Create .venv from the lock file, checking every hash; do nothing when it is up to date.

Needs only a bare Python >= 3.11. pip is used rather than a faster installer because it follows
the mirror and proxy settings a machine already has.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
COMPILER_LOCK = ROOT / "requirements" / "compiler.txt"
STAMP = VENV / "paotui-env.sha256"


def fingerprint() -> str:
    """Everything the environment follows from: lock, entry points, interpreter, place."""
    import tomllib  # not at the top: an older Python has to reach the sentence in main()

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = (LOCK.read_text(), str(project["scripts"]), project["version"], sys.version, str(ROOT))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def run(*command: str) -> None:
    finished = subprocess.run(command, cwd=ROOT, check=False)
    if finished.returncode:
        raise SystemExit(f"make env: `{' '.join(command)}` failed; its message stands above.")


def need_venv_module() -> None:
    """Debian and Ubuntu ship Python without ensurepip; fetch the package that has it."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not shutil.which("apt-get"):
        raise SystemExit(f"make env: this Python cannot make environments; install its venv module ({package}).")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not shutil.which("sudo"):
        raise SystemExit(f"make env: ask an administrator for `apt-get install {package}`, then run it again.")
    run(*sudo, "apt-get", "update", "-q")
    run(*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-yq", package)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  this file is what tells an older Python
        raise SystemExit(f"make env: Python 3.11 or later is needed, this is {sys.version.split()[0]}.")
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        # Says nothing and takes no time when the kernels are there.
        run(str(VENV / "bin" / "python"), "-m", "paotui.planning.kernel.build", "--quiet")
        return
    need_venv_module()
    print("make env: creating .venv from requirements/dev.txt, every hash checked (about half a minute)", flush=True)
    run(sys.executable, "-m", "venv", "--clear", str(VENV))
    pip = (str(VENV / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    if not any(shutil.which(name) for name in (os.environ.get("PAOTUI_CXX", ""), "g++", "clang++", "c++")):
        # The planning kernels are compiled at installation.
        run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(COMPILER_LOCK))
    run(*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(fingerprint())
    print("make env: done", flush=True)


if __name__ == "__main__":
    main()
