"""Loading: the text of a playbook in, a checked Playbook that remembers where each thing is written out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import ValidationError

from paotui.authored import shape
from paotui.authored import source as yaml_source
from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.schema import Playbook


@dataclass(frozen=True, slots=True)
class Loaded:
    """A playbook with its text: `lines` maps paths (`measures[2].due`) to lines, `sha256` is of the UTF-8 text."""

    playbook: Playbook
    source: str = field(repr=False)
    sha256: str
    name: str
    lines: Mapping[str, int] = field(repr=False)

    def line(self, path: str) -> int:
        """Return the line where `path`, or the nearest thing around it, is written."""
        return shape.line_of(path, self.lines)


def load(source: str, *, name: str) -> Loaded:
    """Read a playbook; raises PlaybookError with every fault of shape found, each with line, path and remedy."""
    tree = yaml_source.read(source, name=name)
    try:
        playbook = Playbook.model_validate(tree.data)
    except ValidationError as error:
        raise PlaybookError(shape.problems(error.errors(), tree, Playbook, name=name)) from None
    return Loaded(playbook, source, digest(source), name, MappingProxyType(tree.lines))


def digest(source: str) -> str:
    """Return the SHA-256 of a playbook's text, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()
