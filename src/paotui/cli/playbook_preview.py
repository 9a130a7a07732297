"""`paotui playbook preview`: how much work a launch on a spreadsheet would be, for whom, and how many minutes."""

from __future__ import annotations

import argparse
import calendar
import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.cli import districts, language, playbook_files, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.playbooks.plan import Launch, RosterTarget
    from paotui.playbooks.preview import Preview
    from paotui.playbooks.schema import Playbook


def add(group: Any) -> None:
    parser = subcommand.add(
        group,
        "preview",
        help=_("Say what a launch on a spreadsheet would ask of people, without a database."),
        examples=[
            "paotui playbook preview my-campaign.yaml --roster rooms.csv",
            "paotui playbook preview s5-reopening --roster schools.xlsx --from 2020-06-01 --to 2020-06-30 "
            "--member health='Health Commission' --json",
        ],
        run=run,
    )
    parser.add_argument("file", metavar="FILE", help=_("a playbook file, or the key of a shipped one"))
    parser.add_argument(
        "--roster", type=Path, required=True, metavar="SHEET", help=_("the spreadsheet with the targets")
    )
    day = dt.date.fromisoformat
    parser.add_argument("--from", dest="start", type=day, metavar="DAY", help=_("first day (default: today)"))
    parser.add_argument("--to", dest="end", type=day, metavar="DAY", help=_("last day (default: end of that month)"))
    districts.add_at(parser, "--at", _("time of the launch (default: 09:00 of the first day)"))
    parser.add_argument(
        "--member", action="append", default=[], type=_member, metavar="ROLE=NAME",
        help=_("who holds a role; again for several (default: one organisation a role)"),
    )  # fmt: skip
    subcommand.add_json(parser)


def _member(text: str) -> tuple[str, str]:
    role, equals, name = text.partition("=")
    if not (role and equals and name):
        raise argparse.ArgumentTypeError(_("{text} does not say who: write ROLE=NAME").format(text=text))
    return role, name


def run(options: argparse.Namespace) -> int:
    content = options.roster.read_bytes()
    # Reading a spreadsheet needs the framework's translations, but no database.
    subcommand.set_up_framework()
    from paotui import worktime
    from paotui.playbooks.preview import preview

    playbook = playbook_files.load(options.file).playbook
    launch = _launch(playbook, options)
    targets = read_targets(playbook, content, options.roster.name)
    found = preview(playbook, targets, worktime.official(as_of=launch.at), launch)
    if options.json:
        subcommand.print_json(dataclasses.asdict(found))
    else:
        show(playbook, found)
    return 0


def _launch(playbook: Playbook, options: argparse.Namespace) -> Launch:
    from paotui.playbooks.plan import Launch
    from paotui.worktime import ZONE

    start = options.start or (options.at or districts.now()).date()
    end = options.end or start.replace(day=calendar.monthrange(start.year, start.month)[1])
    if end < start:
        raise Fault(_("The period ends before it begins: exchange --from and --to."))
    members = {role.name: (role.label.in_language(language.chosen()),) for role in playbook.roles}
    for role, _name in options.member:
        if role not in members:
            raise Fault(
                _("The playbook has no role {role}; it has {roles}.").format(role=role, roles=", ".join(members))
            )
    named = {role: tuple(name for which, name in options.member if which == role) for role, _name in options.member}
    at = options.at or dt.datetime.combine(start, dt.time(9), ZONE)
    return Launch(at=at, period_start=start, period_end=end, members={**members, **named})


def read_targets(playbook: Playbook, content: bytes, name: str) -> list[RosterTarget]:
    """The rows of a spreadsheet as targets; whom a fact names is taken at its word, as nothing is registered here."""
    from paotui.playbooks.plan import RosterTarget
    from paotui.registry.imports.columns import Wanted
    from paotui.registry.imports.drafts import read_file

    numbers: dict[tuple[str, str], int] = {}

    def number_of(kind: str, text: str) -> int:
        return numbers.setdefault((kind, text), len(numbers) + 1)

    drafts, report = read_file(content, name, Wanted(playbook.target), number_of, "gcj02")
    if report.problems:
        raise Fault("\n".join(f"{name}: {problem}" for problem in report.problems))
    kind = playbook.target.kind
    return [
        RosterTarget(
            draft.row, draft.name, draft.facts,
            organisation=number_of(kind, draft.name) if kind == "organisation" else None,
            person=number_of(kind, draft.name) if kind == "person" else None,
        )
        for draft in drafts
    ]  # fmt: skip


def show(playbook: Playbook, found: Preview) -> None:
    """What a launch leader wants to know first: how much, for whom, until when, what it costs."""
    spoken = language.chosen()
    titles = {measure.id: measure.title.in_language(spoken) for measure in playbook.measures}
    labels = {role.name: role.label.in_language(spoken) for role in playbook.roles}
    print(_("Targets: {count}").format(count=found.targets))
    print(_("Work orders: {count}").format(count=found.work_orders))
    for measure, count in found.by_measure.items():
        print(f"  {titles[measure]}: {count}")
    if found.first_due and found.last_due:
        first, last = (f"{moment:%Y-%m-%d %H:%M}" for moment in (found.first_due, found.last_due))
        print(_("Due from {first} to {last}").format(first=first, last=last))
    if found.due_before_launch:
        print(_("Due before the launch already: {count}").format(count=found.due_before_launch))
    print(_("Minutes: {count}").format(count=found.minutes))
    for role, minutes in found.minutes_by_role.items():
        print(f"  {labels.get(role, role)}: {minutes}")
    print(_("Trips asked of applicants: {count}").format(count=found.applicant_trips))
    if found.arising:
        print(_("May come up as records call for it: {measures}").format(
            measures=", ".join(titles[measure] for measure in found.arising)
        ))  # fmt: skip
