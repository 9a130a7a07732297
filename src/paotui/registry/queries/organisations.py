"""Questions about the organisation tree."""

from __future__ import annotations

from django.db.models import QuerySet

from paotui.registry import names
from paotui.registry.models import District, Organisation, OrganisationKind
from paotui.registry.queries.finding import matching


def subtree(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the organisation and everything below it, parents before children."""
    return Organisation.objects.filter(
        district_id=organisation.district_id, path__startswith=organisation.path
    ).order_by("path")


def root_paths(district: District) -> list[str]:
    """Return the paths of the district's own root organisations: what concerns the whole district is decided there.

    Enterprises and schools may stand without a parent; that gives their people no say over the district.
    """
    roots = Organisation.objects.filter(district=district, parent__isnull=True, kind=OrganisationKind.DISTRICT)
    return list(roots.order_by("id").values_list("path", flat=True)) or ["/"]


def named(district: District, name: str) -> Organisation | None:
    """Return the organisation called `name`, whatever the blanks and widths it is typed with."""
    return Organisation.objects.filter(district=district, name=names.tidy(name)).first()


def find(district: District, text: str, *, limit: int = 20) -> list[Organisation]:
    """Return organisations whose name, pinyin or initials contain `text`; those beginning with it first."""
    return list(matching(Organisation.objects.filter(district=district), text)[:limit])
