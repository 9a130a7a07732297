"""Files are kept by their content: once, and only read as they were stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from paotui.registry.errors import Invalid
from paotui.work import attachments
from paotui.work.actions import work_orders
from paotui.work.attachments import MissingAttachment
from paotui.work.models import Attachment
from tests.factories import work

EVIDENCE = """    due: {working_days: 1}
    evidence:
      - {kind: document, label: {zh: 送达回证, en: Receipt}, required: true}
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_stored_is_read(folder: Path) -> None:
    assert attachments.read(attachments.store("内容".encode())).decode() == "内容"


def test_the_same_content_is_stored_once(folder: Path) -> None:
    assert attachments.store(b"a") == attachments.store(b"a")
    assert len(files(folder)) == 1


def test_a_damaged_file_is_refused(folder: Path) -> None:
    digest = attachments.store(b"a")
    files(folder)[0].write_bytes(b"b")
    with pytest.raises(MissingAttachment):
        attachments.read(digest)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "f" * 64])
def test_a_name_that_is_no_digest_or_unknown_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(MissingAttachment):
        attachments.read(name)


def launched(cast: work.Cast) -> Any:
    text = work.ERRANDS.read_text().replace("    due: {working_days: 1}\n", EVIDENCE, 1)
    return work.order(work.first_case(work.launch(cast, playbook=work.load(text, name="with evidence"))), "notice")


@pytest.mark.django_db
def test_evidence_the_playbook_asks_for_must_be_there(folder: Path) -> None:
    cast = work.cast()
    order = launched(cast)
    given: dict[str, Any] = {"work_order": order, "values": {"items": 1}, "by": cast.system, "at": work.later(days=1)}
    with pytest.raises(Invalid) as refusal:
        work_orders.complete(**given)
    assert refusal.value.problems[0][0] == "document"
    record = work_orders.complete(**given, attachments=[work_orders.Upload("document", "回证.pdf", b"%PDF")])
    kept = Attachment.objects.get(record=record)
    assert (kept.name, kept.size, attachments.read(kept.sha256)) == ("回证.pdf", 4, b"%PDF")


@pytest.mark.django_db
def test_a_corrected_record_keeps_the_evidence(folder: Path) -> None:
    cast = work.cast()
    receipt = work_orders.Upload("document", "回证.pdf", b"%PDF")
    record = work_orders.complete(
        work_order=launched(cast), values={"items": 1}, by=cast.system, at=work.later(days=1), attachments=[receipt]
    )
    new = work_orders.correct(record=record, values={"items": 2}, reason="漏", by=cast.system, at=work.later(days=2))
    assert [one.sha256 for one in new.attachments.all()] == [one.sha256 for one in record.attachments.all()]
