"""A playbook said in words, in one language: who, under what condition, how often, by when."""

from __future__ import annotations

from paotui.playbooks.schema import Condition, Due, Each, Measure, Playbook, Quota, Rounds, Text
from paotui.worktime import LocalText

UNITS = {"week": LocalText("周", "week"), "month": LocalText("月", "month"), "quarter": LocalText("季度", "quarter"),
         "year": LocalText("年", "year")}  # fmt: skip
ENDS = {
    "month": LocalText("当月底前", "by the end of the month"),
    "year": LocalText("当年底前", "by the end of the year"),
    "period": LocalText("专班结束前", "by the end of the period"),
}
SIGNS = {"is_": "=", "is_not": "≠", "in_": "∈", "at_least": "≥", "at_most": "≤", "before": "<", "after": ">"}


class Wording:
    """Says the parts of a playbook in one language."""

    def __init__(self, playbook: Playbook, language: str) -> None:
        self.playbook, self.language = playbook, language
        self.roles = {role.name: self.text(role.label) for role in playbook.roles}
        self.events = {event.name: self.text(event.label) for event in playbook.events}

    def text(self, text: Text | LocalText) -> str:
        return text.in_language(self.language)

    def say(self, zh: str, en: str) -> str:
        return LocalText(zh, en).in_language(self.language)

    def details(self, measure: Measure) -> list[str]:
        """Return what is to be known of a measure beside its title, one phrase each."""
        found = []
        others = [self.roles.get(name, name) for name in measure.roles[1:]]
        if others:
            beside = self.say("、", ", ").join(others)
            each = measure.mode == "each"
            found.append(
                self.say("各自：" if each else "会同：", "also, each on its own: " if each else "together with: ")
                + beside
            )
        if measure.when:
            found.append(self.say("仅当 ", "only if ") + self.conditions(measure.when))
        if measure.repeat:
            found.append(self.repeat(measure.repeat))
        if measure.due:
            found.append(self.due(measure.due))
        return found

    def conditions(self, conditions: tuple[Condition, ...]) -> str:
        return self.say("，且 ", " and ").join(self.condition(one) for one in conditions)

    def condition(self, one: Condition) -> str:
        fields = [*self.playbook.target.facts, *(field for m in self.playbook.measures for field in m.record)]
        field = next((field for field in fields if field.name == (one.fact or one.value)), None)
        left = self.text(field.label) if field else self.say("时刻", "time of day")
        name, right = one.comparison
        if name == "known":
            return left + (self.say(" 已知", " is known") if right else self.say(" 未知", " is not known"))
        labels = {choice.value: self.text(choice.label) for choice in field.choices} if field else {}
        values = right if isinstance(right, tuple) else (right,)
        return f"{left} {SIGNS[name]} {self.say('、', ', ').join(self.value(value, labels) for value in values)}"

    def value(self, value: object, labels: dict[str, str]) -> str:
        if isinstance(value, bool):
            return self.say("是", "yes") if value else self.say("否", "no")
        return labels.get(str(value), str(value))

    def repeat(self, repeat: Quota | Rounds | Each) -> str:
        match repeat:
            case Quota(at_least=n, per=per):
                return self.say(f"每{UNITS[per].zh}至少 {n} 次", f"at least {n} a {UNITS[per].en}")
            case Rounds(every_minutes=n, around=name):
                event = self.events.get(name, name)
                return self.say(f"{event}前后每 {n} 分钟一轮", f"every {n} minutes around: {event}")
            case Each(each=name, by=by):
                event = self.events.get(name, name)
                zh, en = ("每天", "every day of") if by == "day" else ("每场", "each")
                return self.say(f"{event}{zh}一次", f"once for {en}: {event}")

    def due(self, due: Due) -> str:
        start = self.start(due.after)
        if due.working_days is not None:
            return self.say(f"{start} {due.working_days} 个工作日内", f"{due.working_days} working days after {start}")
        if due.calendar_days is not None:
            return self.say(f"{start} {due.calendar_days} 日内", f"{due.calendar_days} days after {start}")
        if due.hours is not None:
            return self.say(f"{start} {due.hours} 小时内", f"{due.hours} hours after {start}")
        if due.statutory is not None:
            days, more = due.statutory.days, due.statutory.extension
            return self.say(
                f"{start} 法定 {days}+{more} 个工作日", f"{days}+{more} statutory working days after {start}"
            )
        if due.end_of is not None:
            return self.text(ENDS[due.end_of])
        if due.at_end_of is not None:
            event = self.events.get(due.at_end_of, due.at_end_of)
            return self.say(f"{event}结束前", f"by the end of: {event}")
        on = self.events.get(due.on, due.on) if isinstance(due.on, str) else ", ".join(map(str, due.on or ()))
        return self.say(f"{on}当天 {due.before:%H:%M} 前", f"before {due.before:%H:%M} on: {on}")

    def start(self, after: str) -> str:
        fixed = {"launch": ("启动后", "the launch"), "ready": ("可以开始后", "it may start")}
        if after in fixed:
            return self.say(*fixed[after])
        titles = {measure.id: self.text(measure.title) for measure in self.playbook.measures}
        facts = {fact.name: self.text(fact.label) for fact in self.playbook.target.facts}
        name = titles.get(after) or self.events.get(after) or facts.get(after, after)
        return self.say(f"{name}后", name)
