"""How long a text may be: PostgreSQL refuses what the column cannot hold, SQLite would keep it; here both say so."""

from __future__ import annotations

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from paotui.registry.errors import Invalid


def limit(model: type[Model], field: str) -> int | None:
    """Return how many characters a field holds, None for one without such a limit."""
    found = model._meta.get_field(field)
    return found.max_length if isinstance(found, CharField) else None


def too_long(text: str, most: int | None) -> str:
    """Return the sentence saying that `text` is longer than `most`; empty when it is not."""
    if most is None or len(text) <= most:
        return ""
    sentence = _("%(start)s… has %(length)d characters, and there is room for %(most)d: shorten it.")
    return sentence % {"start": text[:12], "length": len(text), "most": most}


def check(row: Model) -> None:
    """Raise Invalid when a text of `row` is longer than its column."""
    said = [
        (field.name, too_long(str(getattr(row, field.name) or ""), field.max_length))
        for field in row._meta.concrete_fields
        if isinstance(field, CharField)
    ]
    problems = [(name, sentence) for name, sentence in said if sentence]
    if problems:
        raise Invalid(problems, what=problems[0][0])
