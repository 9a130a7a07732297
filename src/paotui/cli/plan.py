"""`paotui plan …`: the planners from the command line; no database."""

from __future__ import annotations

import argparse
import atexit
import gc
import importlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from paotui.cli import language, pictures, roads, subcommand
from paotui.cli.failures import Fault
from paotui.cli.interrupting import ending_early
from paotui.cli.language import translate as _
from paotui.cli.plan_files import check_writable, made, read, write
from paotui.planning.faults import ProblemError
from paotui.planning.stop import OnProgress, Progress, Stop

PLANNERS = ("routes", "inspections", "errands", "matching", "pairing", "posts")
STARTING = ("routes", "inspections", "errands", "matching", "pairing")
"""Those that can go on from a plan there is; rosters of posts are made anew."""
LEFT_OUT = ("unserved", "undone", "left_out", "unplaced", "uncovered")
"""Under one of these names a plan lists what it does not do."""
QUICKER = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What libraries should not start with: threads for a linear algebra nobody asks for (planners have their own), and a
look at every package installed for plug-ins."""
EVERY = 0.5
"""Seconds between two lines of `--progress`."""
KIND_FIRST = re.compile(rb'\s*\{\s*"kind"\s*:\s*"([a-z-]+)"')
FEW_COLLECTIONS = 100_000
"""Objects made between two searches for garbage; at Python's own 700 they are a tenth of reading a problem."""


def add(parsers: Any) -> None:
    group = subcommand.add_group(
        parsers,
        "plan",
        help=_("Plan routes, inspections, errands, matchings and pairings; check, explain and compare plans."),
        examples=[
            "paotui plan routes problem.json --seconds 20 --out plan.json",
            "paotui plan check problem.json plan.json",
        ],
    )
    for name in PLANNERS:
        _add_solve(group, name)
    _add_on_plan(
        group, "check", check, "", _("Verify a plan independently of the planner; exit code 1 when it does not hold.")
    )
    explaining = _add_on_plan(
        group, "explain", explain, " s3", _("Say why something is where it is, and what else it would cost.")
    )
    explaining.add_argument("subject", metavar="SUBJECT", help=_("a stop, vehicle, site, person … by its id"))
    _add_bound(group)
    _add_diff(group)
    roads.add(group)
    drawing = _add_on_plan(group, "picture", picture, " --out plan.svg", _("Draw a plan: map and time chart."))
    drawing.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("a .svg, .pdf or .png"))


def _add_solve(group: Any, name: str) -> None:
    parser = subcommand.add(
        group,
        name,
        help=_("Make a plan ({kind}).").format(kind=name),
        examples=[f"paotui plan {name} problem.json --seconds 20 --seed 1 --out plan.json --progress"],
        run=solve,
    )
    parser.set_defaults(planner=name)
    parser.add_argument("problem", type=Path, metavar="PROBLEM")
    parser.add_argument("--out", type=Path, metavar="PLAN", help=_("where to write the plan (default: the terminal)"))
    _add_limits(parser)
    told = _("start from this plan") if name in STARTING else argparse.SUPPRESS
    parser.add_argument("--from", dest="start", type=Path, metavar="PLAN", help=told)
    parser.add_argument("--params", type=Path, metavar="FILE", help=_("parameters of the planner, as JSON"))


def _add_on_plan(group: Any, name: str, run: Any, more: str, help: str) -> argparse.ArgumentParser:
    examples = [f"paotui plan {name} problem.json plan.json{more}"]
    parser = subcommand.add(group, name, help=help, examples=examples, run=run)
    parser.add_argument("problem", type=Path, metavar="PROBLEM")
    parser.add_argument("plan", type=Path, metavar="PLAN")
    return parser


def _add_bound(group: Any) -> None:
    parser = subcommand.add(
        group,
        "bound",
        help=_("Prove what no plan can cost less than, and how far a plan may be from the best."),
        examples=["paotui plan bound problem.json --plan plan.json --seconds 60"],
        run=bound,
    )
    parser.add_argument("problem", type=Path, metavar="PROBLEM")
    parser.add_argument(
        "--plan", type=Path, metavar="PLAN", help=_("the plan to compare with (default: one made first)")
    )
    _add_limits(parser)


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, metavar="S", help=_("wall time from now on (default 10)"))
    parser.add_argument("--iterations", type=int, metavar="N", help=_("stop after so many iterations: repeatable"))
    parser.add_argument("--seed", type=int, default=1, metavar="K")
    parser.add_argument("--progress", action="store_true", help=_("say how it goes on the error channel"))


def _add_diff(group: Any) -> None:
    parser = subcommand.add(
        group,
        "diff",
        help=_("Say what changed between two plans of one problem."),
        examples=["paotui plan diff morning.json noon.json --problem problem.json"],
        run=diff,
    )
    parser.add_argument("before", type=Path, metavar="BEFORE")
    parser.add_argument("after", type=Path, metavar="AFTER")
    parser.add_argument("--problem", type=Path, metavar="PROBLEM", help=_("names and times come from it"))


