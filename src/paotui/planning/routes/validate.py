"""Whether what a problem says holds together, beyond the types of its keys."""

from __future__ import annotations

from paotui.planning.routes.problem import Problem


def refuse(problem: Problem) -> None:
    """Raise ProblemError with every fault."""
