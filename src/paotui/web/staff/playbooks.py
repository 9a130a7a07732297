"""Playbooks as people read them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from paotui.playbooks import catalogue
from paotui.playbooks.errors import PlaybookError
from paotui.web import diagram
from paotui.web.playbook_words import Words
from paotui.web.requests import StaffRequest


def listing(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/playbooks.html", {"playbooks": catalogue.shipped()})


def page(request: StaffRequest, key: str) -> HttpResponse:
    try:
        loaded = catalogue.find(key)
    except PlaybookError as error:
        raise Http404 from error
    playbook, words = loaded.playbook, Words(loaded.playbook, get_language())
    return render(request, "staff/playbook.html", {
        "playbook": playbook, "measures": [words.measure(measure) for measure in playbook.measures],
        "figures": [(playbook.figure_name(figure), figure) for figure in playbook.figures],
        "diagram": diagram.draw(playbook, get_language()) if len(playbook.measures) > 1 else "",
    })  # fmt: skip
