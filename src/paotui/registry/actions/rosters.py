"""Importing a clerk's spreadsheet as a roster."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from paotui.playbooks.schema import Playbook, Target
from paotui.registry import ledger, lengths, rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid
from paotui.registry.imports.changes import Synced, sync
from paotui.registry.imports.columns import Wanted
from paotui.registry.imports.directory import Lookup
from paotui.registry.imports.drafts import read_file
from paotui.registry.imports.reporting import ImportReport
from paotui.registry.imports.rows import Draft
from paotui.registry.imports.targets import Settled, make, settle
from paotui.registry.imports.vocabulary import kind_of
from paotui.registry.models import CRS, District, Organisation, OrganisationKind, PlaceKind, Roster
from paotui.registry.queries import organisations

MOST_PROBLEMS = 200
"""Problems reported at once; whoever has more has chosen the wrong file or playbook."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be imported, as checked."""

    district: District
    name: str
    playbook: Playbook
    key: str
    title: str
    title_en: str
    kind: str
    owner: Organisation | None
    parent: Organisation | None
    sha256: str
    by: Actor
    at: dt.datetime

    @property
    def target(self) -> Target:
        return self.playbook.target


@transaction.atomic
def import_file(
    *,
    district: District,
    path_or_bytes: bytes | str | Path,
    name: str,
    playbook: Playbook,
    key: str,
    title: str,
    title_en: str = "",
    kind: str = "",
    owner: Organisation | None = None,
    parent: Organisation | None = None,
    crs: str = CRS.GCJ02,
    columns: Mapping[str, str] | None = None,
    by: Actor,
    at: dt.datetime,
) -> ImportReport:
    """Import a spreadsheet as the roster `key`, with the facts `playbook` asks for. With problems nothing changes.

    `kind` is the kind of organisation or place to register for names not yet known (told from the target's label when
    empty), below `parent`; `owner` is the organisation that may import it again (the actor's own when None); `crs`
    is taken where the file names none; `columns` assigns headings by hand (heading → fact). The same file again is
    no change; a changed one updates facts and withdraws targets it no longer brings.
    Raises NotAllowed, Conflict (the roster is of another playbook) and Invalid (no spreadsheet, unknown kind).
    """
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else Path(path_or_bytes).read_bytes()
    request = _Request(
        district, name, playbook, key, title, title_en, _kind(playbook.target, kind), owner or _own(by), parent,
        hashlib.sha256(data).hexdigest(), by, at,
    )  # fmt: skip
    roster = Roster.objects.select_for_update().filter(district=district, key=key).first()
    _check_may(request, roster, owner)
    fields = [one.model_dump(mode="json", exclude_defaults=True) for one in playbook.target.facts]
    if roster and roster.source_sha256 == request.sha256 and roster.fields == fields:
        count = roster.entries.filter(withdrawn_at__isnull=True).count()
        return ImportReport(roster, count, notes=[_("This very file has been imported before.")], same_file=True)
    lookup = Lookup(district)
    drafts, report = read_file(data, name, Wanted(playbook.target, columns), lookup, crs)
    settled = settle(drafts, lookup.directory(playbook.target.kind), playbook.target.kind, request.kind)
    _report(report, settled)
    if report.problems:
        return report
    return _write(request, roster, fields, settled, report)


def _own(by: Actor) -> Organisation | None:
    granted = [grant.organisation_id for grant in by.grants if "roster.import" in rules.ROLES[grant.role]]
    return Organisation.objects.filter(pk__in=granted[:1]).first()


def _kind(target: Target, kind: str) -> str:
    known: Sequence[str] = {"organisation": OrganisationKind.values, "place": PlaceKind.values}.get(target.kind, [""])
    kind = kind or kind_of(target.kind, target.label.zh)
    if kind in known:
        return kind
    sentence = _("It is not clear what kind of %(target)s these are: say one of %(kinds)s.")
    said = {"target": target.label.zh, "kinds": ", ".join(known)}
    raise Invalid([("kind", sentence % said)], what="kind")


def _check_may(request: _Request, roster: Roster | None, owner: Organisation | None) -> None:
    by, district = request.by, request.district
    named = [one for one in (owner, request.parent) if one]
    rules.check_in_district(by, district.pk, *(one.district_id for one in named))
    rules.check_holds(by, "roster.import")
    for one in named:
        rules.check_can(by, "roster.import", scope_paths=[one.path])
    if roster is None:
        _check_words(request)
        return
    scope = [roster.owner.path] if roster.owner else organisations.root_paths(district)
    rules.check_can(by, "roster.import", scope_paths=scope)
    if (roster.playbook, roster.target_kind) != (request.playbook.playbook, request.target.kind):
        raise Conflict(
            _("The roster %(key)s belongs to the playbook %(playbook)s.")
            % {"key": roster.key, "playbook": roster.playbook},
            what="roster",
            remedy=_("Give this one another key."),
        )


def _check_words(request: _Request) -> None:
    if not request.title.strip():
        raise Invalid([("title", _("A roster needs a title."))], what="title")
    lengths.check(Roster(key=request.key, title=request.title, title_en=request.title_en))


def _report(report: ImportReport, settled: Settled) -> None:
    report.problems += settled.problems
    report.notes += settled.notes
    report.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    if len(report.problems) > MOST_PROBLEMS:
        more = len(report.problems) - MOST_PROBLEMS
        del report.problems[MOST_PROBLEMS:]
        report.notes.append(_("There are %(count)d more problems.") % {"count": more})


def _write(
    request: _Request, roster: Roster | None, fields: list[dict[str, Any]], settled: Settled, report: ImportReport
) -> ImportReport:
    unknown = [draft for draft, target in settled.targets if target is None]
    made = make(unknown, request.district, request.target.kind, request.kind, request.parent)
    fresh = iter(made)
    targets = [(draft, next(fresh) if target is None else target) for draft, target in settled.targets]
    roster = _save(request, roster, fields)
    synced = sync(roster, targets, request.target.facts, request.at)
    report.roster, report.created = roster, [draft.name for draft in unknown]
    report.added, report.changed, report.withdrawn = synced.added, synced.changed, synced.withdrawn
    _write_ledger(request, roster, report, dict(zip(made, unknown, strict=True)), synced)
    return report


def _save(request: _Request, roster: Roster | None, fields: list[dict[str, Any]]) -> Roster:
    roster = roster or Roster(district=request.district, key=request.key, owner=request.owner)
    roster.title, roster.title_en = request.title, request.title_en or roster.title_en
    roster.target_kind, roster.playbook, roster.fields = request.target.kind, request.playbook.playbook, fields
    roster.source_name, roster.source_sha256 = request.name[-200:], request.sha256
    roster.imported_at = request.at
    roster.save()
    return roster


def _write_ledger(
    request: _Request, roster: Roster, report: ImportReport, made: Mapping[int, Draft], synced: Synced
) -> None:
    counts = {
        "rows": report.rows, "created": len(made), "added": len(report.added), "changed": len(report.changed),
        "withdrawn": len(report.withdrawn),
    }  # fmt: skip
    said = {"key": roster.key, "source": request.name, "sha256": request.sha256, **counts}
    kind = request.target.kind
    # Names of people stay out of the chain, which can never forget.
    registered = [
        ledger.Event(
            f"{kind}.register", kind, id, {} if kind == "person" else {"name": draft.name, "kind": request.kind}
        )
        for id, draft in made.items()
    ]
    events = [ledger.Event("roster.import", "roster", roster.pk, said), *registered, *synced.events]
    ledger.append_many(district=request.district, at=request.at, by=request.by, events=events)
