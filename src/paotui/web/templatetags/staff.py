"""Template tags of the staff screens: menu, icons, states, bars."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from paotui.web import access, ledger_words
from paotui.web.navigation import menu_for
from paotui.work.states import WorkState

register = template.Library()

STATE_SIGNS = {
    "waiting": "…", "ready": "○", "paused": "‖", "submitted": "◐", "returned": "↩", "done": "✓", "waived": "–",
    "cancelled": "×",
}  # fmt: skip
BAR_ORDER = ("done", "waived", "submitted", "returned", "ready", "paused", "waiting")


@register.inclusion_tag("components/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    match = request.resolver_match
    return {"groups": menu_for(getattr(request, "actor", None), match.url_name if match else "")}


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], route: str, method: str = "GET") -> bool:
    """Whether the person signed in may call `route`."""
    return access.allows(getattr(context["request"], "actor", None), route, method)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("vendor/icons/sprite.svg"), name
    )


@register.simple_tag
def once() -> SafeString:
    """A hidden key: the same form sent twice acts once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4().hex)


@register.inclusion_tag("components/state.html")
def state(name: str, late: bool = False) -> dict[str, Any]:
    return {"name": name, "label": WorkState(name).label, "sign": STATE_SIGNS[name], "late": late}


@register.filter
def sign(name: str) -> str:
    return STATE_SIGNS[name]


@register.filter
def state_label(name: str) -> str:
    return str(WorkState(name).label)


@register.filter
def entry_text(entry: Any) -> str:
    """A ledger entry in words."""
    return ledger_words.action(entry.action, entry.text)


@register.filter
def subject_name(name: str) -> str:
    return ledger_words.subject(name)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key, "")


@register.inclusion_tag("components/bar.html")
def bar(tally: Any) -> dict[str, Any]:
    """A bar of the states of a tally, as SVG rectangles of a width of 100 altogether."""
    whole = max(tally.total, 1)
    segments, start = [], 0.0
    for name in BAR_ORDER:
        width = 100 * getattr(tally, name) / whole
        if width:
            segments.append({"state": name, "x": f"{start:.3f}", "width": f"{width:.3f}"})
            start += width
    return {"segments": segments, "tally": tally}


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int, overdue: int = 0) -> dict[str, Any]:
    whole = max(total, 1)
    return {
        "done": done, "total": total, "overdue": overdue, "width": f"{100 * done / whole:.3f}",
        "late": f"{100 * overdue / whole:.3f}", "percent": 100 * done // whole,
    }  # fmt: skip


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The address's query with `changes` made; None takes a parameter away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value is not None:
            parameters[name] = value
    return f"?{parameters.urlencode()}"
