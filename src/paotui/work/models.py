"""What the work room stores: task forces, cases, work orders, records, the ledger, coverage."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from paotui.registry.models import District, Organisation, Person, Roster, RosterEntry


NO_DUE_DAY = dt.date(9999, 12, 31)
"""Stands for "no due day" in coverage: a null would escape the unique constraint."""


class PlaybookVersion(models.Model):
    """A playbook as it was launched: the source text, never edited afterwards."""

    district = models.ForeignKey(District, models.PROTECT, related_name="playbooks")
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    story = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "key", "version"], name="playbook_version_once_per_district")
        ]


class TaskForceState(models.TextChoices):
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


class TaskForce(models.Model):
    """A playbook version launched on a roster by a lead and member organisations, for a period."""

    district = models.ForeignKey(District, models.PROTECT, related_name="task_forces")
    playbook = models.ForeignKey(PlaybookVersion, models.PROTECT, related_name="task_forces")
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="task_forces")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="led_task_forces")
    state = models.CharField(max_length=10, choices=TaskForceState.choices, default=TaskForceState.RUNNING)
    launched_at = models.DateTimeField()
    period_start = models.DateField()
    period_end = models.DateField()
    occurrences = models.JSONField(default=dict, help_text="event times given at launch, by event name")
    calendar_version = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "title"], name="task_force_title_once_per_district"),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="task_force_period_in_order"),
        ]
        indexes = [models.Index(fields=["district", "state", "-launched_at"], name="task_force_by_state")]

    def __str__(self) -> str:
        return self.title


class TaskForceMember(models.Model):
    """An organisation holding a role of the playbook in a task force."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="task_force_roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task_force", "role", "organisation"], name="task_force_member_once")
        ]


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Case(models.Model):
    """The playbook applied to one target."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="cases")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="cases")
    name = models.CharField(max_length=120, help_text="the target's name, kept here so that lists need no join")
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    open_work = models.PositiveIntegerField(default=0, help_text="work orders not yet ended; zero closes the case")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task_force", "entry"], name="case_once_per_target")]
        indexes = [models.Index(fields=["district", "task_force", "id"], name="case_by_task_force")]


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting for earlier work")
    READY = "ready", _("To do")
    PAUSED = "paused", _("Clock stopped")
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned")
    DONE = "done", _("Done")
    WAIVED = "waived", _("Waived")
    CANCELLED = "cancelled", _("Cancelled")


class WorkOrder(models.Model):
    """One measure of one case in one window, for one organisation or person."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="work_orders")
    case = models.ForeignKey(Case, models.PROTECT, related_name="work_orders")
    measure = models.CharField(max_length=60)
    sequence = models.PositiveIntegerField(default=1)
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="work_orders")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="work_orders")
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.READY)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="why returned, waived, paused or cancelled")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "measure", "organisation", "sequence"], name="work_order_once_per_occurrence"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="work_order_done_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "waived", "paused", "cancelled"]) | ~Q(reason=""),
                name="work_order_exception_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "organisation", "state", "due_at", "id"], name="work_order_today"),
            models.Index(fields=["district", "task_force", "measure", "state", "id"], name="work_order_by_measure"),
        ]


class Participation(models.Model):
    """An organisation that acts together with the responsible one."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order", "role", "organisation"], name="participation_once")
        ]
        indexes = [models.Index(fields=["district", "organisation", "work_order"], name="participation_today")]


class Pause(models.Model):
    """A stopped clock with its reason; open while `end` is null."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="pauses")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order"], condition=Q(end__isnull=True), name="pause_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_reason"),
        ]


class Record(models.Model):
    """What was done: typed values as JSON, who, when; superseded when corrected, never changed."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="records")
    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="records")
    measure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    happened_at = models.DateTimeField(help_text="when it was done")
    entered_at = models.DateTimeField(help_text="when it was entered")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="when a later record replaced it")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_order"], condition=Q(withdrawn_at__isnull=True), name="record_one_standing"
            )
        ]
        indexes = [
            models.Index(fields=["district", "task_force", "measure", "id"], name="record_by_measure"),
        ]


class Attachment(models.Model):
    """A file kept by its SHA-256; the same content is stored once."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "sha256"], name="attachment_once_per_record")]


class LedgerHead(models.Model):
    """The end of a district's chain; locked while an entry is appended."""

    district = models.OneToOneField(District, models.PROTECT, primary_key=True, related_name="ledger_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class LedgerEntry(models.Model):
    """Append-only, hash-chained history of everything that changed (triggers refuse update and delete)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="ledger")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60, help_text="noun.verb, for example work_order.complete")
    subject = models.CharField(max_length=60, help_text="kind of what changed, for example work_order")
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="ledger_number_once_per_district"),
            models.UniqueConstraint(fields=["district", "hash"], name="ledger_hash_once"),
        ]
        indexes = [models.Index(fields=["district", "subject", "subject_id"], name="ledger_by_subject")]


class Coverage(models.Model):
    """Counters of a task force's work by measure, organisation and due day, kept in the same transaction."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="coverage")
    measure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="coverage")
    due_on = models.DateField(default=NO_DUE_DAY)
    waiting = models.IntegerField(default=0)
    ready = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    submitted = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task_force", "measure", "organisation", "due_on"],
                name="coverage_once",
            ),
            *[
                models.CheckConstraint(condition=Q(**{f"{state}__gte": 0}), name=f"coverage_{state}_not_negative")
                for state in WorkState.values
            ],
        ]
        indexes = [models.Index(fields=["district", "organisation", "due_on"], name="coverage_by_organisation")]


class IdempotencyKey(models.Model):
    """A key given by the caller with what it led to: the same call again changes nothing."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the call; another body is refused")
    outcome = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="idempotency_key_once")]