def solve(options: argparse.Namespace) -> int:
    stop, planner = _limits(options), _planner(options.planner)
    if options.start and options.planner not in STARTING:
        raise Fault(_("A plan of this kind ({kind}) is always made anew; leave out --from.").format(
            kind=options.planner))  # fmt: skip
    check_writable(options.out, options.problem, options.params)
    problem = read(options.problem, lambda data: planner.read_problem(data, options.problem.name))
    _remark(planner, problem)
    more: dict[str, Any] = {}
    if options.start:
        more["start"] = read(options.start, planner.read_plan)
    if options.params:
        more["params"] = read(options.params, planner.read_params)
    if options.progress:
        more["on_progress"] = _now_and_then(_say)
    with ending_early(stop):
        plan = planner.solve(problem, stop, seed=options.seed, **more)
    if options.out:
        write(options.out, plan.to_json() + "\n")
        _tell_left(plan, options.out)
    else:
        print(plan.to_json())
    return 0


def _tell_left(plan: Any, path: Path) -> None:
    """Nothing is dropped in silence: how much the plan leaves out, and where it says why."""
    for name in LEFT_OUT:
        if left := getattr(plan, name, None):
            told = _('{plan}: {count} left out; "{name}" says why, and what would help.')
            print(told.format(plan=path, count=len(left), name=name), file=sys.stderr)


def _limits(options: argparse.Namespace) -> Stop:
    seconds = 10.0 if options.seconds is None and options.iterations is None else options.seconds
    if (seconds is not None and not 0 < seconds < 1e7) or (options.iterations is not None and options.iterations < 1):
        raise Fault(_("--seconds and --iterations are numbers above zero, --seconds below 10,000,000."))
    return Stop(seconds=seconds, iterations=options.iterations, begun=_process_began())


def _process_began() -> float:
    """When this process began, on the monotonic clock: --seconds is what somebody waits for, start-up included."""
    now = time.monotonic()
    try:
        ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19])
        return now - max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, AttributeError, IndexError):
        return now  # not Linux


def check(options: argparse.Namespace) -> int:
    planner, problem, plan = _opened(options)
    _remark(planner, problem)
    faults = planner.check(problem, plan)
    for one in faults:
        print(one.in_language(language.chosen()), file=sys.stderr)
    fine, faulty = _("{plan}: the plan holds."), _("{plan}: {count} faults, see above.")
    print((faulty if faults else fine).format(plan=options.plan, count=len(faults)))
    if cost := getattr(planner, "cost", None):
        print(_("Cost computed anew: {total}").format(total=cost(problem, plan).total))
    return 1 if faults else 0


def bound(options: argparse.Namespace) -> int:
    stop = _limits(options)
    data = options.problem.read_bytes()
    if made(options.problem, data, _planner_of) is not _planner("routes"):
        raise Fault(_("Bounds by themselves are there for routes; other plans state theirs when they are made."))
    planner, problem = made(options.problem, data, lambda data: _stated(data, options.problem))
    _remark(planner, problem)
    plan = read(options.plan, planner.read_plan) if options.plan else None
    told = _now_and_then(_say_bound) if options.progress else None
    first, second = _("Stopping; the bound found so far is told. Ctrl-C again ends without."), _("Stopped.")
    with ending_early(stop, first, second):
        found = planner.bound(problem, stop, plan, options.seed, told)
    return _read_out(found.sentences())


def explain(options: argparse.Namespace) -> int:
    planner, problem, plan = _opened(options)
    _refuse_misfit(planner, problem, {options.plan: plan})
    with _fitting(planner, problem, plan, options.plan):
        told = planner.explain(problem, plan, options.subject)
    return _read_out(told)


def diff(options: argparse.Namespace) -> int:
    before = options.before.read_bytes()
    if options.problem:
        planner, problem = read(options.problem, lambda data: _stated(data, options.problem, before))
    else:
        planner, problem = made(options.before, before, _planner_of), None
    plans = made(options.before, before, planner.read_plan), read(options.after, planner.read_plan)
    if problem is not None:
        _refuse_misfit(planner, problem, dict(zip((options.before, options.after), plans, strict=True)))
    return _read_out(planner.diff(problem, *plans))


def picture(options: argparse.Namespace) -> int:
    pictures.check_ending(options.out)
    check_writable(options.out, options.problem, options.plan)
    planner, problem, plan = _opened(options)
    _refuse_misfit(planner, problem, {options.plan: plan})
    with _fitting(planner, problem, plan, options.plan):
        drawn = planner.picture(problem, plan)
    write(options.out, pictures.made(drawn, options.out))
    if faults := planner.check(problem, plan):
        told = _("Note: {plan} does not hold; {fault} `paotui plan check` tells all {count} faults.")
        print(told.format(plan=options.plan, fault=faults[0].in_language(language.chosen()), count=len(faults)),
              file=sys.stderr)  # fmt: skip
    return 0


