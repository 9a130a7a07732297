"""The front page: the newspaper, for whoever comes by."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from paotui.bulletin import queries
from paotui.bulletin.page import render as render_pdf
from paotui.bulletin.printed import FrontPage, PrintedBulletin
from paotui.web import exports
from paotui.web.districts import public_district


def page(request: HttpRequest) -> HttpResponse:
    district = public_district()
    front = queries.front_page(district, get_language()) if district else None
    if front is None:
        return render(request, "public/no_page.html", {"district": district})
    return render(request, "public/front_page.html", {"page": front, "stories": _ranked(front)})


def pdf(request: HttpRequest) -> HttpResponse:
    content = render_pdf(_front_or_404(), get_language())
    return exports.download(content, "page.pdf", "application/pdf")


def _ranked(front: FrontPage) -> list[PrintedBulletin]:
    """Return the first three as they are; of the others, which stand side by side, those with a picture come first."""
    first, others = front.bulletins[:3], front.bulletins[3:]
    return [*first, *sorted(others, key=lambda story: not story.picture_svg)]


def _front_or_404() -> FrontPage:
    district = public_district()
    front = queries.front_page(district, get_language()) if district else None
    if front is None:
        raise Http404
    return front
