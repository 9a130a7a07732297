"""A small district to test screens on: a bureau, a sub-district, three companies, a person per role, a task force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from paotui.bulletin.actions import bulletins, editions
from paotui.bulletin.models import Bulletin
from paotui.playbooks import catalogue
from paotui.playbooks.loader import Loaded
from paotui.registry.actions import accounts, districts, organisations, people, rosters
from paotui.registry.actors import Actor
from paotui.registry.models import Account, District, Organisation, Person, Roster
from paotui.work import attachments
from paotui.work.actions import task_forces, work_orders
from paotui.work.models import Attachment, TaskForce, WorkOrder
from paotui.worktime import ZONE

PASSWORD = "for-tests-only-1"
ROLES = ("leader", "staff", "dispatcher", "crew", "editor", "administrator", "security", "auditor")
OPENED = dt.datetime(2020, 6, 1, 9, 0, tzinfo=ZONE)
PERIOD = (dt.date(2020, 6, 1), dt.date(2020, 6, 30))
PLAYBOOK = catalogue.find("s3-safety-campaign")
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
    sha256: str = ""
    bulletin: Bulletin | None = None
    playbook: Loaded = PLAYBOOK

    def order(self, measure: str, number: int = 0) -> WorkOrder:
        """Return the work order of a measure for the company of that number."""
        return WorkOrder.objects.filter(task_force=self.task_force, measure=measure).order_by("id")[number]

    def names(self) -> dict[str, dict[str, Any]]:
        """Return what the addresses that name something of this office are made with."""
        order, bulletin = self.order("chat_message"), self.bulletin
        by_id = {"id": order.pk}
        return {
            "work_order": by_id, "work_record": by_id, "work_move": {**by_id, "verb": "waive"},
            "case": {"id": order.case_id}, "attachment": {"sha256": self.sha256},
            "task_force": {"id": self.task_force.pk}, "task_force_export": {"id": self.task_force.pk},
            "task_force_close": {"id": self.task_force.pk}, "playbook": {"key": "s3-safety-campaign"},
            "roster": {"id": self.roster.pk}, "roster_export": {"id": self.roster.pk},
            "staff_bulletin": {"id": bulletin.pk}, "bulletin_sign": {"id": bulletin.pk},
            "figure": {"name": "S3.targets"}, "staff_figure": {"name": "S3.targets"},
            "figure_export": {"name": "S3.targets"}, "bulletin": {"slug": "published"},
            "bulletin_docx": {"slug": "published"},
        }  # fmt: skip

    def stranger(self) -> Account:
        """Return the account of a leader of an organisation that has nothing to do with the task force."""
        system = Actor.system(self.district)
        other = organisations.register(district=self.district, kind="bureau", name="另一局", by=system, at=OPENED)
        person = people.register(district=self.district, name="样例旁人", by=system, at=OPENED)
        people.join(person=person, organisation=other, role="leader", since=OPENED.date(), by=system, at=OPENED)
        return accounts.open(
            person=person, username=f"stranger-{self.district.code}", password=PASSWORD, by=system, at=OPENED
        )


def open_office(code: str = "410103", name: str = "二七区") -> Office:
    """Create the district with everything in it, through the actions."""
    district = districts.create(code=code, name=name, name_en="Erqi District", is_sample=True, at=OPENED)
    system = Actor.system(district)
    bureau = organisations.register(
        district=district, kind="bureau", name=f"{name}交通局", name_en="Transport Bureau", by=system, at=OPENED
    )
    subdistrict = organisations.register(
        district=district, kind="subdistrict", name=f"{name}一街道", by=system, at=OPENED
    )
    found, opened = {}, {}
    for role in ROLES:
        person = people.register(
            district=district, name=f"样例{role}", name_en=role.title(), is_sample=True, by=system, at=OPENED
        )
        people.join(person=person, organisation=bureau, role=role, since=OPENED.date(), by=system, at=OPENED)
        found[role] = person
        opened[role] = accounts.open(person=person, username=f"{role}-{code}", password=PASSWORD, by=system, at=OPENED)
    roster = import_roster(district, subdistrict, [f"{name}{code}" for name in COMPANIES])
    task_force = task_forces.launch(
        district=district, playbook=PLAYBOOK, roster=roster, title="道路货运安全整治",
        title_en="Road freight safety", lead=bureau, members={"bureau": [bureau]}, period=PERIOD, by=system, at=OPENED,
    )  # fmt: skip
    office = Office(district, bureau, subdistrict, opened, roster, task_force, found)
    office.sha256 = _record_with_attachment(office)
    _publish(office)
    office.bulletin = _draft(office, "draft")
    return office


def _record_with_attachment(office: Office) -> str:
    """One visit is done; a file hangs on its record, as if the playbook had asked for one."""
    record = work_orders.complete(
        work_order=office.order("visit", 2), by=Actor.system(office.district), at=OPENED + dt.timedelta(hours=1),
        values={"subject": "rules", "head_count": 12, "leaflets": 20, "hazards": 0},
    )  # fmt: skip
    sha256 = attachments.store(f"a small file of {office.district.code}".encode())
    Attachment.objects.create(
        district=office.district, record=record, kind="document", name="说明.txt", sha256=sha256, size=12,
        media_type="text/plain",
    )  # fmt: skip
    return sha256


def _draft(office: Office, slug: str, figure: str = "S3.targets") -> Bulletin:
    mark = f"{{{figure}}}"
    return bulletins.draft(
        district=office.district, story="S3", slug=slug, organisation=office.bureau, by=Actor.system(office.district),
        at=OPENED + dt.timedelta(hours=2), headline="上门查隐患", headline_en="Looking for hazards",
        body=f"数得{mark}。", body_en=f"Counted: {mark}.", byline="Sample reporter", dateline=OPENED.date(),
    )  # fmt: skip


def _publish(office: Office) -> None:
    """The page carries one bulletin; another one is signed and stands by itself."""
    system, at = Actor.system(office.district), OPENED + dt.timedelta(hours=3)
    signed = bulletins.sign_off(bulletin=_draft(office, "published"), by=system, at=at)
    bulletins.sign_off(bulletin=_draft(office, "counted", "S3.head_count"), by=system, at=at)
    editions.publish(
        district=office.district, number=1, day=OPENED.date(), title="样例报", title_en="Sample", bulletins=[signed],
        by=system, at=at,
    )  # fmt: skip


def import_roster(
    district: District,
    subdistrict: Organisation,
    names: Sequence[str],
    key: str = "companies",
    title: str = "企业驾校名册",
) -> Roster:
    """Import a clerk's list of companies; the second one has no screen."""
    lines = [
        f"{name},运输企业,20,{'否' if number == 1 else '是'},{subdistrict.name}" for number, name in enumerate(names)
    ]
    report = rosters.import_file(
        district=district, path_or_bytes="\n".join(["名称,类别,车辆数,有LED屏,所在街道", *lines]).encode(),
        name=f"{key}.csv", playbook=PLAYBOOK.playbook, key=key, title=title, title_en="Companies and schools",
        kind="enterprise", by=Actor.system(district), at=OPENED,
    )  # fmt: skip
    assert report.roster, report.problems
    return report.roster
