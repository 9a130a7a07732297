"""What the registry stores: who and what a district consists of, the rosters of targets, and the ledger."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    DISTRICT = "district", _("District")
    BUREAU = "bureau", _("Bureau")
    SECTION = "section", _("Section")
    SUBDISTRICT = "subdistrict", _("Sub-district office")
    COMMUNITY = "community", _("Community")
    BRANCH = "branch", _("Party branch")
    CENTRE = "centre", _("Service centre")
    ENTERPRISE = "enterprise", _("Enterprise")
    SCHOOL = "school", _("School")
    BODY = "body", _("Body")


class PlaceKind(models.TextChoices):
    EXAM_SITE = "exam_site", _("Exam site")
    COMPOUND = "compound", _("Compound")
    STREET = "street", _("Street section")
    TOILET = "toilet", _("Public toilet")
    DEPOT = "depot", _("Depot")
    DISPOSAL = "disposal", _("Disposal point")
    COUNTER = "counter", _("Office counter")


class CRS(models.TextChoices):
    WGS84 = "wgs84", "WGS-84"
    CGCS2000 = "cgcs2000", "CGCS2000"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"


class RoleName(models.TextChoices):
    """What somebody may be in an organisation; `registry.rules` says what each may do."""

    LEADER = "leader", _("Task-force leader")
    STAFF = "staff", _("Department staff")
    DISPATCHER = "dispatcher", _("Dispatcher")
    CREW = "crew", _("Crew")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")
    MEMBER = "member", _("Member")


class TargetKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")


class District(models.Model):
    """The tenant; every row of every table belongs to one."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A department, sub-district, community, enterprise, school ...: a node of the organisation tree."""

    district = models.ForeignKey(District, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, help_text="ids from the root, /1/5/12/: a subtree is a prefix")
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    pinyin = models.CharField(max_length=255, blank=True, help_text="full pinyin and initials, for finding names")
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="organisation_name_once_per_district"),
            models.UniqueConstraint(
                fields=["district", "credit_code"], condition=~Q(credit_code=""), name="organisation_credit_code_once"
            ),
        ]
        indexes = [
            models.Index(fields=["district", "kind", "name"], name="organisation_by_kind"),
            models.Index(fields=["district", "path"], name="organisation_by_path"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody working in or with an organisation."""

    district = models.ForeignKey(District, models.PROTECT, related_name="people")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    pinyin = models.CharField(max_length=255, blank=True)
    number = models.CharField(max_length=40, blank=True, help_text="staff number: tells people of one name apart")
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "number"], condition=~Q(number=""), name="person_number_once_per_district"
            )
        ]
        indexes = [models.Index(fields=["district", "name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in an organisation, from a day until a day."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    title = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role", "since"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="membership_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["district", "organisation", "role"], name="membership_by_organisation")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Account(AbstractUser):
    """A way to sign in; what it may do follows from the memberships of its person."""

    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="accounts")
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")


class Place(models.Model):
    """An exam site, compound, street section ...: a point, its coordinates kept as given with their CRS."""

    district = models.ForeignKey(District, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="places", help_text="community or owner"
    )
    x = models.DecimalField(max_digits=12, decimal_places=7, null=True, blank=True, help_text="as given, degrees")
    y = models.DecimalField(max_digits=12, decimal_places=7, null=True, blank=True, help_text="as given, degrees")
    crs = models.CharField(max_length=10, choices=CRS.choices, default=CRS.GCJ02)
    longitude = models.FloatField(null=True, blank=True, help_text="WGS-84, derived")
    latitude = models.FloatField(null=True, blank=True, help_text="WGS-84, derived")
    pinyin = models.CharField(max_length=255, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "name"], name="place_name_once_per_kind"),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False),
                name="place_has_both_coordinates",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Roster(models.Model):
    """A named list of targets with typed facts about each, usually from a clerk's spreadsheet."""

    district = models.ForeignKey(District, models.PROTECT, related_name="rosters")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    target_kind = models.CharField(max_length=20, choices=TargetKind.choices)
    playbook = models.CharField(max_length=80, help_text="key of the playbook whose facts it brings")
    fields = models.JSONField(default=list, help_text="the facts as the playbook declared them at the last import")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="rosters", help_text="who may import it again"
    )
    source_name = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="roster_key_once_per_district")]

    def __str__(self) -> str:
        return self.title


class RosterEntry(models.Model):
    """One target of a roster; `facts` are its typed facts as JSON (see playbooks.values.dump).

    An entry that a later file no longer brings is withdrawn, not deleted: work may have been launched on it.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="entries")
    sheet = models.CharField(max_length=60, blank=True, help_text="sheet of the workbook; empty for text files")
    row = models.PositiveIntegerField(help_text="row of the spreadsheet, as the clerk sees it")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, help_text="the target's name, kept here so that lists need no join")
    facts = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="when a later file no longer brought it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "organisation"], name="roster_organisation_once"),
            models.UniqueConstraint(fields=["roster", "person"], name="roster_person_once"),
            models.UniqueConstraint(fields=["roster", "place"], name="roster_place_once"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True, place__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False, place__isnull=True)
                | Q(organisation__isnull=True, person__isnull=True, place__isnull=False),
                name="roster_entry_is_one_target",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerHead(models.Model):
    """The end of a district's chain; locked while an entry is appended."""

    district = models.OneToOneField(District, models.PROTECT, primary_key=True, related_name="ledger_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.district_id} {self.number}"


class LedgerEntry(models.Model):
    """Append-only, hash-chained history of everything that changed (triggers refuse update and delete)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="ledger", db_index=False)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60, help_text="noun.verb, for example work_order.complete")
    subject = models.CharField(max_length=60, help_text="kind of what changed, for example work_order")
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="ledger_number_once_per_district")]
        indexes = [
            models.Index(fields=["district", "subject", "subject_id", "number"], name="ledger_by_subject"),
            models.Index(fields=["district", "actor", "number"], name="ledger_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
