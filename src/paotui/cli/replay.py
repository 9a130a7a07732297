"""`paotui replay`: the sample district, through the actions a user causes, at the times of 2020."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from paotui.cli import districts, language, subcommand
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    parser = subcommand.add(
        parsers,
        "replay",
        help=_("Replay the sample district of 2020 into an empty database."),
        examples=["paotui replay", "paotui replay --until 2020-07-06T08:00", "paotui replay --if-empty"],
        run=run,
    )
    districts.add_at(parser, "--until", _("stop before this time (Beijing time unless it names a zone)"))
    parser.add_argument("--if-empty", action="store_true", help=_("do nothing when there is a district already"))


def run(options: argparse.Namespace) -> int:
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from paotui.registry.models import District
    from paotui.samples.erqi import replay

    if options.if_empty and District.objects.exists():
        return 0
    with ProgressBar() as bar:
        district = replay.run(until=options.until, progress=bar.show)
    name = district.name_en if language.chosen() == "en" else district.name
    print(_("{name} has been replayed.").format(name=name))
    return 0


class ProgressBar:
    """One line on a terminal that is drawn over; every tenth of the way a line elsewhere."""

    def __init__(self) -> None:
        self.on_terminal = sys.stderr.isatty()
        self.shown = -1

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_unused: object) -> None:
        if self.on_terminal and self.shown >= 0:
            print(file=sys.stderr)

    def show(self, done: int, total: int, label: str = "") -> None:
        percent = 100 * done // max(total, 1)
        step = percent if self.on_terminal else percent - percent % 10
        if step == self.shown:
            return
        self.shown = step
        if self.on_terminal:
            bar = "█" * (percent // 4)
            print(f"\r{bar:<25} {percent:3d} % {label[:40]:<40}", end="", file=sys.stderr, flush=True)
        else:
            print(f"{percent:3d} % {label}", file=sys.stderr, flush=True)
