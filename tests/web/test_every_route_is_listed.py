"""Every route in the resolver × every method × every role, and somebody of another district."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from paotui.web import access
from tests.web import matrix
from tests.web.office import Office, open_office

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TABLE = {"GET": matrix.GET, "POST": matrix.POST}
ROUTES = sorted(pattern.name for pattern in get_resolver().url_patterns[0].url_patterns)
ANSWERED = {200, 302, 400, 409, 422}

pytestmark = pytest.mark.django_db


def test_every_route_is_in_the_table_and_every_line_of_the_table_is_a_route() -> None:
    assert set(ROUTES) == set(matrix.GET) | set(matrix.POST) == set(access.ACCESS)


def test_no_address_is_served_without_its_guard() -> None:
    unguarded = [p.name for p in get_resolver().url_patterns[0].url_patterns if not hasattr(p.callback, "route_name")]
    assert unguarded == []
    assert [str(resolver.pattern) for resolver in get_resolver().url_patterns] == [""]


@pytest.fixture
def addresses(office: Office) -> dict[str, str]:
    named = office.names()
    return {name: reverse(f"web:{name}", kwargs=named.get(name, {})) for name in ROUTES}


def call(client: Client, method: str, address: str) -> int:
    return int(client.generic(method, address).status_code)


@pytest.mark.parametrize("method", METHODS)
def test_a_visitor_gets_what_is_public_and_the_sign_in_page_for_the_rest(
    method: str, addresses: dict[str, str]
) -> None:
    for name, address in addresses.items():
        allowed = TABLE.get(method, {}).get(name)
        response = Client().generic(method, address)
        expected = {405} if allowed is None else ANSWERED if allowed == "public" else {302}
        assert response.status_code in expected, (method, name, response.status_code)
        if allowed not in (None, "public"):
            assert response["Location"].startswith("/sign-in/"), name


@pytest.mark.parametrize(("role", "method"), list(product(matrix.ROLE, METHODS)))
def test_a_role_gets_exactly_what_the_table_says(
    role: str, method: str, office: Office, addresses: dict[str, str]
) -> None:
    client = Client()
    for name, address in addresses.items():
        client.force_login(office.accounts[matrix.ROLE[role]], backend="django.contrib.auth.backends.ModelBackend")
        allowed = TABLE.get(method, {}).get(name)
        expected = {405} if allowed is None else ANSWERED if allowed == "public" or role in allowed else {403}
        assert call(client, method, address) in expected, (method, name)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_belongs_to_another_district_is_not_found(method: str, addresses: dict[str, str]) -> None:
    elsewhere, client = open_office("410105", "金水区"), Client()
    for name in sorted(matrix.OF_ONE_DISTRICT & TABLE[method].keys()):
        for role in TABLE[method][name]:
            client.force_login(
                elsewhere.accounts[matrix.ROLE[role]], backend="django.contrib.auth.backends.ModelBackend"
            )
            assert call(client, method, addresses[name]) == 404, (name, role)


def test_somebody_of_another_organisation_of_the_district_may_not_see_the_work(office: Office) -> None:
    stranger, client = office.stranger(), Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("work_order", "case", "task_force", "task_force_export", "attachment"):
        assert call(client, "GET", reverse(f"web:{name}", kwargs=office.names()[name])) == 403, name
