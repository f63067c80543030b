from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competitions.models.competition import Competition
from competitions.models.conflict import Conflict
from competitions.models.team import TeamMember
from competitions.states import JUDGED_STATES, EntryState


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own entries and those of their teams. Organisers and judges have their own ways in."""
        # A union, because with OR the database reads every entry there is.
        own = Entry.objects.filter(entrant=user).order_by().values("pk")
        teams = TeamMember.objects.filter(user=user, state=TeamMember.State.ACCEPTED).order_by()
        return self.filter(pk__in=own.union(teams.values("entry")))

    def in_competitions_of(self, user):
        """Entries an organiser may see: everything handed in, never a draft."""
        managed = Competition.objects.managed_by(user)
        return self.filter(competition__in=managed).exclude(submitted_at=None)

    def shown_to_judge(self, judge):
        """Without what the member of the committee is kept away from by a conflict of interest."""
        conflicts = Conflict.objects.effective().filter(judge=judge, entry=OuterRef("pk"))
        return self.exclude(Exists(conflicts))

    def shown_to(self, user):
        """For pages that many may read while a contest is judged: a judge does not see what they are kept away from."""
        if user is None or not user.is_authenticated:
            return self
        conflicts = Conflict.objects.effective().filter(judge__user=user, entry=OuterRef("pk"))
        return self.exclude(Exists(conflicts))

    def judged(self):
        return self.filter(state__in=JUDGED_STATES)

    def for_listing(self):
        return self.select_related("competition", "track", "snapshot", "award__tier")


class Entry(models.Model):
    """One entry to a competition. `draft` is what is being written, `snapshot` what counts.

    Both have the shape {"case": {...}, "prompts": [{...}]} of casebook/content.py, with "answers", "links" and,
    in a snapshot, "files" and "team" where they say something (competitions/entry_content.py).
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="entries")
    track = models.ForeignKey("competitions.Track", models.PROTECT, null=True, related_name="entries")
    code = models.CharField(_("Code"), max_length=50, null=True)
    entrant = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="entries")
    ordinal = models.PositiveSmallIntegerField(default=1)  # which of the entries one person may hand in
    team = models.CharField(_("Team"), max_length=200, blank=True)
    declared = models.JSONField(
        default=dict
    )  # {"district", "birth_year"} of the entrant, where the call asks
    title = models.CharField(_("Title"), max_length=200)
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    draft = models.JSONField(default=dict)
    snapshot = models.ForeignKey("competitions.Snapshot", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=EntryState, default=EntryState.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    decision_article = models.CharField(max_length=100, blank=True)  # of the call or the rules
    correction_due = models.DateTimeField(null=True)  # until when a returned entry may be corrected
    correction_note = models.TextField(max_length=5000, blank=True)
    flags = ArrayField(models.CharField(max_length=30), default=list)  # what screening should look at
    erased_at = models.DateTimeField(null=True)  # who entered is forgotten; hashes and decisions stay
    idempotency_key = models.UUIDField(unique=True, null=True)
    revision = models.PositiveIntegerField(default=1)  # counts saves; a stale tab holds an older one
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "code"], name="entry_code"),
            models.UniqueConstraint(
                fields=["competition", "entrant", "ordinal"],
                condition=~Q(state="withdrawn") & Q(entrant__isnull=False),
                name="one_entry_per_entrant_and_ordinal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="entry_past_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="disqualified") | ~Q(decision_reason=""),
                name="disqualified_entry_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(correction_due__isnull=False),
                name="returned_entry_has_due_date",
            ),
        ]
        indexes = [
            models.Index(fields=["competition", "state", "code"], name="entry_listing"),
            models.Index(fields=["entrant", "-saved_at"], name="entry_mine"),
            models.Index(fields=["competition", "-submitted_at", "-id"], name="entry_newest"),
            models.Index(fields=["competition", "title", "id"], name="entry_by_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("competitions:entry", args=[self.pk])


class Snapshot(models.Model):
    """What was handed in, frozen, with the database's time and the hash on the receipt."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    receipt_number = models.CharField(max_length=40, unique=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)  # content is {} from then on, its hash stays

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="snapshot_number")]

    def __str__(self):
        return self.receipt_number
