"""Turns what went wrong into one sentence that says what to do."""

from __future__ import annotations

import errno
import sys

from paotui.cli import language
from paotui.cli.language import translate as _
from paotui.environment import EnvironmentFault


class Fault(Exception):
    """A refusal of the command line itself; the message is the sentence."""


def sentence(fault: Exception) -> str:
    """What to tell somebody at a terminal; never a traceback."""
    for known in (_ours, _file, _database):
        if told := known(fault):
            return told
    return _("Unexpected fault ({kind}: {detail}); run it again with PAOTUI_DEBUG=1 and report what it prints.").format(
        kind=type(fault).__name__, detail=fault
    )


def _ours(fault: Exception) -> str | None:
    if isinstance(fault, Fault):
        return str(fault)
    if isinstance(fault, EnvironmentFault):
        return _(fault.sentence).format(**fault.values)
    if in_language := getattr(fault, "in_language", None):
        return str(in_language(language.chosen()))
    if in_language := getattr(getattr(fault, "text", None), "in_language", None):
        return str(in_language(language.chosen()))
    return str(fault) if isinstance(fault, _refusals()) else None


def _refusals() -> tuple[type[Exception], ...]:
    """The rooms' refusals and the framework's own complaints, as far as they have been imported."""
    names = [
        ("paotui.registry.errors", "Refusal"),
        ("django.core.exceptions", "ImproperlyConfigured"),
        ("django.core.management.base", "CommandError"),
    ]
    return tuple(getattr(sys.modules[module], name) for module, name in names if module in sys.modules)


def _file(fault: Exception) -> str | None:
    name = getattr(fault, "filename", None)
    if not isinstance(fault, OSError):
        return None
    if name is None:
        told = _("What was to be printed could not be written: {reason}.")
        return told.format(reason=_reason(fault)) if fault.errno in (errno.ENOSPC, errno.EIO) else None
    return _("{name}: {reason}; give the path of a file that can be used.").format(name=name, reason=_reason(fault))


def _reason(fault: OSError) -> str:
    """The system's words for it; in the terminal's language where they are known."""
    known = {
        errno.ENOENT: _("No such file or directory"),
        errno.EISDIR: _("Is a directory"),
        errno.ENOTDIR: _("Not a directory"),
        errno.EACCES: _("Permission denied"),
        errno.EROFS: _("Read-only file system"),
        errno.ENOSPC: _("No space left on device"),
    }
    return known.get(fault.errno or 0, fault.strerror or str(fault))


def _database(fault: Exception) -> str | None:
    if "django.db" not in sys.modules:
        return None
    from django.db import DatabaseError

    if not isinstance(fault, DatabaseError):
        return None
    if any(sign in str(fault) for sign in ("no such table", "unable to open database file", 'relation "')):
        return _("The database has no tables for this version yet; run `paotui migrate`.")
    reason = " ".join(str(fault).split())
    return _("The database refuses: {reason}; check PAOTUI_DATABASE_URL.").format(reason=reason)
