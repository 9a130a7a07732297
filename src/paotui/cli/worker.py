"""`paotui worker`: runs what was put off, from the same database."""

from __future__ import annotations

import argparse
from typing import Any

from paotui.cli import subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    parser = subcommand.add(
        parsers,
        "worker",
        help=_("Run background work until told to stop (SIGTERM ends after the task in hand)."),
        examples=["paotui worker", "paotui worker --until-empty", "paotui worker --interval 0.2"],
        run=run,
    )
    parser.add_argument("--until-empty", action="store_true", help=_("end when nothing is left to do"))
    parser.add_argument("--interval", type=float, default=1.0, help=_("seconds between looks at an empty queue"))


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from django.core.management import call_command

    call_command(
        "db_worker", queue_name="*", interval=options.interval, batch=options.until_empty, reload=False, verbosity=1
    )
    return 0
