"""Template tags and filters of the web room: wording in the language of the page."""

from __future__ import annotations

from math import ceil
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from paotui.web import wording

register = template.Library()


def _language() -> str:
    return get_language() or "zh-hans"


@register.filter
def day(value: Any) -> str:
    return wording.day(value, _language())


@register.filter
def short_day(value: Any) -> str:
    return wording.short_day(value, _language())


@register.filter
def weekday(value: Any) -> str:
    return wording.weekday(value, _language()) if value else ""


@register.filter
def moment(value: Any) -> str:
    return wording.moment(value, _language())


@register.filter
def short_moment(value: Any) -> str:
    return wording.short_moment(value, _language())


@register.filter
def number(value: Any) -> str:
    return wording.number(value)


@register.filter
def money(value: Any) -> str:
    return wording.money(value, _language())


@register.filter
def hours(minutes: Any) -> str:
    """Minutes as hours with one decimal."""
    return f"{minutes / 60:,.1f}"


@register.filter
def said(value: Any) -> str:
    """A playbook text ({zh, en}) in the language of the page."""
    return value.in_language(_language()) if value else ""


@register.filter
def fitting(title: str) -> str:
    """The class that lets a title fill its line: fit-N for a width of N times its height, spacing included."""
    width = sum(1.09 if ord(character) > 0x2E80 else 0.5 for character in title)
    return f"fit-{min(max(ceil(width), 3), 12)}"


@register.filter
def drawn(svg: str) -> SafeString:
    """An SVG drawn by `bulletin.pictures`, which escapes every name in it."""
    return mark_safe(svg)  # noqa: S308


@register.filter
def local(row: Any, name: str) -> str:
    """A field kept in two columns (`title`, `title_en`) in the language of the page."""
    english = getattr(row, f"{name}_en", "") if _language().startswith("en") else ""
    return english or getattr(row, name, "")
