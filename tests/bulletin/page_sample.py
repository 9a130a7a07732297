"""The trial page as plain values: no database, no records."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import yaml

from paotui.bulletin import markup, printed
from paotui.bulletin.printed import FrontPage, Mark, PictureData, PrintedBulletin, PrintedEdition, PrintedFigure

SOURCE = yaml.safe_load(Path(__file__).with_name("page_texts.yaml").read_text(encoding="utf-8"))
VALUES = {name: Decimal(value) for name, value in SOURCE["values"].items()}
TEXTS = SOURCE["bulletins"]

AS_OF = dt.datetime(2020, 7, 9, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
UNITS = {"schools": "所", "sites": "个", "compounds": "个", "attendance_rate": "%", "streets_before_six_rate": "%"}


def front_page(language: str = "zh-hans", stories: tuple[str, ...] = tuple(TEXTS)) -> FrontPage:
    english = language.startswith("en")
    bulletins = tuple(bulletin(story, language) for story in stories)
    return FrontPage(
        district="Erqi District" if english else "二七区",
        sample=True,
        edition=PrintedEdition("Erqi Errand News" if english else "二七快跑", 1, dt.date(2020, 7, 10), "何晓光"),
        bulletins=bulletins,
        ear=tuple(one.figures[0] for one in bulletins),
    )


def bulletin(story: str, language: str) -> PrintedBulletin:
    text = TEXTS[story]["en" if language.startswith("en") else "zh"]
    names = markup.figures("\n\n".join(text.values()))
    figures = {name: _figure(name, language) for name in names}
    return PrintedBulletin(
        slug=story.lower(),
        story=story,
        kicker=printed.line(text["kicker"], figures, language),
        headline=printed.line(text["headline"], figures, language),
        subhead=printed.line(text["subhead"], figures, language),
        paragraphs=printed.paragraphs(text["body"], figures, language),
        organisation="",
        dateline=dt.date(2020, 7, 9),
        **TEXTS[story]["credits"],
        figures=tuple(figures.values()),
        as_of=AS_OF,
        sha256="3f9a" * 16,
        picture=PICTURES.get(story),
        picture_caption="每座楼是一个楼院，插旗的组织齐全" if story in PICTURES else "",
    )


def _figure(name: str, language: str) -> PrintedFigure:
    value, unit = VALUES[name], UNITS.get(name.split(".")[1], "")
    number = printed.number(value, language)
    return PrintedFigure(name, value, number, number + unit, unit, name.split(".")[1], "…", AS_OF, int(value))


def _sites() -> tuple[Mark, ...]:
    places = [(113.61 + (i * 37 % 17) / 240, 34.71 + (i * 23 % 19) / 260) for i in range(17)]
    return tuple(Mark(f"考点{i + 1}", True, x, y) for i, (x, y) in enumerate(places))


PICTURES = {
    "S5": PictureData(
        "houses", tuple(Mark(f"学校{i}", i % 5 == 1, size=Decimal(1 + i * 7 % 4)) for i in range(24)), ""
    ),
    "S6": PictureData("dots", _sites(), ""),
    "S7": PictureData("buildings", tuple(Mark(f"院落{i}", i < 49) for i in range(49)), ""),
}