@contextmanager
def _fitting(planner: ModuleType, problem: Any, plan: Any, path: Path) -> Iterator[None]:
    """Tell of a plan that names what the problem has not, as one of another problem does."""
    try:
        yield
    except ProblemError:
        raise
    except (LookupError, StopIteration, RuntimeError, ValueError) as error:
        faults = planner.check(problem, plan)
        if not faults:
            raise
        raise _misfit(path, faults) from error


def _refuse_misfit(planner: ModuleType, problem: Any, plans: dict[Path, Any]) -> None:
    """Refuse to tell of plans that name what the problem has not; before and after a change, one has to fit."""
    found = {path: planner.misfits(problem, plan) for path, plan in plans.items()}
    if all(found.values()):
        path, faults = next(iter(found.items()))
        raise _misfit(path, faults)


def _misfit(path: Path, faults: list[Any]) -> Fault:
    told = _("{plan}: the plan does not fit the problem; {fault} `paotui plan check` tells all faults.")
    return Fault(told.format(plan=path, fault=faults[0].in_language(language.chosen())))


def _opened(options: argparse.Namespace) -> tuple[ModuleType, Any, Any]:
    stated, plan = options.problem.read_bytes(), options.plan.read_bytes()
    planner, problem = made(options.problem, stated, lambda data: _stated(data, options.problem, plan))
    return planner, problem, made(options.plan, plan, planner.read_plan)


def _stated(data: bytes, path: Path, plan: bytes = b"") -> tuple[ModuleType, Any]:
    """The planner a problem is for, and the problem."""
    planner = _planner_of(data, plan)
    return planner, planner.read_problem(data, path.name)


def _planner_of(data: bytes, plan: bytes = b"") -> ModuleType:
    """By the `kind` of the problem, else of its plan; routes for the public formats, which have none."""
    return _planner(_kind(data) or (_one_of(plan) if plan else None) or "routes")


def _one_of(plan: bytes) -> str | None:
    """The kind of a plan; None where it has none, or a wrong one, which its reader tells."""
    with suppress(Fault):
        return _kind(plan)
    return None


def _kind(data: bytes) -> str | None:
    begins = KIND_FIRST.match(data)  # as this software writes it; a large file is not read twice
    try:
        kind = begins[1].decode() if begins else json.loads(data).get("kind")
        kind = kind.removesuffix("-plan") if isinstance(kind, str) else kind
    except (ValueError, AttributeError, RecursionError):
        return None
    if kind is not None and kind not in PLANNERS:
        raise Fault(_("There is no planner for '{kind}'; \"kind\" is one of {kinds}.").format(
            kind=kind, kinds=", ".join(PLANNERS)))  # fmt: skip
    return kind


def _planner(name: str) -> ModuleType:
    """Loaded so that little of a short limit is spent on it: that counts from the start of the process."""
    for key, value in QUICKER.items():
        os.environ.setdefault(key, value)
    gc.set_threshold(FEW_COLLECTIONS)
    atexit.register(gc.freeze)  # at the end all goes with the process; nobody looks through it once more
    return importlib.import_module(f"paotui.planning.{name}")


def _remark(planner: ModuleType, problem: Any) -> None:
    """Say what can be planned with and will disappoint, where a planner looks for it (`remarks(problem)`)."""
    for one in planner.remarks(problem) if hasattr(planner, "remarks") else ():
        print(_("Note: {remark}").format(remark=one.in_language(language.chosen())), file=sys.stderr)


def _read_out(sentences: list[Any]) -> int:
    for sentence in sentences:
        print(sentence.in_language(language.chosen()))
    return 0


def _now_and_then(say: OnProgress) -> OnProgress:
    """The first that is told, then no more than somebody reads."""
    last = -EVERY

    def told(progress: Progress) -> None:
        nonlocal last
        if progress.seconds - last >= EVERY:
            last = progress.seconds
            say(progress)

    return told


def _say(progress: Progress) -> None:
    told = (
        _("{seconds:.1f} s, {iterations} iterations, worth {cost:.0f}, not placed {unserved}")
        if progress.figure == "worth"
        else _("{seconds:.1f} s, {iterations} iterations, cost {cost:.2f}, not served {unserved}")
    )
    _murmur(told.format(seconds=progress.seconds, iterations=progress.iterations, cost=progress.cost,
                        unserved=progress.unserved))  # fmt: skip


def _say_bound(progress: Progress) -> None:
    told = _("{seconds:.1f} s, {iterations} rounds, no plan below {cost:.2f}")
    _murmur(told.format(seconds=progress.seconds, iterations=progress.iterations, cost=progress.cost))


def _murmur(told: str) -> None:
    """Whoever read the error channel may have gone (`2>&1 | head`); the search goes on."""
    with suppress(OSError):
        print(told, file=sys.stderr, flush=True)
