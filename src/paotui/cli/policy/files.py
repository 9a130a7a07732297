"""What the policy commands take: a policy by file or key, a day, facts from a file or from the command line."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from paotui.cli import authored_files
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.policy.loader import Loaded


def add_policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help=_("a policy file, or the key of a shipped one"))


def add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        type=_day,
        metavar="DAY",
        help=_("the day it is asked for, such as 2020-03-01; where the policy has a date fact, that counts"),
    )
    parser.add_argument("--version", metavar="VERSION", help=_("another version than the one in force"))


def _day(word: str) -> dt.date:
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{word} is no day; write it as 2020-03-01.").format(word=word)) from None


def add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        dest="given",
        action="append",
        default=[],
        metavar="FACT=VALUE",
        help=_("a fact that is the same for all, such as fund_reserve=30; again for several"),
    )


def load(name: str) -> Loaded:
    """Load the file `name`, or the shipped policy of that key; PolicyError when it has faults."""
    from paotui.policy import catalogue, loader

    return authored_files.load(name, loader.load, catalogue.find)


def cases(name: str, loaded: Loaded) -> tuple[str, str]:
    """Return (file name, text) of the cases beside a policy; Fault when there are none."""
    from paotui.policy import catalogue

    return authored_files.cases(name, lambda: catalogue.cases(loaded))


def given(loaded: Loaded, words: list[str]) -> dict[str, Any]:
    """Return the facts of `--set`; Fault for a name or value that is none."""
    from paotui.authored.suggest import choose
    from paotui.cli import language
    from paotui.policy import cells

    known = {one.name: one for one in loaded.policy.facts}
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Fault(_("{word} does not say what: write FACT=VALUE.").format(word=word))
        if name not in known:
            hint = choose(name, known).in_language(language.chosen())
            raise Fault(_("The policy has no fact {name}. {hint}").format(name=name, hint=hint))
        found[name] = cells.read(known[name], value)
    return {name: value for name, value in found.items() if value is not None}


def day(loaded: Loaded, options: argparse.Namespace) -> dt.date | None:
    """Return the day asked for; Fault where one is needed and not given, FactsError where no version holds."""
    found: dt.date | None = options.at
    if loaded.policy.dated_by is None:
        if found is None:
            raise Fault(_("Say for which day: --at 2020-03-01."))
        check_day(loaded, found, options.version)
    return found


def check_day(loaded: Loaded, day: dt.date, version: str | None = None) -> None:
    """Raise FactsError when no version holds on a day: no row could be judged."""
    from paotui.policy import answering
    from paotui.policy.refusals import FactsError

    if loaded.program(day, version) is None:
        raise FactsError([answering.outside(loaded, day)])


def check_figures(loaded: Loaded, names: list[str]) -> None:
    """Raise Fault for a name that is no step of the working in any version."""
    from paotui.authored.suggest import choose
    from paotui.cli import language

    amounts = [version.amount for version in loaded.policy.versions]
    known = [step.name for amount in amounts for step in (*amount.steps, *amount.also)]
    for name in names:
        if name not in known:
            hint = choose(name, known).in_language(language.chosen())
            raise Fault(_("The policy has no step {name}. {hint}").format(name=name, hint=hint))
