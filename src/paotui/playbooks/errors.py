"""What is wrong with a playbook, where, and what to do about it."""

from __future__ import annotations

from paotui.authored.errors import AuthoredError, Level, Problem, problem

PlaybookError = AuthoredError
"""A playbook that cannot be used; `problems` says why, one entry per thing to put right."""

__all__ = ["Level", "PlaybookError", "Problem", "problem"]
