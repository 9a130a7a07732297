"""Reading bulletins: the front page from snapshots, one bulletin, the list, and what has changed since sign-off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from paotui.bulletin import figures, illustrations, pictures, printed, snapshots
from paotui.bulletin.models import Bulletin, BulletinState, Edition
from paotui.bulletin.printed import FrontPage, PictureData, PrintedBulletin, PrintedEdition, PrintedFigure
from paotui.registry.models import District

EAR = {
    "S1": "S1.attendance_rate", "S2": "S2.sections", "S3": "S3.targets_covered", "S4": "S4.sessions",
    "S5": "S5.schools", "S6": "S6.sites", "S7": "S7.compounds_covered",
}  # fmt: skip
"""The figure of each story that stands beside the title of the page; the first of the text where it names another."""

WIDTH = 360.0
"""Width a picture is drawn at for the site, in CSS pixels; it scales."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that would be counted otherwise now."""

    name: str
    then: PrintedFigure
    now: str


def front_page(district: District, language: str, number: int | None = None) -> FrontPage | None:
    """Return edition `number` (default: the newest) from frozen snapshots; None when nothing has been published."""
    editions = Edition.objects.filter(district=district, published_at__isnull=False).order_by("-day", "-number")
    edition = (editions.filter(number=number) if number is not None else editions).first()
    if edition is None:
        return None
    items = edition.items.select_related("bulletin__organisation", "bulletin__district").order_by("position")
    bulletins = tuple(as_printed(item.bulletin, language) for item in items)
    english = language.startswith("en")
    return FrontPage(
        district=_named(district, language),
        sample=district.is_sample,
        edition=PrintedEdition(
            edition.title_en if english and edition.title_en else edition.title, edition.number, edition.day,
            edition.editor,
        ),
        bulletins=bulletins,
        ear=tuple(figure for one in bulletins if (figure := _ear(one)) is not None),
    )  # fmt: skip


def _ear(bulletin: PrintedBulletin) -> PrintedFigure | None:
    by_name = {figure.name: figure for figure in bulletin.figures}
    return by_name.get(EAR.get(bulletin.story, "")) or next(iter(bulletin.figures), None)


def as_printed(bulletin: Bulletin, language: str) -> PrintedBulletin:
    """Return a signed bulletin as it was signed. ValueError for a draft: see `preview`."""
    if bulletin.state != BulletinState.SIGNED:
        raise ValueError(f"{bulletin.slug} has not been signed off")
    return _printed(bulletin, bulletin.snapshot, bulletin.snapshot_sha256, language)


def preview(bulletin: Bulletin, language: str, at: dt.datetime) -> PrintedBulletin:
    """Return a bulletin with its figures as counted at `at`; Refusal where sign-off would refuse a figure."""
    answers = {name: figures.answer(bulletin.district, name, at) for name in snapshots.named_figures(bulletin)}
    known = {name: answer for name, answer in answers.items() if answer.value is not None}
    return _printed(bulletin, snapshots.freeze(bulletin, known, at), "", language)


def _printed(bulletin: Bulletin, snapshot: dict[str, Any], sha256: str, language: str) -> PrintedBulletin:
    said = snapshots.printed_figures(snapshot, language)
    words = {name: _words(bulletin, name, language) for name in snapshots.TEXTS}
    picture = _picture(bulletin, snapshot, language)
    return PrintedBulletin(
        slug=bulletin.slug,
        story=bulletin.story,
        kicker=printed.line(words["kicker"], said, language),
        headline=printed.line(words["headline"], said, language),
        subhead=printed.line(words["subhead"], said, language),
        paragraphs=printed.paragraphs(words["body"], said, language),
        organisation=_named(bulletin.organisation, language),
        dateline=bulletin.dateline,
        byline=bulletin.byline,
        correspondent=bulletin.correspondent,
        photo_credit=bulletin.photo_credit,
        figures=tuple(said.values()),
        as_of=dt.datetime.fromisoformat(snapshot["as_of"]),
        sha256=sha256,
        picture=picture,
        picture_caption=picture.title if picture else "",
        picture_svg=_svg(picture) if picture else "",
    )


def _picture(bulletin: Bulletin, snapshot: dict[str, Any], language: str) -> PictureData | None:
    if not bulletin.picture:
        return None
    return illustrations.picture(bulletin.picture, snapshots.marks(snapshot), language)


def _svg(picture: PictureData) -> str:
    low, high = pictures.ASPECTS[picture.form]
    return pictures.draw(picture, WIDTH, round(WIDTH * (low + high) / 2))


def differs(bulletin: Bulletin, at: dt.datetime, language: str) -> list[Difference]:
    """Return the figures of a signed bulletin that would be counted otherwise as of `at`."""
    then = snapshots.printed_figures(bulletin.snapshot, language) if bulletin.snapshot else {}
    return [found for figure in then.values() if (found := difference(bulletin.district, figure, at, language))]


def difference(district: District, then: PrintedFigure, at: dt.datetime, language: str) -> Difference | None:
    """Return how one frozen figure would be counted as of `at`, None when it would say the same."""
    now = figures.answer(district, then.name, at)
    if now.value == then.value:
        return None
    return Difference(then.name, then, now.text(language))


def published_figure(district: District, name: str, language: str) -> PrintedFigure | None:
    """Return a figure as a bulletin of the newest edition froze it; None when none of them prints it."""
    front = front_page(district, language)
    figures_of = (figure for bulletin in (front.bulletins if front else ()) for figure in bulletin.figures)
    return next((figure for figure in figures_of if figure.name == name), None)


def published(district: District, slug: str) -> Bulletin | None:
    """Return the signed bulletin called `slug`, None when there is none for the public."""
    found = Bulletin.objects.filter(district=district, slug=slug, state=BulletinState.SIGNED)
    return found.select_related("organisation", "district").first()


def listing(district: District) -> list[Bulletin]:
    """Return the bulletins of a district, drafts first, then by date."""
    found = Bulletin.objects.filter(district=district).select_related("organisation", "signed_by")
    return sorted(found, key=lambda one: (one.state == BulletinState.SIGNED, -one.dateline.toordinal(), one.story))


def is_unchanged(bulletin: Bulletin) -> bool:
    """Say whether a signed bulletin still has the words and figures its hash was taken of."""
    words = {name: getattr(bulletin, name) for name in snapshots.SIGNED_WORDS}
    said = bulletin.snapshot.get("words", {})
    same = all(said.get(name) == value for name, value in words.items())
    return same and snapshots.digest(bulletin.snapshot) == bulletin.snapshot_sha256


def _words(bulletin: Bulletin, name: str, language: str) -> str:
    english: str = getattr(bulletin, f"{name}_en")
    chinese: str = getattr(bulletin, name)
    return english if language.startswith("en") and english else chinese


def _named(one: Any, language: str) -> str:
    return str(one.name_en if language.startswith("en") and one.name_en else one.name)
