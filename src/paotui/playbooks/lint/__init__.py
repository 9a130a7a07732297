"""Lint: what a well-formed playbook says that cannot work, or that nobody can have meant.

Errors keep a playbook from doing what it says; warnings are for the author to judge. Every finding names file, line and
path, and what to do.
"""

from __future__ import annotations

from collections.abc import Collection

from paotui.playbooks.errors import Problem
from paotui.playbooks.lint import conditions, deadlines, figures, flow, names, records, roles
from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.loader import Loaded
from paotui.playbooks.schema import Playbook

CHECKS = (
    names.check,
    roles.check,
    flow.check,
    conditions.check,
    deadlines.check,
    records.check,
    figures.check,
)


def lint(playbook: Loaded | Playbook, *, kinds: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with a playbook, by line; `kinds` are the kinds of organisation there are, when known."""
    finder = Finder(playbook, kinds)
    for check in CHECKS:
        check(finder)
    return sorted(finder.problems, key=lambda one: (one.line, one.level, one.path))


def errors(problems: Collection[Problem]) -> list[Problem]:
    """Return the problems that keep a playbook from being launched."""
    return [one for one in problems if one.level == "error"]
