"""`paotui plan …`: the planners from the command line; no database."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from paotui.cli import language, roads, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.planning.stop import Progress, Stop

PLANNERS = ("routes", "inspections", "errands", "matching", "pairing", "posts")


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
    drawing = _add_on_plan(group, "picture", picture, " --out plan.svg", _("Draw a plan as SVG: map and time chart."))
    drawing.add_argument("--out", type=Path, required=True, metavar="FILE")


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
    parser.add_argument("--from", dest="start", type=Path, metavar="PLAN", help=_("start from this plan"))
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
    planner = _planner(options.planner)
    problem = planner.read_problem(options.problem.read_bytes(), options.problem.name)
    _remark(planner, problem)
    stop = _limits(options)
    more: dict[str, Any] = {}
    if options.start:
        more["start"] = planner.read_plan(options.start.read_bytes())
    if options.params:
        more["params"] = planner.read_params(options.params.read_bytes())
    if options.progress:
        more["on_progress"] = _say
    plan = planner.solve(problem, stop, seed=options.seed, **more)
    text = plan.to_json()
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


def _limits(options: argparse.Namespace) -> Stop:
    seconds = 10.0 if options.seconds is None and options.iterations is None else options.seconds
    if (seconds is not None and not 0 < seconds < 1e7) or (options.iterations is not None and options.iterations < 1):
        raise Fault(_("--seconds and --iterations are numbers above zero."))
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
    planner, data = _planner_of(options.problem)
    if not callable(getattr(planner, "bound", None)):
        raise Fault(_("Bounds by themselves are there for routes; other plans state theirs when they are made."))
    problem = planner.read_problem(data, options.problem.name)
    _remark(planner, problem)
    stop = _limits(options)
    plan = planner.read_plan(options.plan.read_bytes()) if options.plan else None
    told = _say_bound if options.progress else None
    return _read_out(planner.bound(problem, stop, plan, options.seed, told).sentences())


def explain(options: argparse.Namespace) -> int:
    planner, problem, plan = _opened(options)
    return _read_out(planner.explain(problem, plan, options.subject))


def diff(options: argparse.Namespace) -> int:
    if options.problem:
        planner, data = _planner_of(options.problem)
        problem = planner.read_problem(data, options.problem.name)
    else:
        planner, problem = _planner(_kind(options.before.read_bytes()) or "routes"), None
    plans = [planner.read_plan(path.read_bytes()) for path in (options.before, options.after)]
    return _read_out(planner.diff(problem, *plans))


def picture(options: argparse.Namespace) -> int:
    planner, problem, plan = _opened(options)
    options.out.write_text(planner.picture(problem, plan), encoding="utf-8")
    return 0


def _opened(options: argparse.Namespace) -> tuple[ModuleType, Any, Any]:
    planner, data = _planner_of(options.problem)
    return planner, planner.read_problem(data, options.problem.name), planner.read_plan(options.plan.read_bytes())


def _planner_of(path: Path) -> tuple[ModuleType, bytes]:
    """The planner a problem is for: its `kind`, or routes for the public formats, which have none."""
    data = path.read_bytes()
    return _planner(_kind(data) or "routes"), data


def _kind(data: bytes) -> str | None:
    try:
        kind = json.loads(data).get("kind")
        kind = kind.removesuffix("-plan") if isinstance(kind, str) else kind
    except (ValueError, AttributeError):
        return None
    if kind is not None and kind not in PLANNERS:
        raise Fault(_("There is no planner for '{kind}'; \"kind\" is one of {kinds}.").format(
            kind=kind, kinds=", ".join(PLANNERS)))  # fmt: skip
    return kind


def _planner(name: str) -> ModuleType:
    return importlib.import_module(f"paotui.planning.{name}")


def _remark(planner: ModuleType, problem: Any) -> None:
    """Say what can be planned with and will disappoint, where a planner looks for it (`remarks(problem)`)."""
    for one in planner.remarks(problem) if hasattr(planner, "remarks") else ():
        print(_("Note: {remark}").format(remark=one.in_language(language.chosen())), file=sys.stderr)


def _read_out(sentences: list[Any]) -> int:
    for sentence in sentences:
        print(sentence.in_language(language.chosen()))
    return 0


def _say(progress: Progress) -> None:
    told = _("{seconds:.1f} s, {iterations} iterations, cost {cost:.2f}, not served {unserved}")
    print(told.format(seconds=progress.seconds, iterations=progress.iterations, cost=progress.cost,
                      unserved=progress.unserved), file=sys.stderr, flush=True)  # fmt: skip


def _say_bound(progress: Progress) -> None:
    told = _("{seconds:.1f} s, {iterations} rounds, no plan below {cost:.2f}")
    print(told.format(seconds=progress.seconds, iterations=progress.iterations, cost=progress.cost),
          file=sys.stderr, flush=True)  # fmt: skip
