"""`paotui roster import`: a clerk's spreadsheet becomes a roster, or is refused with row, column and remedy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.cli import districts, playbook_files, subcommand
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.registry.imports.reporting import ImportReport


def add(parsers: Any) -> None:
    examples = [
        "paotui roster import schools.xlsx --playbook s5-reopening",
        "paotui roster import schools.csv --playbook my-campaign.yaml --title 'Schools of June' --json",
    ]
    group = subcommand.add_group(parsers, "roster", help=_("Bring lists of targets in."), examples=examples)
    parser = subcommand.add(
        group,
        "import",
        help=_("Import a spreadsheet (.xlsx or .csv) as a roster; a file with faults changes nothing."),
        examples=examples,
        run=run,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the spreadsheet"))
    whose = _("the playbook whose facts it brings: a shipped key, or a file")
    parser.add_argument("--playbook", required=True, metavar="PLAYBOOK", help=whose)
    parser.add_argument("--title", help=_("title of the roster (default: the file's name)"))
    parser.add_argument("--key", help=_("key of the roster (default: the playbook's key)"))
    parser.add_argument("--kind", default="", help=_("kind of the organisations or places that are not yet registered"))
    districts.add_at(parser, "--at", _("time of the import (default: now)"))
    districts.add_district(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    content = options.file.read_bytes()
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from paotui.registry.actions import rosters
    from paotui.registry.actors import Actor

    playbook = playbook_files.load(options.playbook).playbook
    district = districts.chosen(options.district)
    report = rosters.import_file(
        district=district,
        path_or_bytes=content,
        name=options.file.name,
        playbook=playbook,
        key=options.key or playbook.playbook,
        title=options.title or options.file.stem,
        kind=options.kind,
        by=Actor.system(district),
        at=options.at or districts.now(district),
    )
    if options.json:
        subcommand.print_json(as_data(report))
    else:
        show(report, options.file.name)
    return 0 if report.ok else 1


def as_data(report: ImportReport) -> dict[str, Any]:
    """The report for a machine; `problems` are empty when the roster was imported."""
    return {
        "roster": report.roster.key if report.roster else None,
        "rows": report.rows,
        "created": report.created,
        "added": report.added,
        "changed": [change._asdict() for change in report.changed],
        "withdrawn": report.withdrawn,
        "notes": report.notes,
        "problems": [problem._asdict() for problem in report.problems],
    }


def show(report: ImportReport, name: str) -> None:
    for note in report.notes:
        print(note, file=sys.stderr)
    for problem in report.problems:
        print(f"{name}: {problem}", file=sys.stderr)
    if report.roster is None:
        count = len(report.problems)
        print(_("Nothing was imported: {count} to put right, see above.").format(count=count), file=sys.stderr)
        return
    said = _("Roster {key}: {rows} rows, {added} new on it, {changed} facts changed, {withdrawn} withdrawn.")
    print(
        said.format(
            key=report.roster.key,
            rows=report.rows,
            added=len(report.added),
            changed=len(report.changed),
            withdrawn=len(report.withdrawn),
        )
    )
