"""The refusal of a whole file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paotui.registry.errors import Invalid


def wrong(name: str, why: str, remedy: str) -> Invalid:
    """Return the refusal of the file `name`: why it cannot be read, and what to do."""
    sentence = _("%(name)s cannot be read: %(why)s.") % {"name": name, "why": why}
    return Invalid([("file", sentence)], what=name, remedy=remedy)
