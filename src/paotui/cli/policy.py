"""`paotui policy check|explain|run|diff|cases`: support policies from the command line; no database."""

from __future__ import annotations

from typing import Any

from paotui.cli import subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    subcommand.add_group(
        parsers, "policy", help=_("Check, explain, run and compare support policies."),
        examples=["paotui policy check my-policy.yaml"],
    )  # fmt: skip
