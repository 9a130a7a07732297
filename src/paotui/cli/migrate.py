"""`paotui migrate`: the database at the version of the program."""

from __future__ import annotations

import argparse
from typing import Any

from paotui.cli import subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    subcommand.add(
        parsers,
        "migrate",
        help=_("Create the database's tables, or bring them to this version."),
        examples=[
            "paotui migrate",
            "PAOTUI_DATABASE_URL=postgresql://paotui@db.example/paotui paotui migrate",
        ],
        run=run,
    )


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    from django.conf import settings
    from django.core.management import call_command

    database = settings.DATABASES["default"]
    if settings.ON_SQLITE:
        database["NAME"].parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    print(_("The database {name} is at this version.").format(name=database["NAME"]))
    return 0
