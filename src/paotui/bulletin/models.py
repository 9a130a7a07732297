"""What the bulletin room stores: bulletins around figures, their frozen snapshots, and editions of the page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paotui.registry.models import District, Organisation, Person


class BulletinState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed off")


class Bulletin(models.Model):
    """Text around figures. In `body`, {S5.schools} prints a figure; sign-off freezes what each one said.

    Body markup: paragraphs are separated by blank lines; {S5.schools} is a figure; {date:2020-07-03} prints a date;
    {label:三类组织} prints fixed words whose numerals are names, not counts.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="bulletins")
    story = models.CharField(max_length=10)
    slug = models.SlugField(max_length=80)
    kicker = models.CharField(max_length=60, blank=True)
    kicker_en = models.CharField(max_length=90, blank=True)
    headline = models.CharField(max_length=120)
    headline_en = models.CharField(max_length=200)
    subhead = models.CharField(max_length=160, blank=True)
    subhead_en = models.CharField(max_length=240, blank=True)
    body = models.TextField()
    body_en = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bulletins")
    dateline = models.DateField()
    byline = models.CharField(max_length=60)
    correspondent = models.CharField(max_length=60, blank=True)
    photo_credit = models.CharField(max_length=60, blank=True)
    picture = models.CharField(max_length=40, blank=True, help_text="a picture drawn from data, by its name")
    state = models.CharField(max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT)
    as_of = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    snapshot = models.JSONField(default=dict, help_text="by figure: value, unit, title, definition, ids counted")
    snapshot_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="bulletin_slug_once_per_district"),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(signed_at__isnull=False) & ~Q(snapshot_sha256="")),
                name="bulletin_signed_has_snapshot",
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class Edition(models.Model):
    """One issue of the page: bulletins in order, the first one leads."""

    district = models.ForeignKey(District, models.PROTECT, related_name="editions")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=90)
    number = models.PositiveIntegerField()
    day = models.DateField()
    page = models.CharField(max_length=20, default="A3")
    editor = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class EditionItem(models.Model):
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items")
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="editions")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_position_once"),
            models.UniqueConstraint(fields=["edition", "bulletin"], name="edition_bulletin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.bulletin_id}"
