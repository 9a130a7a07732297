"""`paotui page`: the newspaper page as PDF, every number in it counted from records."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from paotui.cli import districts, subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    parser = subcommand.add(
        parsers,
        "page",
        help=_("Set the published bulletins as a newspaper page (PDF, A3)."),
        examples=["paotui page --out page.pdf", "paotui page --out page.en.pdf --language en"],
        run=run,
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the PDF to write"))
    languages = ("zh-hans", "en")
    parser.add_argument("--language", choices=languages, default="zh-hans", help=_("language of the page"))
    parser.add_argument("--edition", type=int, metavar="NUMBER", help=_("number of the issue (default: the latest)"))
    districts.add_district(parser)


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from django.utils import translation

    from paotui.bulletin import page, queries

    district = districts.chosen(options.district)
    with translation.override(options.language):
        front = queries.front_page(district, options.language, options.edition)
        content = page.render(front, options.language) if front else None
    if content is None:
        raise Fault(_("No such issue of the page is published; sign off its bulletins and publish it first."))
    options.out.write_bytes(content)
    print(_("{file}: {size} kB").format(file=options.out, size=len(content) // 1000))
    return 0
