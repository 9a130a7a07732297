"""A small district to test screens on: a bureau, a sub-district, three companies, one person per role, one task force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from paotui.playbooks import catalogue
from paotui.registry.actions import accounts, districts, organisations, people, rosters
from paotui.registry.actors import Actor
from paotui.registry.models import Account, District, Organisation, Person, Roster
from paotui.work.actions import task_forces
from paotui.work.models import TaskForce, WorkOrder
from paotui.worktime import ZONE

PASSWORD = "for-tests-only-1"  # noqa: S105
ROLES = ("leader", "staff", "dispatcher", "crew", "editor", "administrator", "security", "auditor")
OPENED = dt.datetime(2020, 6, 1, 9, 0, tzinfo=ZONE)
PERIOD = (dt.date(2020, 6, 1), dt.date(2020, 6, 30))
COMPANIES = ("顺达运输", "安行驾校", "远途物流")


@dataclass
class Office:
    district: District
    bureau: Organisation
    subdistrict: Organisation
    accounts: dict[str, Account]
    roster: Roster
    task_force: TaskForce
    people: dict[str, Person] = field(default_factory=dict)

    def order(self, measure: str, number: int = 0) -> WorkOrder:
        """Return the work order of a measure for the company of that number."""
        return WorkOrder.objects.filter(task_force=self.task_force, measure=measure).order_by("id")[number]


def open_office(code: str = "410103", name: str = "二七区") -> Office:
    """Create the district with everything in it, through the actions."""
    district = districts.create(code=code, name=name, name_en="Erqi District", is_sample=True, at=OPENED)
    system = Actor.system(district)
    bureau = organisations.register(district=district, kind="bureau", name=f"{name}交通局", name_en="Transport Bureau", by=system, at=OPENED)
    subdistrict = organisations.register(district=district, kind="subdistrict", name=f"{name}一街道", by=system, at=OPENED)
    found, opened = {}, {}
    for role in ROLES:
        person = people.register(district=district, name=f"样例{role}", name_en=role.title(), is_sample=True, by=system, at=OPENED)
        people.join(person=person, organisation=bureau, role=role, since=OPENED.date(), by=system, at=OPENED)
        found[role] = person
        opened[role] = accounts.open(person=person, username=f"{role}-{code}", password=PASSWORD, by=system, at=OPENED)
    roster = _roster(district, subdistrict)
    task_force = task_forces.launch(
        district=district, playbook=catalogue.find("s3-safety-campaign"), roster=roster, title="道路货运安全整治",
        title_en="Road freight safety", lead=bureau, members={"bureau": [bureau]}, period=PERIOD, by=system, at=OPENED,
    )  # fmt: skip
    return Office(district, bureau, subdistrict, opened, roster, task_force, found)


def _roster(district: District, subdistrict: Organisation) -> Roster:
    rows = [f"{name}{district.code},运输企业,20,{'否' if number == 1 else '是'},{subdistrict.name}" for number, name in enumerate(COMPANIES)]
    sheet = "\n".join(["名称,类别,车辆数,有LED屏,所在街道", *rows])
    report = rosters.import_file(
        district=district, path_or_bytes=sheet.encode(), name="企业名册.csv",
        playbook=catalogue.find("s3-safety-campaign").playbook, key="companies", title="企业驾校名册",
        title_en="Companies and schools", kind="enterprise", by=Actor.system(district), at=OPENED,
    )  # fmt: skip
    assert report.roster, report.problems
    return report.roster
