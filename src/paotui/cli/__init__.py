"""The `paotui` command: one module per subcommand, exit codes 0 done, 1 refused or failed check, 2 wrong usage."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from paotui import __version__
from paotui.cli import failures, language

COMMANDS = ("serve", "worker", "migrate", "replay", "figures", "page", "playbook", "roster", "ledger", "plan", "policy")


def load(names: Sequence[str] = COMMANDS) -> list[ModuleType]:
    """The subcommands; each module brings `add(parsers)` and imports the framework only when it runs."""
    return [importlib.import_module(f"paotui.cli.{name}") for name in names]


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    _ = language.translate
    parser = argparse.ArgumentParser(
        prog="paotui",
        description=_("Run a city district's playbooks: from a clerk's spreadsheet to figures that can be opened."),
        epilog=_("`paotui COMMAND --help` shows examples. PAOTUI_DATABASE_URL picks the database."),
    )
    parser.add_argument("--version", action="version", version=f"paotui {__version__}")
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in load(names):
        module.add(parsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without Chinese gets its numbers, not a fault
        sys.stdout.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    named = [name for name in given[:1] if name in COMMANDS]  # the others need not be loaded then
    options = build_parser(named or COMMANDS).parse_args(given)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        if os.environ.get("PAOTUI_DEBUG") == "1":
            raise
        print(f"paotui: {failures.sentence(fault)}", file=sys.stderr)
        return 1
