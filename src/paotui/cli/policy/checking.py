"""`paotui policy check` and `cases`: what is wrong with a policy, and whether its examples come out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from paotui.cli import authored_files, language, subcommand
from paotui.cli.language import translate as _
from paotui.cli.policy import files


def add(group: Any) -> None:
    checking = subcommand.add(
        group,
        "check",
        help=_("Say what is wrong with a policy, where, and what to do; exit code 1 when it cannot be used."),
        examples=["paotui policy check my-policy.yaml", "paotui policy check severance --json"],
        run=check,
    )
    files.add_policy(checking)
    subcommand.add_json(checking)
    trying = subcommand.add(
        group,
        "cases",
        help=_("Answer the cases beside a policy (NAME.cases.yaml); exit code 1 when one comes out otherwise."),
        examples=["paotui policy cases my-policy.yaml", "paotui policy cases severance --json"],
        run=cases,
    )
    files.add_policy(trying)
    trying.add_argument("--cases", type=Path, metavar="CASES", help=_("another file of cases"))
    subcommand.add_json(trying)


def check(options: argparse.Namespace) -> int:
    from paotui.policy import linting

    return authored_files.check(options.policy, lambda name: linting.lint(files.load(name)), options.json)


def cases(options: argparse.Namespace) -> int:
    from paotui.policy import cases as playing

    loaded = files.load(options.policy)
    name, text = (
        (str(options.cases), authored_files.read(options.cases))
        if options.cases
        else files.cases(options.policy, loaded)
    )
    results = playing.run(loaded, text, name)
    if options.json:
        subcommand.print_json([authored_files.case(result) for result in results])
    else:
        for result in results:
            _show(result)
        passed = sum(result.passed for result in results)
        print(_("{passed} of {count} cases passed.").format(passed=passed, count=len(results)))
    return 0 if all(result.passed for result in results) else 1


def _show(result: Any) -> None:
    if not result.passed:
        print(_("failed: {name} ({file}:{line})").format(name=result.name, file=result.file, line=result.line))
    for failure in result.failures:
        print(f"  {failure.in_language(language.chosen())}")
