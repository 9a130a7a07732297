"""`paotui policy check|explain|run|diff|cases`: support policies from the command line; no database."""

from __future__ import annotations

from typing import Any

from paotui.cli import subcommand
from paotui.cli.language import translate as _
from paotui.cli.policy import checking, comparing, explaining, running


def add(parsers: Any) -> None:
    group = subcommand.add_group(
        parsers,
        "policy",
        help=_("Check, explain, run and compare support policies."),
        examples=[
            "paotui policy check my-policy.yaml",
            "paotui policy explain severance claimant.yaml",
            "paotui policy run refund-zhengzhou-emergency enterprises.xlsx --at 2020-03-01 --set fund_reserve=30",
        ],
    )
    checking.add(group)
    explaining.add(group)
    running.add(group)
    comparing.add(group)
