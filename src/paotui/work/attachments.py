"""Keeps files by their SHA-256: the same content is stored once, and what is read is what was stored."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from paotui.registry.errors import Refusal

_SHA256 = re.compile(r"[0-9a-f]{64}")


class MissingAttachment(Refusal):
    """The file is not there, or no longer what was stored."""


def store(content: bytes) -> str:
    """Keep `content` durably and return its SHA-256 (hex); what is there already is left alone.

    Called before the transaction that refers to it commits: a file nobody refers to does no harm, a record whose file
    was lost would.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return digest


def read(sha256: str) -> bytes:
    """Return the content stored under `sha256`; raises MissingAttachment when absent or damaged."""
    path = _path(sha256)
    if not path.exists():
        raise MissingAttachment(
            _("The file %(name)s is not in the store.") % {"name": sha256[:12]},
            where=sha256,
            remedy=_("Restore the attachments folder from the backup."),
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise MissingAttachment(
            _("The file %(name)s was damaged after it was stored.") % {"name": sha256[:12]},
            where=sha256,
            remedy=_("Restore the attachments folder from the backup."),
        )
    return content


def _path(sha256: str) -> Path:
    # The name comes from a URL: anything but a digest could leave the folder.
    if not _SHA256.fullmatch(sha256):
        raise MissingAttachment(
            _("“%(name)s” is not the name of a file.") % {"name": sha256[:80]},
            where="sha256",
            remedy=_("Follow a link from a record."),
        )
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def _write(path: Path, content: bytes) -> None:
    # Renamed into place once it is on the disk, so that a crash leaves no half file under a true name.
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
