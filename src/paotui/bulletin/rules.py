"""What a bulletin may become, and by whom; plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from paotui.bulletin import markup, numerals
from paotui.registry import rules
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid


def check_can_write(actor: Actor | None, organisation_path: str) -> None:
    rules.check_can(actor, "bulletin.write", scope_paths=[organisation_path])


def check_can_sign(actor: Actor | None, organisation_path: str) -> None:
    rules.check_can(actor, "bulletin.sign", scope_paths=[organisation_path])


def check_is_draft(is_signed: bool) -> None:
    """Raise Conflict for a bulletin already signed: what was published is not rewritten."""
    if is_signed:
        raise Conflict(
            _("This bulletin has been signed off; its words and figures stand as they were."),
            what="bulletin",
            remedy=_("Write a new bulletin that says what has changed."),
        )


def check_sourced(texts: Mapping[str, str]) -> None:
    """Raise Invalid naming every number in `texts` (by field) that no figure stands behind, and every faulty brace."""
    problems = [problem for field, text in texts.items() for problem in _problems(field, text)]
    if problems:
        raise Invalid(
            problems,
            what="bulletin",
            remedy=_("Put a figure in its place, or mark words that are a name and not a count with {label:…}."),
        )


def _problems(field: str, text: str) -> list[tuple[str, str]]:
    try:
        found = numerals.unsourced(text)
    except markup.MarkupFault as fault:
        sentence = _("“%(text)s” at character %(position)d is no figure, date or label.")
        return [(field, sentence % {"text": fault.text, "position": fault.position + 1})]
    sentence = _("“%(text)s” in “…%(around)s…” (character %(position)d) has no figure behind it.")
    return [(field, sentence % {"text": one.text, "around": one.around, "position": one.position + 1}) for one in found]


def check_have_values(values: Mapping[str, Decimal | None]) -> None:
    """Raise Invalid naming figures that say nothing: a rate over nothing cannot be printed."""
    silent = [name for name, value in values.items() if value is None]
    if silent:
        sentence = _("%(name)s has no value: there is nothing it could be a share of.")
        raise Invalid(
            [("body", sentence % {"name": name}) for name in silent],
            what="bulletin",
            remedy=_("Take the figure out, or wait until work of that kind has been planned."),
        )
