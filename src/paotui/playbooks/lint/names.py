"""Names: everything referred to exists, nothing is called twice by one name."""

from __future__ import annotations

from collections.abc import Iterable

from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.schema import Each, Field, Measure, Rounds

FIXED_STARTS = ("launch", "ready")


def check(finder: Finder) -> None:
    _duplicates(finder)
    _events(finder)
    for path, measure in finder.each_measure():
        _references(finder, path, measure)
    for path, field in finder.each_field():
        _same_as(finder, path, field)


def _duplicates(finder: Finder) -> None:
    book = finder.playbook
    _once(finder, "target.facts", [one.name for one in book.target.facts])
    _once(finder, "roles", [one.name for one in book.roles])
    _once(finder, "events", [one.name for one in book.events])
    _once(finder, "measures", [one.id for one in book.measures])
    _once(finder, "figures", [one.id for one in book.figures])
    for path, measure in finder.each_measure():
        _once(finder, f"{path}.record", [one.name for one in measure.record])
    for path, field in finder.each_field():
        _once(finder, f"{path}.choices", [one.value for one in field.choices])


def _once(finder: Finder, path: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            finder.add(
                f"{path}[{place}]",
                "duplicate-name",
                (f"“{name}”已经用过", f"{name} is there already"),
                ("请改名或删除一处。", "Rename it, or remove one of the two."),
            )
        seen.add(name)


def _events(finder: Finder) -> None:
    for place, event in enumerate(finder.playbook.events):
        if event.fact is None:
            continue
        path = f"events[{place}].fact"
        if finder.known(path, event.fact, finder.facts, "对象信息", "fact"):
            kind = finder.facts[event.fact].type
            if kind not in ("date", "datetime"):
                finder.add(
                    path,
                    "event-fact",
                    (f"“{event.fact}”不是日期", f"{event.fact} is of type {kind} and gives no date"),
                    ("事件要用 date 或 datetime 类型的信息。", "Name a fact of type date or datetime."),
                )


def _references(finder: Finder, path: str, measure: Measure) -> None:
    for place, name in enumerate(measure.roles):
        finder.known(f"{path}.roles[{place}]", name, finder.roles, "角色", "role")
    if measure.review:
        finder.known(f"{path}.review", measure.review, finder.roles, "角色", "role")
    for place, name in enumerate(measure.after):
        finder.known(f"{path}.after[{place}]", name, finder.measures, "措施", "measure")
    if measure.on:
        finder.known(f"{path}.on.measure", measure.on.measure, finder.measures, "措施", "measure")
    match measure.repeat:
        case Each(each=name):
            finder.known(f"{path}.repeat.each", name, finder.events, "事件", "event")
        case Rounds(around=name):
            finder.known(f"{path}.repeat.around", name, finder.events, "事件", "event")
    _due(finder, f"{path}.due", measure)


def _due(finder: Finder, path: str, measure: Measure) -> None:
    due = measure.due
    if due is None:
        return
    if due.statutory:
        finder.known(f"{path}.statutory.approver", due.statutory.approver, finder.roles, "角色", "role")
    if due.at_end_of:
        finder.known(f"{path}.at_end_of", due.at_end_of, finder.events, "事件", "event")
    if isinstance(due.on, str):
        finder.known(f"{path}.on", due.on, finder.events, "事件", "event")
    if due.after in FIXED_STARTS:
        return
    places = [names for names in (finder.measures, finder.events, finder.facts) if due.after in names]
    everything = [*FIXED_STARTS, *finder.measures, *finder.events, *finder.facts]
    if len(places) > 1:
        finder.add(
            f"{path}.after",
            "ambiguous-name",
            (f"“{due.after}”既是措施、事件或信息中的一种，又是另一种", f"{due.after} names more than one thing"),
            ("请给其中一个改名。", "Rename the measure, the event or the fact."),
        )
    elif (
        finder.known(f"{path}.after", due.after, everything, "起算点", "start to count from")
        and due.after in finder.facts
    ):
        _date_fact(finder, f"{path}.after", finder.facts[due.after])


def _date_fact(finder: Finder, path: str, fact: Field) -> None:
    if fact.type not in ("date", "datetime"):
        finder.add(
            path,
            "due-fact",
            (f"“{fact.name}”不是日期", f"{fact.name} is of type {fact.type} and gives no date"),
            ("请从 date 或 datetime 类型的信息起算。", "Count from a fact of type date or datetime."),
        )


def _same_as(finder: Finder, path: str, field: Field) -> None:
    if field.same_as is None:
        return
    known = {f"target.{fact}": one for fact, one in finder.facts.items()}
    known |= {f"{measure.id}.{one.name}": one for measure in finder.playbook.measures for one in measure.record}
    if not finder.known(f"{path}.same_as", field.same_as, known, "项目", "field"):
        return
    if known[field.same_as].type != field.type:
        finder.add(
            f"{path}.same_as",
            "same-as-type",
            (
                f"与 {field.same_as} 类型不同",
                f"{field.same_as} is of type {known[field.same_as].type}, not {field.type}",
            ),
            ("同一项信息类型要一致。", "Give both the same type."),
        )
