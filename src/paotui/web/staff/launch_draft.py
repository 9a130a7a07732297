"""What somebody has chosen so far in the launch wizard, read from the address or the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from paotui.playbooks import catalogue, holders
from paotui.playbooks.errors import PlaybookError
from paotui.playbooks.loader import Loaded
from paotui.playbooks.schema import Event, Occurrence, Playbook, Role
from paotui.registry.errors import Invalid
from paotui.registry.models import Organisation, Roster
from paotui.web import lookups, parsing
from paotui.web.requests import StaffRequest
from paotui.web.wording import ZONE

ROWS = 4
"""Times of an event that can be typed in."""


@dataclass(frozen=True)
class Draft:
    """Answers as typed; properties read them, refusing what cannot be read."""

    answers: QueryDict
    district_id: int
    loaded: Loaded
    roster: Roster
    at: dt.datetime

    @cached_property
    def playbook(self) -> Playbook:
        return self.loaded.playbook

    @property
    def title(self) -> str:
        # Chinese in every language: it is the Chinese title. The month tells it from the launch before.
        month = f"{self.at.astimezone(ZONE):%Y年%-m月}"
        return self.answers.get("title", "").strip() or f"{self.playbook.title.zh}（{month}）"

    @property
    def title_en(self) -> str:
        return self.answers.get("title_en", "").strip()

    @property
    def lead_id(self) -> int:
        text = self.answers.get("lead", "")
        return int(text) if text.isdecimal() else 0

    @property
    def start(self) -> str:
        return self.answers.get("start", parsing.local_input(self.at)[:10])

    @property
    def end(self) -> str:
        return self.answers.get("end", "")

    def lead(self) -> Organisation:
        found = Organisation.objects.filter(district_id=self.district_id, pk=self.lead_id).first()
        if found is None:
            raise Invalid([("lead", _("Nobody leads: choose an organisation."))], what="lead")
        return found

    def period(self) -> tuple[dt.date, dt.date]:
        return parsing.day(self.start, "start"), parsing.day(self.end, "end")

    def roles(self) -> list[Role]:
        """The roles an organisation must be named for."""
        needed = {name for measure in self.playbook.measures for name in holders.roles_of(measure)}
        return [role for role in self.playbook.roles if role.held_by == "member" and role.name in needed]

    def chosen(self, role: str) -> list[int]:
        return [int(text) for text in self.answers.getlist(f"m-{role}") if text.isdecimal()]

    def members(self) -> dict[str, list[Organisation]]:
        wanted = {pk for role in self.roles() for pk in self.chosen(role.name)}
        found = Organisation.objects.filter(district_id=self.district_id).in_bulk(wanted)
        return {role.name: [found[pk] for pk in self.chosen(role.name) if pk in found] for role in self.roles()}

    def events(self) -> list[Event]:
        """The events whose times this launch must bring."""
        return [event for event in self.playbook.events if not event.occurrences and event.fact is None]

    def times(self, event: str) -> list[tuple[int, str, str]]:
        get = self.answers.get
        return [(row, get(f"o-{event}-{row}-starts", ""), get(f"o-{event}-{row}-ends", "")) for row in range(ROWS)]

    def occurrences(self) -> dict[str, list[Occurrence]]:
        return {event.name: self._occurrences(event.name) for event in self.events()}

    def _occurrences(self, event: str) -> list[Occurrence]:
        found = []
        for row, starts, ends in self.times(event):
            if starts or ends:
                place = f"o-{event}-{row}"
                found.append(Occurrence(starts=parsing.moment(starts, place), ends=parsing.moment(ends, place)))
        return found


def read(request: StaffRequest, answers: QueryDict) -> tuple[Loaded | None, Roster | None, Draft | None]:
    """Return playbook, roster and draft as far as they are chosen; 404 for what does not exist."""
    loaded = _playbook(answers.get("playbook", ""))
    if loaded is None or not answers.get("roster", "").isdecimal():
        return loaded, None, None
    roster = lookups.of_district(request, Roster, pk=parsing.number(answers.get("roster")))
    return loaded, roster, Draft(answers, request.actor.district_id, loaded, roster, request.at)


def _playbook(key: str) -> Loaded | None:
    if not key:
        return None
    try:
        return catalogue.find(key)
    except PlaybookError as error:
        raise Http404 from error
