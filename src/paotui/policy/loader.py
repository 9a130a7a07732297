"""Loading: the text of a policy in, a checked Policy that remembers where each thing is written out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import ValidationError

from paotui.authored import shape, source
from paotui.authored.errors import AuthoredError, Level, Problem, problem
from paotui.policy import compiling
from paotui.policy.program import Program
from paotui.policy.schema import Policy, Version
from paotui.worktime import LocalText

PolicyError = AuthoredError
"""A policy that cannot be used; `problems` says why, one entry per thing to put right."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A policy with its text: `lines` maps paths (`versions[0].who[1]`) to lines, `sha256` is of the UTF-8 text."""

    policy: Policy
    source: str = field(repr=False)
    sha256: str
    name: str
    lines: Mapping[str, int] = field(repr=False)
    points: list[dt.date] = field(repr=False)
    _programs: dict[tuple[str, int], Program] = field(repr=False, default_factory=dict)

    def line(self, path: str) -> int:
        """Return the line where `path`, or the nearest thing around it, is written."""
        return shape.line_of(path, self.lines)

    def program(self, day: dt.date, version: str | None = None) -> Program | None:
        """Return what holds on a day, under a version of one's choice or the one in force; None when none is."""
        found = compiling.version_at(self.policy, day) if version is None else self.version(version)
        return self._program(found, day) if found else None

    def version(self, key: str) -> Version:
        """Return the version called `key`; raises PolicyError when there is none."""
        from paotui.authored.suggest import choose

        for one in self.policy.versions:
            if one.version == key:
                return one
        raise PolicyError([problem(
            LocalText(f"没有版本“{key}”", f"there is no version {key}"),
            choose(key, [one.version for one in self.policy.versions]), file=self.name, code="unknown-version",
        )])  # fmt: skip

    def _program(self, version: Version, day: dt.date) -> Program:
        key = (version.version, compiling.stretch(self.points, day))
        if key not in self._programs:
            found: list[Problem] = []
            self._programs[key] = compiling.compile_version(self.policy, version, day, self.reporter(found))
            if found:
                raise PolicyError(found)
        return self._programs[key]

    def reporter(self, found: list[Problem], level: Level = "error") -> compiling.Report:
        """Return a function that adds a problem with file and line to `found`, each once."""

        def report(path: str, code: str, message: tuple[str, str], remedy: tuple[str, str]) -> None:
            one = problem(LocalText(*message), LocalText(*remedy), file=self.name, line=self.line(path), path=path,
                          level=level, code=code)  # fmt: skip
            if one not in found:
                found.append(one)

        return report


def load(text: str, *, name: str) -> Loaded:
    """Read a policy; raises PolicyError with every fault of shape and every name that means nothing.

    Each fault has file, line, path and remedy.
    """
    tree = source.read(text, name=name)
    try:
        policy = Policy.model_validate(tree.data)
    except ValidationError as error:
        raise PolicyError(shape.problems(error.errors(), tree, Policy, name=name)) from None
    digest = hashlib.sha256(text.encode()).hexdigest()
    loaded = Loaded(policy, text, digest, name, MappingProxyType(tree.lines), compiling.breakpoints(policy))
    _check_names(loaded)
    return loaded


def _check_names(loaded: Loaded) -> None:
    found: list[Problem] = []
    for version in loaded.policy.versions:
        compiling.compile_version(loaded.policy, version, version.from_, loaded.reporter(found))
    if found:
        raise PolicyError(sorted(found, key=lambda one: one.line))
