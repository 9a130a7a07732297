"""A playbook as the page shows it, measure by measure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from paotui.playbooks.schema import Field, Measure, Text
from paotui.playbooks.wording import Wording


class Words(Wording):
    """The playbook in one language, arranged for reading."""

    def said(self, text: Text | None) -> str:
        return self.text(text) if text else ""

    def title(self, id: str) -> str:
        return self.text(self.playbook.measure(id).title)

    def role(self, name: str) -> str:
        return self.roles.get(name, name)

    def measure(self, measure: Measure) -> dict[str, Any]:
        """Return what the page shows of `measure`."""
        return {
            "id": measure.id, "title": self.text(measure.title), "guide": self.said(measure.guide),
            "who": self.who(measure), "order": self.order(measure),
            "repeat": self.repeat(measure.repeat) if measure.repeat else "",
            "due": self.due(measure.due) if measure.due else "",
            "review": self.role(measure.review) if measure.review else "",
            "fields": [self.field(field) for field in measure.record],
            "evidence": [{"label": self.text(item.label), "why": self.said(item.why), "basis": item.basis,
                          "expires": item.expires} for item in measure.evidence],
        }  # fmt: skip

    def field(self, field: Field) -> dict[str, str]:
        return {"label": self.text(field.label), "unit": self.said(field.unit), "why": self.said(field.why)}

    def who(self, measure: Measure) -> str:
        names = [self.role(name) for name in measure.roles]
        if len(names) == 1:
            return names[0]
        listed = _(", ").join(names)
        if measure.mode == "together":
            return _("%(names)s together") % {"names": listed}
        return _("each of %(names)s") % {"names": listed}

    def order(self, measure: Measure) -> str:
        return _("; ").join(
            part for part in (self._after(measure), self._trigger(measure), self._when(measure)) if part
        )

    def _after(self, measure: Measure) -> str:
        titles = _(", ").join(self.title(id) for id in measure.after)
        return _("after %(titles)s") % {"titles": titles} if titles else ""

    def _trigger(self, measure: Measure) -> str:
        if measure.on is None:
            return ""
        said = {"title": self.title(measure.on.measure), "conditions": self.conditions(measure.on.when)}
        if measure.on.when:
            return _("when %(title)s is recorded with %(conditions)s") % said
        return _("when %(title)s is recorded") % said

    def _when(self, measure: Measure) -> str:
        return _("only where %(conditions)s") % {"conditions": self.conditions(measure.when)} if measure.when else ""
