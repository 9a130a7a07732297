"""An editor's desk: a sub-district calls on three people at home, and somebody writes and signs about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from paotui.bulletin.actions import bulletins
from paotui.bulletin.models import Bulletin
from paotui.playbooks.loader import load
from paotui.registry.actors import Actor
from paotui.registry.models import District, Organisation, Person
from paotui.work.actions import task_forces, work_orders
from paotui.work.models import Record, TaskForce, WorkOrder
from tests.factories import registry

OPENED = dt.datetime(2020, 6, 1, 9, 0, tzinfo=registry.ZONE)
NAMES = ("赵样本", "钱样例", "孙虚构")
SOURCE = """
playbook: home-calls
version: 1
story: S9
title: {zh: 上门走访, en: Calls at home}
summary: {zh: 测试用的方案。, en: A playbook for tests.}
target: {kind: person, label: {zh: 居民, en: Resident}}
roles: [{name: office, label: {zh: 街道, en: Sub-district}}]
measures:
  - id: call
    kind: visit
    title: {zh: 上门, en: Call}
    roles: [office]
    due: {calendar_days: 20}
    record:
      - {name: grant, label: {zh: 补助, en: Grant}, type: money, unit: {zh: 元, en: yuan}}
      - {name: content, label: {zh: 满意, en: Content}, type: boolean}
      - {name: said, label: {zh: 说了什么, en: What was said}, type: text, required: false}
figures:
  - {id: residents, title: {zh: 居民人数, en: Residents}, unit: {zh: 人, en: people},
     definition: {zh: 名册上的人数, en: People on the roster}, value: {count: targets}}
  - {id: grants, title: {zh: 补助金额, en: Grants}, unit: {zh: 元, en: yuan},
     decimals: 2,
     definition: {zh: 上门记录的补助合计, en: Sum of the grants}, value: {sum: grant, of: [call]}}
  - {id: content, title: {zh: 满意率, en: Content}, unit: {zh: '%', en: '%'}, decimals: 1,
     definition: {zh: 满意的占上门的比例, en: Share of content people},
     rate: {of: {count: records, of: [call], where: [{value: content, is: true}]}, over: {count: records, of: [call]}}}
"""
BODY = "走访{S9.residents}人，发放补助{S9.grants}元，满意率{S9.content}。"
BODY_EN = "{S9.residents} people were called on; grants came to {S9.grants} yuan; {S9.content} were content."


def later(**span: float) -> dt.datetime:
    return OPENED + dt.timedelta(**span)


@dataclass
class Desk:
    district: District
    office: Organisation
    worker: Person
    task_force: TaskForce

    def actor(self, role: str) -> Actor:
        return registry.actor(role, self.office, self.worker if role == "leader" else None)

    def call(self, number: int, grant: str, content: bool, at: dt.datetime) -> Record:
        """Record the call on one of the three."""
        found = WorkOrder.objects.filter(task_force=self.task_force).order_by("case__entry__row")[number]
        values = {"grant": grant, "content": content, "said": f"{NAMES[number]}身体不好"}
        by = registry.actor("staff", self.office, self.worker)
        return work_orders.complete(work_order=found, values=values, by=by, at=at)

    def draft(self, slug: str = "calls", **changes: Any) -> Bulletin:
        words = {
            "headline": "走访到家", "headline_en": "Calling at home", "body": BODY, "body_en": BODY_EN,
            "byline": "样例记者", "dateline": OPENED.date(),
        }  # fmt: skip
        return bulletins.draft(
            district=self.district, story="S9", slug=slug, organisation=self.office, by=self.actor("editor"),
            at=OPENED, **(words | changes),
        )  # fmt: skip

    def signed(self, slug: str = "calls", at: dt.datetime | None = None, **changes: Any) -> Bulletin:
        draft = self.draft(slug, **changes)
        return bulletins.sign_off(bulletin=draft, by=self.actor("leader"), at=at or later(hours=5))


def open_desk(code: str = "410103") -> Desk:
    """Three people on the roster; two have been called on, at one and two hours."""
    district = registry.district(code, f"区{code}")
    root = registry.organisation(district, "区政府", kind="district")
    office = registry.organisation(district, "样本街道", kind="subdistrict", parent=root)
    worker = registry.person(district, "李上门")
    roster = registry.roster(district, key="residents", playbook="home-calls", target_kind="person")
    for row, name in enumerate(NAMES, start=2):
        registry.entry(roster, registry.person(district, name), row)
    task_force = task_forces.launch(
        district=district, playbook=load(SOURCE, name="home-calls.yaml"), roster=roster, title="走访", lead=office,
        members={"office": [office]}, period=(dt.date(2020, 6, 1), dt.date(2020, 6, 30)),
        by=registry.actor("leader", office, worker), at=OPENED,
    )  # fmt: skip
    desk = Desk(district, office, worker, task_force)
    desk.call(0, "100.10", True, later(hours=1))
    desk.call(1, "200.20", False, later(hours=2))
    return desk
