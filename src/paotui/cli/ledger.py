"""`paotui ledger verify`: is the history whole?"""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from paotui.cli import districts, subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    examples = ["paotui ledger verify", "paotui ledger verify --json"]
    group = subcommand.add_group(parsers, "ledger", help=_("Look after the append-only history."), examples=examples)
    parser = subcommand.add(
        group,
        "verify",
        help=_("Walk the chain of hashes; exit code 1 when an entry does not fit."),
        examples=examples,
        run=run,
    )
    districts.add_district(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from paotui.registry import ledger

    verification = ledger.verify(districts.chosen(options.district))
    if options.json:
        subcommand.print_json(dataclasses.asdict(verification))
    else:
        print(verification.sentence)
        print(_("Newest hash: {hash}").format(hash=verification.tip or "-"))
    return 0 if verification.ok else 1
