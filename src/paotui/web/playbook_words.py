"""A playbook in words: who, when it comes up, how often, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paotui.playbooks.schema import Condition, Due, Each, Measure, Playbook, Quota, Rounds, Text
from paotui.web import wording


@dataclass(frozen=True, slots=True)
class Words:
    """The playbook in one language."""

    playbook: Playbook
    language: str

    def said(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def title(self, id: str) -> str:
        return self.said(self.playbook.measure(id).title)

    def role(self, name: str) -> str:
        return next((self.said(role.label) for role in self.playbook.roles if role.name == name), name)

    def event(self, name: str) -> str:
        return next((self.said(event.label) for event in self.playbook.events if event.name == name), name)

    def fact(self, name: str) -> str:
        return next((self.said(fact.label) for fact in self.playbook.target.facts if fact.name == name), name)

    def measure(self, measure: Measure) -> dict[str, Any]:
        """Return what the page shows of `measure`."""
        return {
            "id": measure.id, "title": self.said(measure.title), "guide": self.said(measure.guide),
            "who": self.who(measure), "order": self.order(measure), "repeat": self.repeat(measure.repeat),
            "due": self.due(measure.due) if measure.due else "", "review": self.role(measure.review) if measure.review else "",
            "fields": [{"label": self.said(field.label), "unit": self.said(field.unit), "why": self.said(field.why)}
                       for field in measure.record],
            "evidence": [{"label": self.said(item.label), "why": self.said(item.why), "basis": item.basis,
                          "expires": item.expires} for item in measure.evidence],
        }  # fmt: skip

    def who(self, measure: Measure) -> str:
        names = [self.role(name) for name in measure.roles]
        if len(names) == 1:
            return names[0]
        listed = _(", ").join(names)
        return _("%(names)s together") % {"names": listed} if measure.mode == "together" else _("each of %(names)s") % {"names": listed}

    def order(self, measure: Measure) -> str:
        parts = []
        if measure.after:
            parts.append(_("after %(titles)s") % {"titles": _(", ").join(self.title(id) for id in measure.after)})
        if measure.on:
            conditions = self.conditions(measure.on.when, self.playbook.measure(measure.on.measure))
            trigger = self.title(measure.on.measure)
            parts.append(
                _("when %(title)s is recorded with %(conditions)s") % {"title": trigger, "conditions": conditions}
                if conditions
                else _("when %(title)s is recorded") % {"title": trigger}
            )
        if measure.when:
            parts.append(_("only where %(conditions)s") % {"conditions": self.conditions(measure.when, measure)})
        return _("; ").join(parts)

    def conditions(self, conditions: tuple[Condition, ...], measure: Measure) -> str:
        return _(" and ").join(self._condition(condition, measure) for condition in conditions)

    def _condition(self, condition: Condition, measure: Measure) -> str:
        fields = {field.name: field for field in (*measure.record, *self.playbook.target.facts)}
        name = condition.value or condition.fact
        field = fields.get(name or "")
        left = self.said(field.label) if field else name or _("the time")
        choices = {choice.value: self.said(choice.label) for choice in field.choices} if field else {}
        signs = {
            "is_": _("is"), "is_not": _("is not"), "in_": _("is one of"), "at_least": "≥", "at_most": "≤",
            "before": _("before"), "after": _("after"),
        }  # fmt: skip
        if condition.known is not None:
            return _("%(fact)s is known") % {"fact": left} if condition.known else _("%(fact)s is unknown") % {"fact": left}
        attribute = next(name for name in signs if getattr(condition, name) is not None)
        right = getattr(condition, attribute)
        values = right if isinstance(right, tuple) else (right,)
        return f"{left} {signs[attribute]} {_(', ').join(self._value(value, choices) for value in values)}"

    def _value(self, value: Any, choices: dict[str, str]) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return choices.get(value, str(value)) if isinstance(value, str) else str(value)

    def repeat(self, repeat: Quota | Rounds | Each | None) -> str:
        match repeat:
            case Quota():
                periods = {"week": _("week"), "month": _("month"), "quarter": _("quarter"), "year": _("year")}
                return _("at least %(n)d per %(period)s") % {"n": repeat.at_least, "period": periods[repeat.per]}
            case Rounds():
                return _("every %(n)d minutes around %(event)s") % {"n": repeat.every_minutes, "event": self.event(repeat.around)}
            case Each():
                event = self.event(repeat.each)
                return _("each day of %(event)s") % {"event": event} if repeat.by == "day" else _("each %(event)s") % {"event": event}
        return ""

    def due(self, due: Due) -> str:
        start = self._start(due.after)
        if due.working_days is not None:
            return _within(due.working_days, start, "working")
        if due.calendar_days is not None:
            return _within(due.calendar_days, start, "calendar")
        if due.hours is not None:
            return _("%(n)s hours from %(start)s") % {"n": due.hours.normalize(), "start": start}
        if due.before is not None:
            return _("before %(clock)s on %(days)s") % {"clock": f"{due.before:%H:%M}", "days": self._days(due)}
        if due.end_of is not None:
            ends = {"month": _("by the end of the month"), "year": _("by the end of the year"), "period": _("by the end of the period")}
            return ends[due.end_of]
        if due.statutory is not None:
            return _("%(days)d working days from %(start)s, %(extension)d more if %(approver)s grants them") % {
                "days": due.statutory.days, "extension": due.statutory.extension, "start": start,
                "approver": self.role(due.statutory.approver),
            }  # fmt: skip
        return _("when %(event)s ends") % {"event": self.event(due.at_end_of or "")}

    def _start(self, after: str) -> str:
        if after == "launch":
            return _("launch")
        if after == "ready":
            return _("the moment it can be done")
        for measure in self.playbook.measures:
            if measure.id == after:
                return self.said(measure.title)
        return self.fact(after) if any(fact.name == after for fact in self.playbook.target.facts) else self.event(after)

    def _days(self, due: Due) -> str:
        if isinstance(due.on, tuple):
            return _(", ").join(wording.day(day, self.language) for day in due.on)
        return self.event(due.on or "")


def _within(days: int, start: str, kind: str) -> str:
    if days == 0:
        return _("on the day of %(start)s") % {"start": start}
    if kind == "working":
        return ngettext("%(n)d working day after %(start)s", "%(n)d working days after %(start)s", days) % {"n": days, "start": start}
    return ngettext("%(n)d day after %(start)s", "%(n)d days after %(start)s", days) % {"n": days, "start": start}
