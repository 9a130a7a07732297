"""The solver for problems of every kind the language can state, around the kernel `rich`.

`solve(problem, stop, seed, params, on_progress, start) -> Plan`. Ruin and recreate by string removals (Christiaens &
Vanden Berghe 2020) on routes timed exactly; `start` is a plan to go on from.
"""

from paotui.planning.routes.params import Params
from paotui.planning.routes.rich.solving import solve

__all__ = ["Params", "solve"]
