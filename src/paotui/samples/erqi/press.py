"""S8 The page of 10 July: seven bulletins drafted by the editor, signed by those they speak of, and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from paotui.authored import source
from paotui.bulletin.actions import bulletins, editions
from paotui.bulletin.models import Bulletin
from paotui.samples.erqi.events import Event, Move, moment
from paotui.samples.erqi.files import HERE
from paotui.samples.erqi.world import World

EDITOR = "RM001"
SIGNERS = {
    "s5": "RS001", "s6": "CG900", "s7": "TX001", "s1": "JG900", "s3": "ZJ001", "s4": "ZR900", "s2": "GX001",
}  # fmt: skip
"""Who stands for the figures of each bulletin, in the order of the page: the first one leads."""
DRAFTED, SIGNED, PUBLISHED = moment(7, 10, 8, 30), moment(7, 10, 10), moment(7, 10, 11, 30)
BYLINE = "本报记者 纪清和（样例）"
CREDIT = "本报编辑部（样例）"
TWICE = ("kicker", "headline", "subhead", "body")
"""Texts written in both languages."""


def story() -> Iterator[Event]:
    """Yield the drafting, the signing and the publishing."""
    for place, (name, signer) in enumerate(SIGNERS.items()):
        minutes = dt.timedelta(minutes=5 * place)
        yield _drafting(name, DRAFTED + minutes)
        yield _signing(name, signer, SIGNED + minutes)
    yield Move(PUBLISHED, "出版", _publish)


def _text(name: str) -> dict[str, Any]:
    file = HERE / "bulletins" / f"{name}.yaml"
    read: dict[str, Any] = source.read(file.read_text(encoding="utf-8"), name=file.name).data
    return read


def _drafting(name: str, at: dt.datetime) -> Move:
    def do(world: World) -> None:
        text = _text(name)
        words = {one: text[one]["zh"].strip() for one in TWICE} | {
            f"{one}_en": text[one]["en"].strip() for one in TWICE
        }
        bulletins.draft(
            district=world.district, story=text["story"], slug=text["slug"],
            organisation=world.organisation(text["organisation"]), by=world.actor(EDITOR, at), at=at, byline=BYLINE,
            correspondent=text["correspondent"], photo_credit=CREDIT if text["picture"] else "",
            picture=text["picture"], dateline=PUBLISHED.date(), **words,
        )  # fmt: skip

    return Move(at, f"简报 {name}", do)


def _signing(name: str, signer: str, at: dt.datetime) -> Move:
    def do(world: World) -> None:
        bulletins.sign_off(bulletin=_written(world, name), by=world.actor(signer, at), at=at)

    return Move(at, f"签发 {name}", do)


def _written(world: World, name: str) -> Bulletin:
    return Bulletin.objects.get(district=world.district, slug=_text(name)["slug"])


def _publish(world: World) -> None:
    editions.publish(
        district=world.district, number=1, day=PUBLISHED.date(), title="二七跑腿报", title_en="The Erqi Errand",
        bulletins=[_written(world, name) for name in SIGNERS], editor="裴一鸣（样例）",
        by=world.actor(EDITOR, PUBLISHED), at=PUBLISHED,
    )  # fmt: skip
