"""A replay that stops on the way, on a database of its own."""

from __future__ import annotations

import pytest

from paotui.samples.erqi import replay
from paotui.samples.erqi.events import moment
from paotui.work.models import Record, TaskForce

pytestmark = pytest.mark.django_db


def test_a_replay_stops_when_told_to():
    district = replay.run(until=moment(3, 10, 18))
    entered = Record.objects.filter(district=district).order_by("-entered_at").values_list("entered_at", flat=True)
    assert entered[0] <= moment(3, 10, 18)
    assert {one.playbook.key for one in TaskForce.objects.select_related("playbook")} == {
        "s4-core-sessions", "s4-members", "s5-labour", "s5-refund",
    }  # fmt: skip


def test_progress_counts_up_to_the_end():
    told = []
    replay.run(until=moment(3, 3, 18), progress=lambda done, total, label: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == len(told)
