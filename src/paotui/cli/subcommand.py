"""What every subcommand shares: a parser with examples, the framework set up, JSON on request."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from paotui.cli import language
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _


def add(
    parsers: Any, name: str, *, help: str, examples: Sequence[str], run: Callable[[argparse.Namespace], int] | None
) -> argparse.ArgumentParser:
    """Add a subcommand; `examples` are whole command lines, shown below its help."""
    parser: argparse.ArgumentParser = parsers.add_parser(
        name,
        help=help,
        description=help,
        epilog="\n".join([_("Examples:"), *(f"  {example}" for example in examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON for a machine to read"))


def set_up_framework() -> None:
    """Settings, apps and language; before any import of a room that has models."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language.chosen())


def require_migrated() -> None:
    """Refuse to work on a database of another version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Fault(_("The database is not at this version yet; run `paotui migrate`."))


def print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    print()


def _plain(value: Any) -> str:
    """Decimals and times as text: a machine that reads money as a float would lose it."""
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no JSON form")
