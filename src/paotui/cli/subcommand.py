"""What every subcommand shares: a parser with examples, the framework set up, JSON on request."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from paotui.cli import language
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _


def add(
    parsers: Any, name: str, *, help: str, examples: Sequence[str], run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a subcommand; `examples` are whole command lines, shown below its help."""
    parser = _with_examples(parsers, name, help, examples)
    parser.set_defaults(run=run)
    return parser


def add_group(parsers: Any, name: str, *, help: str, examples: Sequence[str]) -> Any:
    """Add a subcommand that has subcommands of its own; returns what to add them to."""
    parser = _with_examples(parsers, name, help, examples)
    return parser.add_subparsers(dest="action", metavar="ACTION", required=True)


def _with_examples(parsers: Any, name: str, help: str, examples: Sequence[str]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parsers.add_parser(
        name,
        help=help,
        description=help,
        epilog="\n".join([_("Examples:"), *(f"  {example}" for example in examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON for a machine to read"))


def set_up_framework() -> None:
    """Settings, apps and language; before any import of a room that has models."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paotui.settings")
    django.setup()
    translation.activate(language.chosen())


def require_migrated() -> None:
    """Refuse to work on a database of another version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        name = connection.settings_dict["NAME"]
        raise Fault(_("The database {name} is not at this version yet; run `paotui migrate`.").format(name=name))


DECIMAL = "\0decimal:"


def print_json(data: Any) -> None:
    """Print JSON; decimals are numbers with exactly their digits (124315160.00), times are ISO 8601."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    print(re.sub(r'"\\u0000decimal:([^"]+)"', r"\1", text))


def _plain(value: Any) -> str:
    # The encoder writes floats only, which would lose digits of money; a marked text becomes the number.
    if isinstance(value, Decimal) and value.is_finite():
        return f"{DECIMAL}{value:f}"
    if isinstance(value, dt.datetime):
        from paotui.worktime import ZONE  # here: planners do without calendars

        return value.astimezone(ZONE).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
