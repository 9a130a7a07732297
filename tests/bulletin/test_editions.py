"""Editions: signed bulletins in order, read from their snapshots in a constant number of queries."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document

from paotui.bulletin import documents, queries
from paotui.bulletin.actions import editions
from paotui.bulletin.models import Edition
from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry

from .desk import Desk, later, open_desk

NOW = later(hours=8)


def publish(desk: Desk, *bulletins, number: int = 1, by: str = "editor"):
    return editions.publish(
        district=desk.district, number=number, day=dt.date(2020, 6, 1) + dt.timedelta(days=number), title="样报",
        title_en="Sample News", bulletins=bulletins, by=desk.actor(by), at=NOW, editor="样例编辑",
    )  # fmt: skip


def test_before_anything_is_published_there_is_no_page(desk: Desk):
    desk.signed()
    assert queries.front_page(desk.district, "zh-hans") is None


def test_the_page_carries_the_bulletins_in_the_order_given(desk: Desk):
    first, second = desk.signed("first"), desk.signed("second")
    publish(desk, second, first)
    front = queries.front_page(desk.district, "en")
    assert front is not None
    assert [one.slug for one in front.bulletins] == ["second", "first"]
    assert (front.edition.title, front.bulletins[0].headline) == ("Sample News", "Calling at home")


def test_the_newest_edition_is_the_page_and_earlier_ones_can_be_asked_for(desk: Desk):
    publish(desk, desk.signed("first"))
    publish(desk, desk.signed("second"), number=2)
    newest, earlier = queries.front_page(desk.district, "en"), queries.front_page(desk.district, "en", 1)
    assert newest is not None
    assert earlier is not None
    assert (newest.bulletins[0].slug, earlier.bulletins[0].slug) == ("second", "first")


def test_a_draft_is_not_published(desk: Desk):
    with pytest.raises(Invalid, match="走访到家"):
        publish(desk, desk.signed("first"), desk.draft("second"))
    assert not Edition.objects.exists()


def test_an_edition_without_bulletins_is_refused(desk: Desk):
    with pytest.raises(Invalid):
        publish(desk)


def test_a_number_is_used_once(desk: Desk):
    signed = desk.signed()
    publish(desk, signed)
    with pytest.raises(Conflict):
        publish(desk, signed)


@pytest.mark.parametrize("role", ["staff", "crew", "dispatcher", "auditor", "administrator"])
def test_only_editor_and_leader_publish(desk: Desk, role: str):
    with pytest.raises(NotAllowed):
        publish(desk, desk.signed(), by=role)


def test_another_districts_bulletin_is_not_published(desk: Desk):
    with pytest.raises(NotAllowed):
        publish(desk, open_desk("410102").signed())


def test_publishing_writes_the_hashes_into_the_ledger(desk: Desk):
    signed = desk.signed()
    publish(desk, signed)
    entry = LedgerEntry.objects.get(action="edition.publish")
    assert entry.data["bulletins"] == {"calls": signed.snapshot_sha256}


def test_the_page_costs_the_same_queries_for_one_bulletin_and_for_six(desk: Desk, django_assert_num_queries):
    publish(desk, desk.signed("one"))
    publish(desk, *(desk.signed(f"number-{n}") for n in range(6)), number=2)
    for number, count in ((1, 1), (2, 6)):
        with django_assert_num_queries(2):
            front = queries.front_page(desk.district, "zh-hans", number)
        assert front is not None
        assert len(front.bulletins) == count


def test_the_page_does_not_change_when_records_do(desk: Desk):
    publish(desk, desk.signed())
    before = queries.front_page(desk.district, "zh-hans")
    desk.call(2, "50", True, later(hours=9))
    assert queries.front_page(desk.district, "zh-hans") == before


def test_a_signed_bulletin_is_numbered_among_what_its_body_signed_that_year(desk: Desk):
    first, second = desk.signed("first", at=later(hours=5)), desk.signed("second", at=later(hours=6))
    for signed, number in ((first, "〔2020〕1号"), (second, "〔2020〕2号")):
        assert number in _text(documents.render_docx(signed))


def _text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
