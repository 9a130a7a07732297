"""The editor's desk for every test of this room that needs a database."""

from __future__ import annotations

import pytest

from .desk import Desk, open_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return open_desk()
