"""Files attached to records."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from paotui.web import exports, sight
from paotui.web.requests import StaffRequest
from paotui.work import attachments
from paotui.work.models import Attachment

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def file(request: StaffRequest, sha256: str) -> HttpResponse:
    """Send a file as a download; its type is named only when a browser can do no harm with it."""
    kept = Attachment.objects.filter(district_id=request.actor.district_id, sha256=sha256).order_by("pk")
    attachment = get_object_or_404(kept.select_related("record__work_order")[:1])
    sight.check_may_see_work(request.actor, attachment.record.work_order)
    media_type = attachment.media_type if attachment.media_type in SHOWN else "application/octet-stream"
    return exports.download(attachments.read(sha256), attachment.name, media_type)
