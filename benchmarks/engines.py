"""A case of five steps, each step made durable by itself: our actions beside django-fsm-2 and SpiffWorkflow.

The peers load the case, make the step and save it, which is what a step made by another person on another day takes.
"with history" adds what our actions always do: the row is locked and a row of history is written with it. Ours moreover
validate the record, release what waits with its deadline, keep the counters and chain the ledger by hashes.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
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
    started = time.perf_counter()
    district.launch(of)
    # The peers know the number of a case, we that of a work order; all load what they change, ours inside the action.
    columns = WorkOrder.objects.order_by("case_id", "measure").values("id", "district_id", "case_id", "measure")
    for one in columns:
        order, step = WorkOrder(**one), int(one["measure"][1:])
        at = district.AT + dt.timedelta(hours=step + 1)
        work_orders.complete(work_order=order, values={"items": step}, by=by, at=at)
    place.say(seconds=time.perf_counter() - started, cases=size)


def measure_ours_together(size: int) -> None:
    """The five steps of a case entered in one call, as a clerk who comes back with a pile of papers does."""
    from paotui.registry.actors import Actor
    from paotui.registry.models import District
    from paotui.work.actions import work_orders
    from paotui.work.models import WorkOrder

    by = Actor.system(District.objects.get())
    of = district.in_order(STEPS)
    started = time.perf_counter()
    district.launch(of)
    found = WorkOrder.objects.order_by("case_id", "measure").values("id", "district_id", "case_id", "measure")
    for _case, orders in itertools.groupby(found, key=lambda one: one["case_id"]):
        items = [(WorkOrder(**one), {"items": 1}, district.AT) for one in orders]
        work_orders.complete_many(items=items, by=by, at=district.AT + dt.timedelta(hours=1))
    place.say(seconds=time.perf_counter() - started, cases=size)


def measure_fsm(size: int, *, history: bool) -> None:
    from django.db import connection, transaction

    case, entry = _fsm_models()
    with connection.schema_editor() as editor:
        editor.create_model(case)
        editor.create_model(entry)

    def step(pk: int, number: int) -> None:
        if not history:
            one = case.objects.get(pk=pk)
            getattr(one, f"step{number}")()
            one.save()
            return
        with transaction.atomic():
            one = case.objects.select_for_update().get(pk=pk)
            getattr(one, f"step{number}")()
            one.save()
            entry.objects.create(case=one, state=one.state, at=district.AT, by="clerk", note="")

    started = time.perf_counter()
    for _ in range(size):
        pk = case.objects.create().pk
        for number in range(STEPS):
            step(pk, number)
    place.say(seconds=time.perf_counter() - started, cases=size)


def _fsm_models() -> tuple[Any, Any]:
    from django.db import models
    from django_fsm import FSMField, transition

    state = FSMField(default="s0")
    body: dict[str, Any] = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "bench"}), "state": state}
    for number in range(STEPS):
        move = transition(field=state, source=f"s{number}", target=f"s{number + 1}")
        body[f"step{number}"] = move(lambda self: None)
    case = type("Case", (models.Model,), body)
    entry = type("Entry", (models.Model,), {
        "__module__": __name__, "Meta": type("Meta", (), {"app_label": "bench"}),
        "case": models.ForeignKey(case, models.CASCADE), "state": models.CharField(max_length=20),
        "at": models.DateTimeField(), "by": models.CharField(max_length=60), "note": models.CharField(max_length=200),
    })  # fmt: skip
    return case, entry


def measure_spiff(size: int) -> None:
    from django.db import connection, models
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.util.task import TaskState

    kept = type("Kept", (models.Model,), {
        "__module__": __name__, "Meta": type("Meta", (), {"app_label": "bench"}), "state": models.TextField(),
    })  # fmt: skip
    with connection.schema_editor() as editor:
        editor.create_model(kept)
    parser = BpmnParser()
    parser.add_bpmn_str(_bpmn().encode())
    spec = parser.get_spec("bench")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    started = time.perf_counter()
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
    place.say(seconds=time.perf_counter() - started, cases=size)


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


PEERS = {
    "ours, step by step": "case-ours",
    "ours, a case in one call": "case-ours-together",
    "django-fsm-2": "case-fsm",
    "django-fsm-2 with history": "case-fsm-history",
    "SpiffWorkflow": "case-spiff",
}


def compare(where: place.SQLite | place.PostgreSQL, cases: int, rounds: int) -> dict[str, float]:
    """Return cases per second by engine, the best of some rounds in turn, each in a database of its own."""
    found: dict[str, float] = dict.fromkeys(PEERS, 0.0)
    for _ in range(rounds):
        for name, part in PEERS.items():
            url = where.create("case")
            place.measured("prepare", url, size=cases * district.MEASURES)
            one = place.measured(part, url, size=cases)
            found[name] = max(found[name], one["cases"] / one["seconds"])
            where.drop("case")
    return found
