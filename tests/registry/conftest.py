"""Refusals of these tests are read in English; rosters are imported into a district of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from paotui.registry.actions import rosters
from paotui.registry.actors import Actor
from tests.factories import registry as make
from tests.factories import sheets
from tests.registry.roster_desk import FIRMS


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def district():
    return make.district()


@pytest.fixture
def bring(district):
    """Import a table, by the system unless said otherwise."""

    def bring(rows, playbook=FIRMS, *, by=None, at=make.AT, key="sample", merged=(), **rest):
        data = rows if isinstance(rows, bytes) else sheets.workbook(rows, merged=merged)
        return rosters.import_file(
            district=district, path_or_bytes=data, name="样本名册.xlsx", playbook=playbook, key=key, title="样本名册",
            by=by or Actor.system(district), at=at, **rest,
        )  # fmt: skip

    return bring
