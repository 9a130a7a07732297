"""What all tests share: which of them use a database, and the fixtures of the browser tests."""

from __future__ import annotations

import os
import shutil

import hypothesis
import pytest
from django.conf import settings

# A run that decides about a change is repeatable; everybody else's looks for the case nobody thought of.
hypothesis.settings.register_profile("repeatable", derandomize=True, database=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("repeatable")

pytest_plugins = ["tests.browser.fixtures"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "client", "admin_client"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a database, so that exactly that runs on PostgreSQL again; leave out what is of the other one."""
    there = "sqlite" if settings.ON_SQLITE else "postgresql"
    other = [item for item in items if (mark := item.get_closest_marker("only_on")) and mark.args != (there,)]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in other]
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)


def pytest_unconfigure() -> None:
    from tests.settings import VAR_FOR_TESTS

    shutil.rmtree(VAR_FOR_TESTS, ignore_errors=True)
