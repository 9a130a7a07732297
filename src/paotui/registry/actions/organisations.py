"""Registering organisations."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.registry import identifiers, ledger, lengths, names, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.models import District, Organisation, OrganisationKind
from paotui.registry.queries import organisations


@transaction.atomic
def register(
    *,
    district: District,
    kind: str,
    name: str,
    parent: Organisation | None = None,
    name_en: str = "",
    credit_code: str = "",
    is_sample: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Organisation:
    """Register an organisation below `parent`, or as a root of the tree.

    Raises NotAllowed, Invalid (kind, name, credit code) and Conflict (the name or code is taken).
    """
    rules.check_in_district(by, district.pk, *([parent.district_id] if parent else []))
    scope = [parent.path] if parent else organisations.root_paths(district)
    rules.check_can(by, "registry.write", scope_paths=scope)
    organisation = Organisation(
        district=district, parent=parent, kind=kind, name=names.tidy(name), name_en=name_en.strip(),
        credit_code=identifiers.credit_code(credit_code) if credit_code.strip() else "",
        pinyin=names.pinyin(name), is_sample=is_sample,
    )  # fmt: skip
    _check(organisation)
    _save_with_path(organisation)
    ledger.append(
        district=district, at=at, by=by, action="organisation.register", subject="organisation",
        subject_id=organisation.pk, data={"name": organisation.name, "kind": kind, "parent": parent and parent.pk},
    )  # fmt: skip
    return organisation


def _check(organisation: Organisation) -> None:
    if organisation.kind not in OrganisationKind.values:
        sentence = _("%(kind)s is no kind of organisation; there are %(kinds)s.")
        kinds = ", ".join(OrganisationKind.values)
        raise Invalid([("kind", sentence % {"kind": organisation.kind, "kinds": kinds})], what="kind")
    if not organisation.name:
        raise Invalid([("name", _("An organisation needs a name."))], what="name")
    lengths.check(organisation)
    if organisations.named(organisation.district, organisation.name):
        raise Conflict(
            _("There is already an organisation called %(name)s.") % {"name": organisation.name},
            what="organisation",
            remedy=_("Use that one, or add to the name what tells the two apart."),
        )
    if organisation.credit_code and _coded(organisation):
        raise Conflict(
            _("The credit code %(code)s belongs to %(name)s.")
            % {"code": organisation.credit_code, "name": _coded(organisation)},
            what="credit_code",
            remedy=_("One code is one organisation: use that one."),
        )


def _coded(organisation: Organisation) -> Organisation | None:
    return Organisation.objects.filter(district=organisation.district, credit_code=organisation.credit_code).first()


def _save_with_path(organisation: Organisation) -> None:
    # The path ends in the row's own id, which exists only after the insert.
    organisation.save(force_insert=True)
    organisation.path = f"{organisation.parent.path if organisation.parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
