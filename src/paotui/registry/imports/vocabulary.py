"""Words clerks use in headings, and what a target's label says about its kind."""

from __future__ import annotations

from collections.abc import Mapping

from paotui.registry.names import comparable

# What a roster may say about any target, beside the facts of the playbook.
STANDARD: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name"),
    "name_en": ("英文名", "英文名称", "english name", "name (english)"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码", "credit code", "unified social credit code"),
    "number": ("工号", "职工编号", "人员编号", "员工编号", "职工号", "staff number", "number"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "phone"),
    "address": ("地址", "详细地址", "住址", "address"),
    "x": ("经度", "longitude", "lng", "lon"),
    "y": ("纬度", "latitude", "lat"),
    "crs": ("坐标系", "坐标系统", "crs", "coordinate system"),
}
# 单位 names the target of a list of organisations, and says something about one of people.
NAMES: Mapping[str, tuple[str, ...]] = {
    "organisation": ("名称", "单位名称", "企业名称", "学校名称", "单位"),
    "person": ("姓名", "名字"),
    "place": ("名称", "地点", "地点名称"),
}
NAME_ENDINGS: Mapping[str, str] = {"organisation": "名称", "person": "姓名", "place": "名称"}
BY_KIND: Mapping[str, frozenset[str]] = {
    "organisation": frozenset({"name", "name_en", "credit_code"}),
    "person": frozenset({"name", "name_en", "number", "phone"}),
    "place": frozenset({"name", "name_en", "address", "x", "y", "crs"}),
}
SERIAL = frozenset(map(comparable, ("序号", "编号", "no", "no.", "#")))

SYSTEMS: Mapping[str, str] = {
    "wgs84": "wgs84", "gps": "wgs84", "cgcs2000": "cgcs2000", "国家2000": "cgcs2000", "2000国家大地坐标系": "cgcs2000",
    "gcj02": "gcj02", "火星坐标系": "gcj02", "高德": "gcj02", "腾讯": "gcj02", "bd09": "bd09", "百度": "bd09",
}  # fmt: skip

# Ordered: 职业培训学校 is a school before it is anything else.
ORGANISATION_KINDS: tuple[tuple[str, str], ...] = (
    ("学校", "school"), ("幼儿园", "school"), ("支部", "branch"), ("社区", "community"), ("街道", "subdistrict"),
    ("科室", "section"), ("企业", "enterprise"), ("公司", "enterprise"), ("借款人", "enterprise"),
    ("商户", "enterprise"), ("中心", "centre"),
)  # fmt: skip
PLACE_KINDS: tuple[tuple[str, str], ...] = (
    ("考点", "exam_site"), ("楼院", "compound"), ("小区", "compound"), ("公厕", "toilet"), ("厕所", "toilet"),
    ("路段", "street"), ("道路", "street"), ("街巷", "street"), ("停车场", "depot"), ("车场", "depot"),
    ("处置", "disposal"), ("收运点", "disposal"), ("窗口", "counter"), ("大厅", "counter"),
)  # fmt: skip


def kind_of(target_kind: str, label: str) -> str:
    """Return the kind of organisation or place a target labelled so is; empty when the label does not say."""
    words = {"organisation": ORGANISATION_KINDS, "place": PLACE_KINDS}.get(target_kind, ())
    return next((kind for word, kind in words if word in label), "body" if target_kind == "organisation" else "")


def system_of(text: str) -> str:
    """Return the coordinate system meant, empty when it is none known here."""
    return SYSTEMS.get(comparable(text).removesuffix("坐标系"), SYSTEMS.get(comparable(text), ""))
