"""The sample district, replayed once for all tests of a module and taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from paotui.registry.models import District
from paotui.samples.erqi import replay


@pytest.fixture(scope="module")
def replayed(django_db_setup: None, django_db_blocker: Any) -> Iterator[District]:
    """Yield the district after the whole replay; each test's own changes are undone by its own transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield replay.run()
        transaction.set_rollback(True)


@pytest.fixture
def erqi(replayed: District, db: None) -> District:
    return replayed
