"""The editor's desk: words around figures, refusals at their place, sign-off, the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from paotui.bulletin.models import Bulletin, Edition
from tests.web.office import Office

WORDS = {
    "headline": "上门查隐患", "headline_en": "Looking for hazards", "body": "名册上有{S3.targets}家。",
    "body_en": "There are {S3.targets}.", "byline": "样例记者", "dateline": "2020-06-02",
}  # fmt: skip


def save(client: Client, bulletin: Bulletin, **changes: str) -> Any:
    return client.post(f"/staff/bulletins/{bulletin.pk}/", {**WORDS, **changes})


def test_the_proof_shows_figures_as_they_stand(signed_in: Callable[[str], Client], office: Office) -> None:
    page = signed_in("editor").get(f"/staff/bulletins/{office.bulletin.pk}/").content.decode()
    assert '<a class="figure" href="/staff/figures/S3.targets/">3</a>' in page


def test_a_typed_number_is_refused_at_sign_off_and_shown_at_its_field(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    client = signed_in("leader")
    assert save(client, office.bulletin, body="名册上有49家企业。").status_code == 302
    response = client.post(f"/staff/bulletins/{office.bulletin.pk}/sign/")
    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#f-body">' in page
    assert "“49”（第 5 字）没有出处" in page.split('id="f-body"')[1].split('id="f-kicker_en"')[0]
    office.bulletin.refresh_from_db()
    assert office.bulletin.state == "draft"


def test_a_brace_that_says_nothing_is_shown_instead_of_the_proof(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    client = signed_in("editor")
    save(client, office.bulletin, body="名册上有{S3.nothing}家。")
    page = client.get(f"/staff/bulletins/{office.bulletin.pk}/").content.decode()
    assert "没有名为 S3.nothing 的数字" in page
    save(client, office.bulletin, body="名册上有{什么}家。")
    assert "{什么}" in client.get(f"/staff/bulletins/{office.bulletin.pk}/").content.decode()


def test_a_signed_bulletin_is_public_and_no_longer_written(signed_in: Callable[[str], Client], office: Office) -> None:
    client = signed_in("leader")
    assert client.post(f"/staff/bulletins/{office.bulletin.pk}/sign/").status_code == 302
    assert Client().get("/bulletins/draft/").status_code == 200
    assert save(client, office.bulletin).status_code == 409
    assert "<textarea" not in client.get(f"/staff/bulletins/{office.bulletin.pk}/").content.decode()


def test_an_editor_writes_but_does_not_sign(signed_in: Callable[[str], Client], office: Office) -> None:
    client = signed_in("editor")
    assert "/sign/" not in client.get(f"/staff/bulletins/{office.bulletin.pk}/").content.decode()
    assert client.post(f"/staff/bulletins/{office.bulletin.pk}/sign/").status_code == 403


def test_a_new_bulletin_is_drafted(signed_in: Callable[[str], Client], office: Office) -> None:
    form = {**WORDS, "story": "S3", "slug": "second", "organisation": str(office.bureau.pk)}
    assert signed_in("editor").post("/staff/bulletins/new/", form).status_code == 302
    assert Bulletin.objects.get(slug="second").headline == "上门查隐患"
    taken = signed_in("editor").post("/staff/bulletins/new/", form)
    assert taken.status_code == 409
    assert "名册上有{S3.targets}家。" in taken.content.decode()


def test_an_edition_takes_bulletins_in_the_order_of_their_places(
    signed_in: Callable[[str], Client], office: Office
) -> None:
    places = {"published": "2", "counted": "1"}
    chosen = {f"p-{one.pk}": places[one.slug] for one in Bulletin.objects.filter(slug__in=places)}
    form = {"number": "2", "day": "2020-06-03", "title": "样例报", "title_en": "Sample", **chosen}
    assert signed_in("editor").post("/staff/page/publish/", form).status_code == 302
    items = Edition.objects.get(number=2).items.order_by("position")
    assert [item.bulletin.slug for item in items] == ["counted", "published"]
    assert signed_in("editor").post("/staff/page/publish/", form).status_code == 409


def test_the_page_and_a_bulletin_are_there_for_print(office: Office) -> None:
    assert Client().get("/page.pdf").content.startswith(b"%PDF")
    document = Client().get("/bulletins/published.docx")
    assert document.content.startswith(b"PK")
    assert "published.docx" in document["Content-Disposition"]
