"""Problems and plans as files: whatever is wrong is said with the name of the file it is in."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from paotui.cli import language
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.planning.faults import ProblemError

MOST = 50
"""Faults of a file that are told."""
Read = TypeVar("Read")


def read(path: Path, by: Callable[[bytes], Read]) -> Read:
    """Return what `by` makes of the file; each fault in it is named with the file."""
    return made(path, path.read_bytes(), by)


def made(path: Path, data: bytes, by: Callable[[bytes], Read]) -> Read:
    """The same for a file that has been read: a pipe can be read only once."""
    try:
        return by(data)
    except ProblemError as error:
        told = error.in_language(language.chosen())
    except Fault as error:
        told = str(error)
    raise Fault("\n".join(f"{path}: {line}" for line in _first(told.splitlines())))


def _first(lines: list[str]) -> list[str]:
    """As many as one reads; a column of a spreadsheet gone wrong is a fault in every row."""
    if (more := len(lines) - MOST) <= 0:
        return lines
    return [*lines[:MOST], _("… and {count} faults more; put these right first.").format(count=more)]


def check_writable(out: Path | None, *kept: Path | None) -> None:
    """Refuse, before anybody waits for a search, a file that cannot be written or that is one of those read."""
    if out is None:
        return
    if out.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(out))
    if not out.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(out.parent))
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))
    if out.exists() and any(one is not None and one.exists() and out.samefile(one) for one in kept):
        raise Fault(_("{path}: this file is read here; name another one to write to.").format(path=out))


def write(out: Path, content: str | bytes) -> None:
    """Write text or bytes; an error names the file, also where the system leaves it out (a full disk)."""
    try:
        out.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(out)) from error
