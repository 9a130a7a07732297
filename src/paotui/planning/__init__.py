"""Planners: a problem in, a plan out; no framework, no database, no file they were not given.

Each planner is a package with the same face, which the command line and the screens use:

- `read_problem(data: bytes, name: str) -> Problem`, `read_plan(data: bytes) -> Plan`: both raise
  `faults.ProblemError`; `name` is the file's name, whose ending may tell a public format. JSON problems carry
  `"kind"`: the package's name ("routes", "inspections", "errands", "matching", "pairing").
- `solve(problem, stop, seed=1, params=None, on_progress=None) -> Plan`: anytime, cancellable, deterministic when
  it stops on iterations. Also `start: Plan | None` where a planner re-plans from a published plan.
- `check(problem, plan) -> list[Fault]`: shares no code with the solver; empty when the plan holds and its
  stated costs are right.
- `misfits(problem, plan) -> list[Fault]`: what a plan names and the problem has not; of such a plan nothing is told
  and nothing drawn.
- `explain(problem, plan, subject: str) -> list[LocalText]`: sentences on one stop, site, person …
- `diff(problem, before, after) -> list[LocalText]`: what changed, as one would read it out.
- `picture(problem, plan) -> str`: an SVG.
- `Plan.to_json() -> str`.

Problems and plans are pydantic models (`reading.Model`), durations in seconds, times of day in seconds after
midnight of the first day, distances in metres, money in yuan (in JSON) or whole fen (inside).
"""
