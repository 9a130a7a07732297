"""Which district a command is about, and when "now" is: the only questions the command line answers itself."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from paotui.cli.failures import Fault
from paotui.cli.language import translate as _

if TYPE_CHECKING:
    from paotui.registry.models import District


def add_district(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", metavar="CODE", help=_("code of the district, when there are several"))


def add_at(parser: argparse.ArgumentParser, name: str, help: str) -> None:
    parser.add_argument(name, type=moment, metavar="TIME", help=help)


def moment(text: str) -> dt.datetime:
    """A time as ISO 8601; Beijing time when it names no zone, the end of the day when it names no hour."""
    from paotui.worktime import ZONE

    try:
        if len(text) == 10:
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(23, 59, 59), ZONE)
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{text} is not a time; write 2020-07-08 or 2020-07-08T18:00").format(text=text)
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def now(district: District | None = None) -> dt.datetime:
    """The wall clock, or where a sample district stands; read here and nowhere below."""
    from paotui.web.clock import now_in

    return now_in(district)


def chosen(code: str | None) -> District:
    """The district named, or the only one there is."""
    from paotui.registry.models import District

    found = list(District.objects.filter(code=code) if code else District.objects.order_by("code")[:2])
    if len(found) == 1:
        return found[0]
    if code:
        raise Fault(_("There is no district {code}; `paotui replay` makes the sample district.").format(code=code))
    if found:
        raise Fault(_("There are several districts; name one with --district CODE."))
    raise Fault(_("There is no district yet; `paotui replay` makes the sample district."))
