"""`paotui figures`: every published number, counted from the records as they stood at a time."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from paotui.cli import districts, language, subcommand
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.bulletin.figures import FigureAnswer


def add(parsers: Any) -> None:
    parser = subcommand.add(
        parsers,
        "figures",
        help=_("Count the figures of a district: story, name, value, unit, number of records counted."),
        examples=[
            "paotui figures",
            "paotui figures --json",
            "paotui figures S5.schools S5.refund_total --as-of 2020-06-30",
        ],
        run=run,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("only these figures (default: all)"))
    districts.add_at(parser, "--as-of", _("as things stood at this time (default: now, or where the sample stands)"))
    districts.add_district(parser)
    subcommand.add_json(parser)


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from paotui.bulletin import figures

    district = districts.chosen(options.district)
    as_of = options.as_of or districts.now(district)
    if options.names:
        answers = [figures.answer(district, name, as_of) for name in options.names]
    else:
        answers = figures.all_answers(district, as_of)
    if options.json:
        subcommand.print_json([as_data(answer) for answer in answers])
    else:
        show(answers)
    return 0


def as_data(answer: FigureAnswer) -> dict[str, Any]:
    spoken = language.chosen()
    return {
        "story": answer.definition.story,
        "id": answer.name,
        "value": answer.value,
        "unit": answer.unit(spoken),
        "records": answer.count,
        "title": answer.definition.title.in_language(spoken),
        "definition": answer.definition.definition.in_language(spoken),
        "as_of": answer.as_of,
    }


def show(answers: Iterable[FigureAnswer]) -> None:
    spoken = language.chosen()
    rows = [(one.name, one.text(spoken), str(one.count), one.definition.title.in_language(spoken)) for one in answers]
    head = (_("figure"), _("value"), _("records"), _("title"))
    widths = [max(_columns(row[place]) for row in [head, *rows]) for place in range(3)]
    for row in [head, *rows]:
        cells = [cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[3]]))


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
