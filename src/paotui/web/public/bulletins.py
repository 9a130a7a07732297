"""One signed bulletin by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from paotui.bulletin import documents, queries
from paotui.bulletin.models import Bulletin
from paotui.web import clock, exports
from paotui.web.districts import public_district

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(request: HttpRequest, slug: str) -> HttpResponse:
    bulletin = signed_or_404(slug)
    at = clock.now_in(bulletin.district)
    return render(request, "public/bulletin.html", {
        "story": queries.as_printed(bulletin, get_language()), "bulletin": bulletin,
        "unchanged": queries.is_unchanged(bulletin), "differences": queries.differs(bulletin, at, get_language()),
    })  # fmt: skip


def docx(request: HttpRequest, slug: str) -> HttpResponse:
    content = documents.render_docx(signed_or_404(slug), get_language())
    return exports.download(content, f"{slug}.docx", DOCX)


def signed_or_404(slug: str) -> Bulletin:
    """Return the signed bulletin called `slug` of the district the public reads about."""
    district = public_district()
    bulletin = queries.published(district, slug) if district else None
    if bulletin is None:
        raise Http404
    return bulletin
