"""What a request carries when it reaches a view: who asks, and what time it is there."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from paotui.registry.actors import Actor


class Request(HttpRequest):
    """A request of anybody; a visitor is no actor."""

    actor: Actor | None
    at: dt.datetime
    htmx: HtmxDetails


class StaffRequest(HttpRequest):
    """A request of somebody signed in; the guard has seen to it."""

    actor: Actor
    at: dt.datetime
    htmx: HtmxDetails
