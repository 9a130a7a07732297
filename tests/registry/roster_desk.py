"""The desk of the roster tests: three small playbooks, an import, and what is there afterwards."""

from __future__ import annotations

from paotui.playbooks.schema import Playbook
from paotui.registry.models import LedgerEntry, Person, Place, Roster, RosterEntry
from paotui.registry.queries import rosters as query


def fact(name, zh, type="text", unit="", **rest):
    said = {"name": name, "label": {"zh": zh, "en": name.capitalize()}, "type": type, **rest}
    return {**said, "unit": {"zh": unit, "en": f"{unit}-en"}} if unit else said


def playbook(kind, label, *facts, key="sample"):
    return Playbook.model_validate(
        {
            "playbook": key, "version": 1, "title": {"zh": "样本"}, "summary": {"zh": "样本"},
            "target": {"kind": kind, "label": {"zh": label, "en": "Target"}, "facts": list(facts)},
            "roles": [{"name": "lead", "label": {"zh": "牵头"}}],
            "measures": [{"id": "visit", "kind": "visit", "title": {"zh": "走访"}, "roles": ["lead"]}],
        }
    )  # fmt: skip


COMPOUNDS = playbook(
    "place", "楼院",
    fact("community", "所属社区", "organisation"),
    fact("households", "户数", "integer", "户", minimum=1),
    fact("paired", "列入结对", "boolean"),
)  # fmt: skip
FIRMS = playbook(
    "organisation", "企业",
    fact("amount", "金额", "money", "元"),
    fact("length", "长度", "decimal", "米", required=False),
    fact("since", "成立日期", "date", required=False),
)  # fmt: skip
STAFF = playbook("person", "职工", fact("wage", "工资", "money", "元", personal=True))


def facts(report):
    return [dict(target.facts) for target in query.targets(report.roster)]


def nothing_is_there():
    return not (
        Roster.objects.exists() or RosterEntry.objects.exists() or LedgerEntry.objects.exists()
        or Person.objects.exists() or Place.objects.exists()
    )  # fmt: skip
