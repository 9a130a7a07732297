"""Sign-off: refused where a number has no figure behind it, frozen with a hash where it stands."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest

from paotui.bulletin import queries, snapshots
from paotui.bulletin.actions import bulletins
from paotui.bulletin.figures import UnknownFigure
from paotui.registry import ledger
from paotui.registry.errors import Conflict, Invalid, NotAllowed, Refusal
from paotui.registry.models import LedgerEntry
from paotui.work.actions import work_orders
from paotui.work.models import Record

from .desk import Desk, later, open_desk

NOW = later(hours=5)


def sign(desk: Desk, bulletin, by: str = "leader", at=NOW, **more):
    return bulletins.sign_off(bulletin=bulletin, by=desk.actor(by), at=at, **more)


def text(bulletin, language: str = "zh-hans") -> str:
    return "".join(paragraph.text for paragraph in queries.as_printed(bulletin, language).paragraphs)


def test_a_signed_bulletin_says_what_was_counted_then(desk: Desk):
    signed = desk.signed()
    assert text(signed) == "走访3人，发放补助300.3元，满意率50%。"
    assert text(signed, "en") == "3 people were called on; grants came to 300.3 yuan; 50% were content."


@pytest.mark.parametrize("field", ["kicker", "headline", "subhead", "body", "headline_en", "body_en"])
def test_a_typed_number_in_any_text_is_refused_at_its_field(desk: Desk, field: str):
    bulletin = desk.draft(**{field: "走访49人"})
    with pytest.raises(Invalid) as refused:
        sign(desk, bulletin)
    assert [name for name, _sentence in refused.value.problems] == [field]
    assert "49" in refused.value.problems[0][1]
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.snapshot, bulletin.snapshot_sha256) == ("draft", {}, "")


def test_all_problems_are_told_at_once(desk: Desk):
    with pytest.raises(Invalid) as refused:
        sign(desk, desk.draft(headline="走访二十四人", body="共５人，{什么}。"))
    assert [name for name, _sentence in refused.value.problems] == ["headline", "body"]


def test_a_number_that_is_a_name_passes_when_it_is_marked(desk: Desk):
    assert "三类组织" in text(desk.signed(body="{label:三类组织}走访{S9.residents}人。"))


def test_an_unknown_figure_is_refused(desk: Desk):
    with pytest.raises(UnknownFigure, match=r"S9\.nothing"):
        sign(desk, desk.draft(body="{S9.nothing}人。"))


def test_a_figure_without_value_is_refused(desk: Desk):
    with pytest.raises(Invalid, match=r"S9\.content"):
        sign(desk, desk.draft(), as_of=later(minutes=1))


def test_figures_are_not_counted_as_of_a_time_to_come(desk: Desk):
    with pytest.raises(Refusal):
        sign(desk, desk.draft(), as_of=later(hours=6))


@pytest.mark.parametrize("role", ["staff", "editor", "dispatcher", "crew", "administrator", "auditor", "member"])
def test_only_a_leader_signs(desk: Desk, role: str):
    with pytest.raises(NotAllowed):
        sign(desk, desk.draft(), by=role)


def test_the_leader_of_another_district_does_not_sign(desk: Desk):
    with pytest.raises(NotAllowed):
        bulletins.sign_off(bulletin=desk.draft(), by=open_desk("410102").actor("leader"), at=NOW)


@pytest.mark.parametrize("role", ["crew", "dispatcher", "auditor", "administrator"])
def test_who_may_not_write_drafts_and_edits_nothing(desk: Desk, role: str):
    with pytest.raises(NotAllowed):
        bulletins.edit(bulletin=desk.draft(), by=desk.actor(role), at=NOW, headline="改")


def test_a_signed_bulletin_is_neither_edited_nor_signed_again(desk: Desk):
    signed = desk.signed()
    with pytest.raises(Conflict):
        bulletins.edit(bulletin=signed, by=desk.actor("editor"), at=NOW, headline="改")
    with pytest.raises(Conflict):
        sign(desk, signed)


def test_a_short_name_is_taken_once(desk: Desk):
    desk.draft("calls")
    with pytest.raises(Conflict, match="calls"):
        desk.draft("calls")


def test_the_snapshot_names_value_definition_time_and_everything_counted(desk: Desk):
    frozen = desk.signed().snapshot["figures"]["S9.grants"]
    assert Decimal(frozen["value"]) == Decimal("300.30")
    assert frozen["definition"]["zh"] == "上门记录的补助合计"
    assert frozen["records"] == list(Record.objects.order_by("id").values_list("pk", flat=True))
    assert desk.signed("again").snapshot["as_of"] == NOW.isoformat()


def test_the_hash_is_the_sha256_of_the_canonical_snapshot(desk: Desk):
    signed = desk.signed()
    signed.refresh_from_db()
    canonical = json.dumps(signed.snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert signed.snapshot_sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert queries.is_unchanged(signed)


def test_the_same_words_over_the_same_records_have_the_same_hash(desk: Desk):
    first, second = desk.signed("first"), desk.signed("second", at=later(hours=5))
    assert first.snapshot_sha256 == second.snapshot_sha256
    desk.call(2, "0", True, later(hours=6))
    assert desk.signed("third", at=later(hours=7)).snapshot_sha256 != first.snapshot_sha256


@pytest.mark.parametrize("change", ["words", "figure"])
def test_tampering_with_words_or_figures_shows(desk: Desk, change: str):
    signed = desk.signed()
    if change == "words":
        signed.body = signed.body.replace("走访", "慰问")
    else:
        signed.snapshot["figures"]["S9.grants"]["value"] = "999"
    assert not queries.is_unchanged(signed)


def test_a_later_record_shows_as_differing_now_and_leaves_the_bulletin_as_it_was(desk: Desk):
    signed = desk.signed()
    assert queries.differs(signed, NOW, "zh-hans") == []
    desk.call(2, "50", True, later(hours=6))
    found = queries.differs(signed, later(hours=7), "zh-hans")
    assert [(one.name, one.then.text, one.now) for one in found] == [
        ("S9.grants", "300.3元", "350.3元"), ("S9.content", "50%", "66.7%"),
    ]  # fmt: skip
    assert "300.3元" in text(signed)


def test_a_corrected_record_shows_as_differing_now(desk: Desk):
    signed, record = desk.signed(), Record.objects.order_by("id")[0]
    work_orders.correct(
        record=record, values=record.values | {"grant": "100"}, reason="少了一角", by=desk.actor("leader"),
        at=later(hours=6),
    )  # fmt: skip
    assert [(one.name, one.now) for one in queries.differs(signed, later(hours=7), "zh-hans")] == [
        ("S9.grants", "300.2元")
    ]


def test_drafting_editing_and_signing_stand_in_the_ledger(desk: Desk):
    bulletin = desk.draft()
    bulletins.edit(bulletin=bulletin, by=desk.actor("editor"), at=NOW, headline="走访上门")
    signed = sign(desk, bulletin)
    entries = LedgerEntry.objects.filter(subject="bulletin", subject_id=bulletin.pk).order_by("number")
    assert [entry.action for entry in entries] == ["bulletin.draft", "bulletin.edit", "bulletin.sign_off"]
    assert entries[2].data["snapshot_sha256"] == signed.snapshot_sha256
    assert ledger.verify(desk.district).ok


def test_a_refused_sign_off_leaves_no_trace(desk: Desk):
    bulletin = desk.draft(body="共49人")
    before = LedgerEntry.objects.count()
    with pytest.raises(Invalid):
        sign(desk, bulletin)
    assert LedgerEntry.objects.count() == before


def test_a_draft_is_previewed_but_not_printed(desk: Desk):
    draft = desk.draft()
    preview = queries.preview(draft, "zh-hans", NOW)
    assert preview.paragraphs[0].text.startswith("走访3人")
    assert preview.sha256 == ""
    with pytest.raises(ValueError, match="calls"):
        queries.as_printed(draft, "zh-hans")


def test_figures_of_both_languages_are_frozen(desk: Desk):
    signed = desk.signed(body="走访{S9.residents}人。", body_en="{S9.grants} yuan.")
    assert set(signed.snapshot["figures"]) == {"S9.residents", "S9.grants"}
    assert snapshots.digest(signed.snapshot) == signed.snapshot_sha256
