"""`paotui playbook check|preview|test|diagram`: what one does with a playbook before it is launched; no database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from paotui.cli import authored_files, language, playbook_files, playbook_preview, subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    group = subcommand.add_group(
        parsers,
        "playbook",
        help=_("Check, preview, test and draw playbooks."),
        examples=["paotui playbook check my-campaign.yaml", "paotui playbook test s5-reopening"],
    )
    add_check(group)
    playbook_preview.add(group)
    add_test(group)
    add_diagram(group)


def add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_("a playbook file, or the key of a shipped one"))


def add_check(group: Any) -> None:
    parser = subcommand.add(
        group,
        "check",
        help=_("Say what is wrong with a playbook, where, and what to do; exit code 1 when it cannot work."),
        examples=["paotui playbook check my-campaign.yaml", "paotui playbook check my-campaign.yaml --json"],
        run=check,
    )
    add_file(parser)
    subcommand.add_json(parser)


def check(options: argparse.Namespace) -> int:
    from paotui.playbooks import lint

    return authored_files.check(options.file, lambda name: lint.lint(playbook_files.load(name)), options.json)


def add_test(group: Any) -> None:
    parser = subcommand.add(
        group,
        "test",
        help=_("Play the cases beside a playbook through (NAME.cases.yaml); exit code 1 when one comes out otherwise."),
        examples=[
            "paotui playbook test my-campaign.yaml",
            "paotui playbook test s5-reopening --json",
        ],
        run=test,
    )
    add_file(parser)
    parser.add_argument("--cases", type=Path, metavar="CASES", help=_("another file of cases"))
    subcommand.add_json(parser)


def test(options: argparse.Namespace) -> int:
    from paotui import worktime
    from paotui.playbooks import cases

    loaded = playbook_files.load(options.file)
    if options.cases:
        name, text = str(options.cases), authored_files.read(options.cases)
    else:
        name, text = playbook_files.cases(options.file, loaded)
    results = cases.run(loaded, text, name, worktime.official())
    if options.json:
        subcommand.print_json([authored_files.case(result, checks=result.checks) for result in results])
    else:
        for result in results:
            _show_case(result)
    return 0 if all(result.passed for result in results) else 1


def _show_case(result: Any) -> None:
    said = _("passed: {name} (checked: {checks})") if result.passed else _("failed: {name} ({file}:{line})")
    print(said.format(name=result.name, checks=result.checks, file=result.file, line=result.line))
    for failure in result.failures:
        print(f"  {failure.in_language(language.chosen())}")


def add_diagram(group: Any) -> None:
    parser = subcommand.add(
        group,
        "diagram",
        help=_("Draw a playbook as Mermaid text: measures by role, their order, what triggers what."),
        examples=["paotui playbook diagram s5-reopening", "paotui playbook diagram my-campaign.yaml --out picture.mmd"],
        run=diagram,
    )
    add_file(parser)
    parser.add_argument("--out", type=Path, metavar="OUT", help=_("write to this file instead of the terminal"))


def diagram(options: argparse.Namespace) -> int:
    from paotui.playbooks.diagram import mermaid

    text = mermaid(playbook_files.load(options.file).playbook, language.chosen())
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0
