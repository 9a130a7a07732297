"""Brings what the pure rooms refuse, in both languages, to the screen in the one that is being spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import get_language

from paotui.playbooks.errors import PlaybookError
from paotui.registry.errors import Invalid
from paotui.worktime import WorktimeError


def language() -> str:
    """Return the language being spoken; Chinese when none is."""
    return get_language() or "zh-hans"


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turn an error of playbooks or worktime into Invalid about `what`."""
    try:
        yield
    except PlaybookError as error:
        problems = [(problem.path, problem.in_language(language())) for problem in error.problems]
        raise Invalid(problems, what=what) from error
    except WorktimeError as error:
        raise Invalid([("", error.text.in_language(language()))], what=what) from error
