"""A spreadsheet as drafts: every sheet with a heading is read, every fault is noted with its place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paotui.playbooks.schema import Target
from paotui.registry.imports import rows
from paotui.registry.imports.columns import Wanted
from paotui.registry.imports.reporting import ImportReport, Problem
from paotui.registry.imports.rows import Draft, Lookup
from paotui.registry.sheets import sheets, table


def read_file(data: bytes, name: str, wanted: Wanted, lookup: Lookup, crs: str) -> tuple[list[Draft], ImportReport]:
    """Read the file `name`; raises Invalid when it is no spreadsheet. `crs` is taken where the file names none."""
    drafts: list[Draft] = []
    report = ImportReport()
    tables = [found for sheet in sheets(data, name) if (found := table(sheet, wanted.is_known))]
    if not tables:
        report.problems.append(Problem("", 0, "", _no_heading(wanted.target)))
    for one in tables:
        matched = wanted.match(one)
        report.problems += matched.problems
        report.notes += [_("The column %(heading)s is not used.") % {"heading": text} for text in matched.ignored]
        for read in rows.read(one, matched, wanted.target.facts, lookup, crs):
            if isinstance(read, Draft):
                drafts.append(read)
            else:
                report.problems.append(read)
    report.rows = len(drafts)
    if not drafts and not report.problems:
        report.problems.append(Problem("", 0, "", _("There is a heading but no row of data below it.")))
    return drafts, report


def _no_heading(target: Target) -> str:
    labels = [target.label.zh, *(one.label.zh for one in target.facts)]
    sentence = _("No heading was found in the first 30 rows: there has to be a row with %(labels)s.")
    return sentence % {"labels": "、".join(labels)}
