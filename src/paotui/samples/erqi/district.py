"""The district itself before anything happens: organisations, staff, and what each of them may do."""

from __future__ import annotations

import datetime as dt

from paotui.registry.actions import districts, organisations, people
from paotui.registry.actors import Actor
from paotui.registry.models import District, OrganisationKind
from paotui.samples.erqi import accounts
from paotui.samples.erqi.reading import rows
from paotui.samples.erqi.world import World
from paotui.worktime import ZONE

CODE, NAME, NAME_EN = "410103", "二七区", "Erqi District"
FOUNDED = dt.datetime(2020, 1, 2, 9, tzinfo=ZONE)
KINDS = {
    "部门": OrganisationKind.BUREAU,
    "科室": OrganisationKind.SECTION,
    "街道": OrganisationKind.SUBDISTRICT,
    "社区": OrganisationKind.COMMUNITY,
    "党支部": OrganisationKind.BRANCH,
    "中心": OrganisationKind.CENTRE,
    "学习单位": OrganisationKind.BODY,
}
ROLES = {
    "专班负责人": "leader",
    "经办": "staff",
    "调度员": "dispatcher",
    "保障专班组长": "leader",
    "班组长": "crew",
    "编辑": "editor",
    "系统管理员": "administrator",
    "安全管理员": "security",
    "审计员": "auditor",
    "党群科干事": "leader",
    "组织干事": "leader",
    "运输安全组长": "leader",
    "党建办公室干事": "leader",
    "社区治理办主任": "leader",
    "包院干部": "member",
}
"""What each post may do; a post that keeps the registers of a task force leads it."""


def found() -> World:
    """Create the district with its organisations, staff and sample accounts, on the first working day of 2020."""
    district = districts.create(code=CODE, name=NAME, name_en=NAME_EN, is_sample=True, at=FOUNDED)
    world = World(district)
    by = Actor.system(district)
    world.organisations[NAME] = organisations.register(
        district=district, kind=OrganisationKind.DISTRICT, name=NAME, name_en=NAME_EN, is_sample=True, by=by, at=FOUNDED
    )
    for row in rows("00_单位名录.xlsx"):
        name = str(row["单位名称"])
        world.organisations[name] = organisations.register(
            district=district, kind=KINDS[row["类别"]], name=name, name_en=str(row["英文名"]),
            parent=world.organisations[row["上级单位"]], is_sample=True, by=by, at=FOUNDED,
        )  # fmt: skip
    for row in rows("01_人员名录.xlsx"):
        _employ(world, district, by, row)
    accounts.open_all(district, at=FOUNDED)
    return world


def _employ(world: World, district: District, by: Actor, row: dict[str, object]) -> None:
    title = str(row["职务"])
    person = people.register(
        district=district, name=str(row["姓名"]), number=str(row["工号"]), is_sample=True, by=by, at=FOUNDED
    )
    people.join(
        person=person, organisation=world.organisation(str(row["单位"])), role=ROLES[title], since=FOUNDED.date(),
        title=title, by=by, at=FOUNDED,
    )  # fmt: skip
