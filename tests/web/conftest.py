"""The office the screens are tested on, and clients signed in to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.web.office import Office, open_office


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    # The middleware for static files warns of a folder nobody has collected into, and warnings are errors.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def office(db: None) -> Office:
    return open_office()


@pytest.fixture
def signed_in(office: Office) -> Callable[[str], Client]:
    """Return a client signed in with the account of a role."""

    def client(role: str) -> Client:
        found = Client()
        found.force_login(office.accounts[role], backend="django.contrib.auth.backends.ModelBackend")
        return found

    return client
