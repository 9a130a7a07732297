"""`paotui policy explain`: the answer to one case with its reasons."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.cli import language, subcommand
from paotui.cli.authored_files import read
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _
from paotui.cli.policy import files

if TYPE_CHECKING:
    from paotui.policy.explaining import Explanation
    from paotui.policy.loader import Loaded


def add(group: Any) -> None:
    parser = subcommand.add(
        group,
        "explain",
        help=_("Answer one case and say why: conditions, working, what is missing, what would change it."),
        examples=[
            "paotui policy explain severance claimant.yaml",
            "paotui policy explain refund-zhengzhou-emergency enterprises.xlsx --row 17 "
            "--at 2020-03-01 --set fund_reserve=30",
        ],
        run=run,
    )
    files.add_policy(parser)
    parser.add_argument("facts", type=Path, metavar="FACTS", help=_("a YAML file of facts, or a table (with --row)"))
    parser.add_argument("--row", type=int, metavar="N", help=_("the row of the table, as the spreadsheet numbers it"))
    files.add_day(parser)
    files.add_set(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from paotui.policy.explaining import explain

    loaded = files.load(options.policy)
    facts = {**files.given(loaded, options.given), **_facts(loaded, options)}
    found = explain(loaded, facts, files.day(loaded, options), version=options.version)
    if options.json:
        subcommand.print_json(plain(found))
    else:
        print("\n".join(found.sentences(language.chosen())))
    return 0


def _facts(loaded: Loaded, options: argparse.Namespace) -> dict[str, Any]:
    if options.facts.suffix.lower() in (".yaml", ".yml", ".json"):  # JSON is YAML
        from paotui.authored import source

        data = source.read(read(options.facts), name=str(options.facts)).data
        if not isinstance(data, dict):
            raise Fault(_("{name} must hold facts, one `name: value` a line.").format(name=options.facts))
        return data
    if not options.facts.is_file():
        read(options.facts)  # says what is wrong with it
    if options.row is None:
        raise Fault(_("Say which row of {name}: --row 17.").format(name=options.facts))
    return _row(loaded, options.facts, options.row)


def _row(loaded: Loaded, path: Path, row: int) -> dict[str, Any]:
    from paotui.policy import columns, tables

    for batch in tables.read(path, loaded.policy):
        if batch.first <= row < batch.first + batch.size:
            place = row - batch.first
            if place in batch.unreadable:
                raise Fault(
                    _("Row {row}: {why}").format(row=row, why=batch.unreadable[place].in_language(language.chosen()))
                )
            return columns.row_of(loaded.policy, batch.columns, place)
    raise Fault(
        _("{name} has no row {row}; count as the spreadsheet does, the heading being row 1.").format(name=path, row=row)
    )


def plain(one: Explanation) -> dict[str, Any]:
    """Return an explanation as data: the answer, and its reasons in the language of the terminal."""
    spoken, found = language.chosen(), one.answer
    return {
        "policy": found.policy,
        "version": found.version,
        "date": found.date,
        "outcome": found.outcome,
        "reason": found.reason,
        "amount": found.amount,
        "figures": dict(found.figures),
        "inputs": {name: value.in_language(spoken) for name, _label, value in one.inputs},
        "conditions": [
            {
                "section": each.section,
                "id": each.code,
                "depth": each.depth,
                "met": each.met,
                "label": each.label.in_language(spoken),
                "compared": each.compared.in_language(spoken),
                "clause": each.clause,
                "source": each.source.title,
                "fixed": each.fixed and each.fixed.in_language(spoken),
            }
            for each in one.findings
        ],
        "working": [
            {
                "name": each.name,
                "label": each.label.in_language(spoken),
                "working": each.working.in_language(spoken),
                "value": each.value.in_language(spoken),
                "clause": each.clause,
            }
            for each in one.working
        ],
        "missing": [
            {"name": each.name, "label": each.label.in_language(spoken), "holder": each.holder.in_language(spoken)}
            for each in one.missing
        ],
        "unverified": [{"label": each.label.in_language(spoken), "source": each.source} for each in one.unverified],
        "changes": [
            {
                "turns": [{"fact": turn.fact, "now": turn.now, "then": turn.then} for turn in each.turns],
                "outcome": each.answer.outcome if each.answer else None,
                "amount": each.answer.amount if each.answer else None,
            }
            for each in one.changes
        ],
        "sentences": one.sentences(spoken),
    }
