"""Which pictures there are and what they are drawn from: figures give the marks, never a list in the code."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from paotui.bulletin import figures
from paotui.bulletin.figures import FigureAnswer
from paotui.bulletin.opening import names
from paotui.bulletin.printed import Mark, PictureData
from paotui.playbooks import values as typed
from paotui.playbooks.schema import Text
from paotui.registry.errors import Refusal
from paotui.registry.models import District, RosterEntry
from paotui.work.models import Record


@dataclass(frozen=True, slots=True)
class Illustration:
    """One mark per target of `marks`; full when `full` counted it too; as large as its share of `size`."""

    form: str
    marks: str
    full: str
    caption: Text
    size: str = ""


ILLUSTRATIONS = {
    "trips": Illustration(
        "houses", "S5.schools", "S5.thanks",
        Text(zh="每座房子是一所复课的学校，上方圆点是专班替它跑的趟数，插旗的送来了锦旗",
             en="Each house is a school that reopened, each dot above it a trip made for it; a flag: it sent a banner"),
        size="S5.trips_saved",
    ),
    "sites": Illustration(
        "dots", "S6.sites", "S6.sites_disinfected",
        Text(zh="各考点位置，红点为消杀全覆盖的考点",
             en="Where the exam sites lie; red ones were disinfected throughout"),
    ),
    "compounds": Illustration(
        "buildings", "S7.compounds", "S7.compounds_covered",
        Text(zh="每座楼是一个楼院，插旗的三类组织齐全",
             en="Each block is a compound; a flag means all organisations are set up"),
    ),
    "coverage": Illustration(
        "waffle", "S3.targets", "S3.targets_covered",
        Text(zh="每格是一家企业或驾校，红格为宣传、上门都到位",
             en="Each square is a company or school; red ones were reached and visited"),
    ),
}  # fmt: skip


def illustration(name: str) -> Illustration:
    """Return the picture called `name`; Refusal when there is none."""
    found = ILLUSTRATIONS.get(name)
    if found is None:
        raise Refusal(
            _("There is no picture called %(name)s.") % {"name": name},
            what="picture",
            remedy=_("Choose one of: %(names)s.") % {"names": ", ".join(ILLUSTRATIONS)},
        )
    return found


def drawn_from(name: str) -> tuple[str, ...]:
    """Return the names of the figures the picture called `name` is drawn from."""
    one = illustration(name)
    return tuple(figure for figure in (one.marks, one.full, one.size) if figure)


def count_marks(district: District, name: str, as_of: dt.datetime) -> list[dict[str, Any]]:
    """Return the marks of a picture as JSON can keep them."""
    one = illustration(name)
    marks = figures.answer(district, one.marks, as_of)
    full = set(figures.answer(district, one.full, as_of).counted.target_keys)
    sizes = _sizes(district, figures.answer(district, one.size, as_of)) if one.size else {}
    entries = names(district, marks.counted.target_keys)
    ordered = sorted(entries.values(), key=lambda entry: (entry.pk not in full, entry.row))
    return [_mark(entry, entry.pk in full, sizes.get(entry.pk)) for entry in ordered]


def picture(name: str, marks: list[dict[str, Any]], language: str) -> PictureData:
    """Return a picture from the marks `count_marks` gave."""
    one = illustration(name)
    read = tuple(
        Mark(m["name"], m["full"], m.get("x"), m.get("y"), Decimal(m["size"]) if "size" in m else None) for m in marks
    )
    return PictureData(one.form, read, one.caption.in_language(language))


def _mark(entry: RosterEntry, full: bool, size: Decimal | None) -> dict[str, Any]:
    mark: dict[str, Any] = {"name": entry.name if entry.person_id is None else "", "full": full}
    if entry.place is not None and entry.place.longitude is not None:
        mark |= {"x": entry.place.longitude, "y": entry.place.latitude}
    if size is not None:
        mark["size"] = str(size)
    return mark


def _sizes(district: District, summed: FigureAnswer) -> dict[int, Decimal]:
    """Return each target's share of a summed figure, over exactly the records it counted."""
    value, playbook = summed.definition.figure.value, summed.definition.playbook
    if value is None or value.sum is None:
        return {}
    readers = {measure: typed.reader(playbook.measure(measure).record) for measure in value.of}
    found: dict[int, Decimal] = defaultdict(Decimal)
    records = Record.objects.filter(district=district, pk__in=summed.counted.record_ids)
    for measure, entry, kept in records.values_list("measure", "case__entry_id", "values"):
        found[entry] += Decimal(readers[measure](kept)[value.sum])
    return dict(found)
