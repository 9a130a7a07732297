"""The first lines of a list of work orders, found in the index without reading those that follow.

A list over several organisations and states is asked for as one query per organisation and state, each ordered and
limited by its own stretch of the index, put together by UNION ALL: so the cost is that of the lines shown, whether a
hundred work orders match or a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from paotui.registry.sql import Statement, marks
from paotui.work.queries.scope import Scope


class Span(NamedTuple):
    """A stretch of due times as SQL with its parameters, for example ("due_at < %s", [at])."""

    text: str
    params: Sequence[Any]


ALL = Span("1 = 1", ())


def orders(scope: Scope, states: Sequence[str], span: Span, limit: int) -> Statement:
    """Return the statement for the ids of the first work orders in `states`, earliest due first."""
    if scope.is_few:
        where = "district_id = %s AND organisation_id = %s AND state = %s"
        parts = [(scope.district_id, one, state) for one in scope.few for state in states]
        return _united("SELECT id, due_at FROM work_workorder", where, parts, span, limit)
    where = "district_id = %s AND state = %s"
    reach, paths = within(scope)
    parts = [(scope.district_id, state, *paths) for state in states]
    return _united("SELECT id, due_at FROM work_workorder", where + reach, parts, span, limit)


def beside(scope: Scope, states: Sequence[str], *, reviews: bool, limit: int) -> Statement:
    """Return the statement for the ids of the first work orders the few organisations review or take part in."""
    where = "district_id = %s AND organisation_id = %s AND reviews = %s AND state = %s"
    parts = [(scope.district_id, one, reviews, state) for one in scope.few for state in states]
    source = "SELECT work_order_id AS id, due_at FROM work_participation"
    return _united(source, where, parts, ALL, limit)


def along(column: str, value: int, district_id: int, states: Sequence[str], span: Span, limit: int) -> Statement:
    """Return the statement for the ids of the first work orders with `value` in a column indexed by due time."""
    parts = [(district_id, value, state) for state in states]
    where = f"district_id = %s AND {column} = %s AND state = %s"
    return _united("SELECT id, due_at FROM work_workorder", where, parts, span, limit)


def within(scope: Scope, *, or_led: bool = False) -> tuple[str, list[Any]]:
    """Return the condition that a row's `organisation_id` is in reach, to follow others, with its parameters.

    With `or_led`, work of task forces led from there is in reach as well.
    """
    if scope.is_whole:
        return "", []
    if scope.is_few and not or_led:
        return f" AND organisation_id IN ({marks(scope.few) or 'NULL'})", list(scope.few)
    likes = " OR ".join(["o.path LIKE %s"] * len(scope.paths)) or "1 = 0"
    paths = [f"{path}%" for path in scope.paths]
    reach = f"EXISTS (SELECT 1 FROM registry_organisation o WHERE o.id = organisation_id AND ({likes}))"  # noqa: S608
    if not or_led:
        return f" AND {reach}", paths
    led = f"""EXISTS (SELECT 1 FROM work_taskforce t JOIN registry_organisation o ON o.id = t.lead_id
              WHERE t.id = task_force_id AND ({likes}))"""  # noqa: S608
    return f" AND ({reach} OR {led})", [*paths, *paths]


def _united(source: str, where: str, parts: Sequence[Sequence[Any]], span: Span, limit: int) -> Statement:
    if not parts:
        return "SELECT id FROM work_workorder WHERE 1 = 0", ()
    one = f"SELECT * FROM ({source} WHERE {where} AND {span.text} ORDER BY due_at, id LIMIT {limit:d}) part"  # noqa: S608
    params = [value for part in parts for value in (*part, *span.params)]
    united = " UNION ALL ".join([one] * len(parts))
    return f"SELECT id FROM ({united}) united ORDER BY due_at, id LIMIT {limit:d}", params  # noqa: S608
