"""Playbooks as people read them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from paotui.web import diagram, library
from paotui.web.playbook_words import Words


def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/playbooks.html", {"playbooks": library.playbooks().values()})


def page(request: HttpRequest, key: str) -> HttpResponse:
    loaded = library.playbooks().get(key)
    if loaded is None:
        raise Http404
    playbook, words = loaded.playbook, Words(loaded.playbook, get_language())
    return render(request, "staff/playbook.html", {
        "playbook": playbook, "measures": [words.measure(measure) for measure in playbook.measures],
        "figures": [(playbook.figure_name(figure), figure) for figure in playbook.figures],
        "diagram": diagram.draw(playbook, get_language()) if len(playbook.measures) > 1 else "",
    })  # fmt: skip
