"""What the work room stores: task forces, cases, work orders, records, counters.

Hazard: Django gives every foreign key an index of its own, and a launch pays for each of them a million times. Here a
key has an index only where a query needs one (`db_index=False` elsewhere); all of them begin with the district.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from paotui.registry.models import District, Organisation, Person, Roster, RosterEntry
from paotui.work.rules import LONGEST_REASON, NO_DUE_DAY
from paotui.work.states import WorkState


def _district() -> models.ForeignKey[District, District]:
    return models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)


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

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


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
    calendar_version = models.CharField(max_length=120)
    cases_total = models.PositiveIntegerField(default=0)
    cases_open = models.PositiveIntegerField(default=0)
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

    district = _district()
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members", db_index=False)
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="task_force_roles")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "task_force", "role", "organisation"], name="task_force_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Case(models.Model):
    """The playbook applied to one target."""

    district = _district()
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="cases", db_index=False)
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="cases", db_index=False)
    name = models.CharField(max_length=120, help_text="the target's name, kept here so that lists need no join")
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    open_work = models.PositiveIntegerField(default=0, help_text="work orders not yet ended; zero closes the case")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Also the order of the matrix: entries were numbered in the order of the roster.
            models.UniqueConstraint(fields=["district", "task_force", "entry"], name="case_once_per_target")
        ]

    def __str__(self) -> str:
        return self.name


class WorkOrder(models.Model):
    """One measure of one case in one window, for one organisation or person."""

    district = _district()
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="work_orders", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="work_orders", db_index=False)
    measure = models.CharField(max_length=60)
    sequence = models.PositiveIntegerField(default=1)
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="work_orders", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="work_orders", db_index=False
    )
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.READY)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, help_text="when it was done")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when that, or its end, was entered")
    reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why returned, waived, paused or cancelled"
    )
    triggered_by = models.ForeignKey(
        "Record", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        help_text="the record that called for it; null when it came with the launch",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "case", "measure", "organisation", "sequence"],
                name="work_order_once_per_occurrence",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="work_order_done_has_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "waived", "cancelled"], ended_at__isnull=False)
                | (~Q(state__in=["done", "waived", "cancelled"]) & Q(ended_at__isnull=True)),
                name="work_order_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "waived", "paused", "cancelled"]) | ~Q(reason=""),
                name="work_order_exception_has_reason",
            ),
        ]
        indexes = [
            # Today and lists of one or a few organisations.
            models.Index(fields=["district", "organisation", "state", "due_at", "id"], name="work_order_today"),
            # The same for leaders of the whole district.
            models.Index(fields=["district", "state", "due_at", "id"], name="work_order_by_due"),
            # Lists of a task force, recount, figures.
            models.Index(fields=["district", "task_force", "state", "due_at", "id"], name="work_order_by_task_force"),
            models.Index(
                fields=["district", "person", "state", "due_at"],
                condition=Q(person__isnull=False),
                name="work_order_by_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.sequence}"


class Participation(models.Model):
    """An organisation that acts together with the responsible one, or reviews what it submitted.

    State and due time are those of the work order, kept here so that nobody's day is searched for among all days past.
    """

    district = _district()
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="participations", db_index=False)
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations", db_index=False)
    reviews = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=WorkState.choices)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "work_order", "role", "organisation", "reviews"], name="participation_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["district", "organisation", "reviews", "state", "due_at", "work_order"],
                name="participation_today",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class Pause(models.Model):
    """A stopped clock with its reason; open while `end` is null."""

    district = _district()
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="pauses")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "work_order"], condition=Q(end__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


class Record(models.Model):
    """What was done: typed values as JSON, who, when; superseded when corrected, never changed."""

    district = _district()
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="records", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="records", db_index=False)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="records")
    measure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    happened_at = models.DateTimeField(help_text="when it was done")
    entered_at = models.DateTimeField(help_text="when it was entered")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="when a later record replaced it")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "work_order"], condition=Q(withdrawn_at__isnull=True), name="record_one_standing"
            ),
            models.CheckConstraint(condition=Q(happened_at__lte=F("entered_at")), name="record_not_from_the_future"),
        ]
        indexes = [models.Index(fields=["district", "task_force", "measure", "id"], name="record_by_measure")]

    def __str__(self) -> str:
        return f"{self.measure} {self.happened_at}"


class Attachment(models.Model):
    """A file kept by its SHA-256; the same content is stored once."""

    district = _district()
    record = models.ForeignKey(Record, models.PROTECT, related_name="attachments", db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "record", "sha256"], name="attachment_once_per_record")
        ]
        indexes = [models.Index(fields=["district", "sha256"], name="attachment_by_content")]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """Counters of work orders by state, kept in the transaction that moves them."""

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
        abstract = True


def _never_negative(table: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(**{f"{state}__gte": 0}), name=f"{table}_{state}_not_negative")
        for state in WorkState.values
    ]


class Coverage(Tally):
    """How far a task force has come, by measure and due day: what its page shows, whatever the number of targets."""

    district = _district()
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="coverage", db_index=False)
    measure = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "task_force", "measure", "due_on"], name="coverage_once"),
            *_never_negative("coverage"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.due_on}"


class Workload(Tally):
    """How much an organisation has to do, by task force and due day: what *Today* counts."""

    district = _district()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workload", db_index=False)
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="workload", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "organisation", "task_force", "due_on"], name="workload_once"),
            *_never_negative("workload"),
        ]
        indexes = [models.Index(fields=["district", "task_force", "organisation"], name="workload_by_task_force")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.due_on}"


class IdempotencyKey(models.Model):
    """A key given by the caller with what it led to: the same call again changes nothing."""

    district = _district()
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the call; another body is refused")
    outcome = models.JSONField(null=True, help_text="null while the first call is under way")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
