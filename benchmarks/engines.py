"""A case of five steps, each step made durable by itself: our actions beside django-fsm-2 and SpiffWorkflow.

The peers load the case, make the step and save it, which is what a step made by another person on another day takes.
"history" locks the row and writes a row of history with it; "record, counters" keeps what was recorded and two counters
as well, as our actions always do. Ours moreover check the values, release what waits with its deadline and chain the
ledger by hashes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import district
import place

STEPS = 5


def measure_ours(size: int) -> None:
    from paotui.registry.actors import Actor
    from paotui.registry.models import District
    from paotui.work.actions import work_orders
    from paotui.work.models import WorkOrder

    by = Actor.system(District.objects.get())
    of = district.in_order(STEPS)
    with place.Meter() as meter:
        district.launch(of)
        # The peers know the number of a case, we that of a work order; ours loads what it changes in the action.
        columns = WorkOrder.objects.order_by("case_id", "measure").values("id", "district_id", "case_id", "measure")
        for one in columns:
            order, step = WorkOrder(**one), int(one["measure"][1:])
            at = district.AT + dt.timedelta(hours=step + 1)
            work_orders.complete(work_order=order, values={"items": step}, by=by, at=at)
    place.say(seconds=meter.seconds, processor=meter.processor, cases=size)


def measure_ours_together(size: int) -> None:
    """The five steps of a case entered in one call, as a clerk who comes back with a pile of papers does."""
    from paotui.registry.actors import Actor
    from paotui.registry.models import District
    from paotui.work.actions import work_orders
    from paotui.work.models import WorkOrder

    by = Actor.system(District.objects.get())
    of = district.in_order(STEPS)
    with place.Meter() as meter:
        district.launch(of)
        found = WorkOrder.objects.order_by("case_id", "measure").values("id", "district_id", "case_id", "measure")
        for _case, orders in itertools.groupby(found, key=lambda one: one["case_id"]):
            items = [(WorkOrder(**one), {"items": 1}, district.AT) for one in orders]
            work_orders.complete_many(items=items, by=by, at=district.AT + dt.timedelta(hours=1))
    place.say(seconds=meter.seconds, processor=meter.processor, cases=size)


def measure_fsm(size: int, *, promise: str) -> None:
    """Take the steps with django-fsm-2: "bare", with a row of "history", or with "everything" ours keep as well."""
    from django.db import connection, transaction
    from django.db.models import F

    case, entry, record, counter = _fsm_models()
    with connection.schema_editor() as editor:
        for model in (case, entry, record, counter):
            editor.create_model(model)
    for number in range(STEPS + 1):
        counter.objects.create(state=f"s{number}", number=size)

    def move(one: Any, number: int) -> None:
        getattr(one, f"step{number}")()
        one.save()

    def step(pk: int, number: int) -> None:
        if promise == "bare":
            move(case.objects.get(pk=pk), number)
            return
        with transaction.atomic():
            one = case.objects.select_for_update().get(pk=pk)
            move(one, number)
            entry.objects.create(case=one, state=one.state, at=district.AT, by="clerk", note="")
            if promise == "everything":
                record.objects.create(case=one, at=district.AT, by="clerk", values={"items": number})
                counter.objects.filter(state=f"s{number}").update(number=F("number") - 1)
                counter.objects.filter(state=f"s{number + 1}").update(number=F("number") + 1)

    with place.Meter() as meter:
        for _ in range(size):
            pk = case.objects.create().pk
            for number in range(STEPS):
                step(pk, number)
    place.say(seconds=meter.seconds, processor=meter.processor, cases=size)


def _fsm_models() -> list[Any]:
    from django.db import models
    from django_fsm import FSMField, transition

    state = FSMField(default="s0")
    moves = {
        f"step{number}": transition(field=state, source=f"s{number}", target=f"s{number + 1}")(lambda self: None)
        for number in range(STEPS)
    }
    case = _model("Case", state=state, **moves)
    said = {"at": models.DateTimeField(), "by": models.CharField(max_length=60)}
    entry = _model(
        "Entry", case=models.ForeignKey(case, models.CASCADE), state=models.CharField(max_length=20),
        note=models.CharField(max_length=200), **{name: field.clone() for name, field in said.items()},
    )  # fmt: skip
    record = _model("Record", case=models.ForeignKey(case, models.CASCADE), values=models.JSONField(), **said)
    counter = _model("Counter", state=models.CharField(max_length=20, unique=True), number=models.IntegerField())
    return [case, entry, record, counter]


def _model(name: str, **body: Any) -> Any:
    from django.db import models

    meta = type("Meta", (), {"app_label": "bench"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **body})


def measure_spiff(size: int) -> None:
    from django.db import connection, models
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.util.task import TaskState

    kept = _model("Kept", state=models.TextField())
    with connection.schema_editor() as editor:
        editor.create_model(kept)
    parser = BpmnParser()
    parser.add_bpmn_str(_bpmn().encode())
    spec = parser.get_spec("bench")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    with place.Meter() as meter:
        for _ in range(size):
            workflow = BpmnWorkflow(spec)
            workflow.do_engine_steps()
            pk = kept.objects.create(state=serializer.serialize_json(workflow)).pk
            for number in range(STEPS):
                row = kept.objects.get(pk=pk)
                workflow = serializer.deserialize_json(row.state)
                (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
                task.data["items"] = number
                task.run()
                workflow.do_engine_steps()
                row.state = serializer.serialize_json(workflow)
                row.save()
            assert workflow.is_completed()
    place.say(seconds=meter.seconds, processor=meter.processor, cases=size)


def _bpmn() -> str:
    names = ["start", *(f"task{number}" for number in range(STEPS)), "end"]
    tasks = "".join(f'<bpmn:manualTask id="{name}" name="{name}"/>' for name in names[1:-1])
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{one}" targetRef="{other}"/>'
        for number, (one, other) in enumerate(itertools.pairwise(names))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">'
        f'<bpmn:process id="bench" isExecutable="true"><bpmn:startEvent id="start"/>{tasks}<bpmn:endEvent id="end"/>'
        f"{flows}</bpmn:process></bpmn:definitions>"
    )


ENGINES = {
    "ours, step by step": "case-ours",
    "ours, a case in one call": "case-ours-together",
    "django-fsm-2": "case-fsm-bare",
    "django-fsm-2, history": "case-fsm-history",
    "django-fsm-2, history, record, counters": "case-fsm-everything",
    "SpiffWorkflow": "case-spiff",
}
UNITS = ("seconds", "processor")


def measure(part: str, size: int) -> None:
    """Take one engine through so many cases."""
    if part == "case-ours":
        measure_ours(size)
    elif part == "case-ours-together":
        measure_ours_together(size)
    elif part == "case-spiff":
        measure_spiff(size)
    else:
        measure_fsm(size, promise=part.removeprefix("case-fsm-"))


def compare(where: place.SQLite | place.PostgreSQL, cases: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return milliseconds per case by engine, the best of some rounds in turn, each in a database of its own."""
    found: dict[str, dict[str, float]] = {}
    for name, part in [*ENGINES.items()] * rounds:
        url = where.create("case")
        place.measured("prepare", url, size=cases * district.MEASURES)
        one = place.measured(part, url, size=cases)
        where.drop("case")
        spent = {unit: one[unit] / cases * 1000 for unit in UNITS}
        best = found.setdefault(name, spent)
        found[name] = {unit: min(best[unit], spent[unit]) for unit in UNITS}
    return found
