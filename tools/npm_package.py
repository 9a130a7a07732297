"""Fetches one npm package at one version and refuses it unless its SHA-512 is the locked one."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path


def unpack(package: dict, folder: Path) -> Path:
    """The package's own files, below `folder`; `package` has name, version and integrity as in vendor.lock.json."""
    wanted = f"{package['name']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    archive = folder / packed
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package["integrity"]:
        raise SystemExit(f"{wanted}: integrity is {found}, locked is {package['integrity']}; nothing was taken.")
    target = folder / packed.removesuffix(".tgz")
    with tarfile.open(archive) as contents:
        contents.extractall(target, filter="data")
    return target / "package"
