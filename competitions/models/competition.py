from datetime import timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import scopes_with
from accounts.roles import Permission
from competitions.contest_files.call_records import (
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FaqRecord,
    FilesRecord,
)
from competitions.states import CompetitionState, Phase

CALL_MAX_LENGTH = 50_000
SCOPE = "competition"


class CompetitionQuerySet(models.QuerySet):
    def public(self):
        """Everything ever announced; what was cancelled as a draft stays unknown."""
        return self.exclude(state=CompetitionState.DRAFT).exclude(
            state=CompetitionState.CANCELLED, announced_at=None
        )

    def managed_by(self, user):
        """Competitions the person organises; an administrator or a site-wide organiser has all."""
        scopes = scopes_with(user, Permission.MANAGE_COMPETITION)
        if "" in scopes:
            return self
        return self.filter(pk__in=[scope.split(":")[1] for scope in scopes if scope.startswith(SCOPE + ":")])

    def visible_to(self, user):
        if not scopes_with(user, Permission.MANAGE_COMPETITION):
            return self.public()
        return self.public() | self.managed_by(user)

    def closed_now(self):
        """Those that take no entries any more, the declared grace included, by the database's clock."""
        last = F("closes_at") + F("grace_seconds") * Value(timedelta(seconds=1))
        taken_until = ExpressionWrapper(last, models.DateTimeField())
        return self.annotate(taken_until=taken_until).filter(taken_until__lte=Now())

    def open_at(self, at):
        return self.filter(state=CompetitionState.ANNOUNCED, opens_at__lte=at, closes_at__gt=at)


class Competition(models.Model):
    """A contest: its call, dates and rule. Tracks, rounds, criteria and award tiers hang on it."""

    class Kind(models.TextChoices):
        DEPARTMENTAL = "departmental", _("Between departments")
        RESIDENT = "resident", _("For residents")
        LEARNING_GROUP = "learning_group", _("Between learning groups")
        OPEN = "open", _("Open to all")

    class Profile(models.TextChoices):
        FULL = "full", _("Full (public contest)")
        LIGHT = "light", _("Light (staff only)")

    slug = models.SlugField(_("Address"), max_length=80, unique=True, allow_unicode=True)
    title = models.CharField(_("Title"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    profile = models.CharField(_("Rule profile"), max_length=10, choices=Profile, default=Profile.LIGHT)
    state = models.CharField(max_length=12, choices=CompetitionState, default=CompetitionState.DRAFT)
    call = models.TextField(_("Call"), max_length=CALL_MAX_LENGTH, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))  # the latest of all tracks
    grace_seconds = models.PositiveIntegerField(default=0)  # declared in the call, for everybody
    # Parts of the call, each as a record of contest_files/records.py in JSON.
    plan = models.JSONField(default=dict)  # {item of PLAN_ITEMS: Markdown}
    eligibility = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    dates = models.JSONField(default=list)
    faq = models.JSONField(default=list)
    contact = models.JSONField(default=dict)
    is_sealed = models.BooleanField(default=False)  # organisers see no content before the close
    keep_days = models.PositiveIntegerField(default=365)  # personal data, after the end (erase_expired)
    verification_days = models.PositiveSmallIntegerField(default=10)
    verification_from = models.DateTimeField(null=True)
    verification_until = models.DateTimeField(null=True)
    scoring = models.JSONField(default=dict)  # a ScoringRecord; {}: weighted percent, exact, joint places
    one_prize_per_person = models.BooleanField(default=False)
    rule_sha256 = models.CharField(max_length=64, blank=True)  # of the rule as it was announced
    appeal_days = models.PositiveSmallIntegerField(default=10)  # after the publication of results
    feedback_released_at = models.DateTimeField(null=True)  # comments of judges to entrants
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    announced_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True, null=True)

    objects = CompetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-id"]
        indexes = [models.Index(fields=["-opens_at", "-id"], name="competition_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="competition_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False) | ~Q(state="published"),
                name="published_competition_has_date",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("competitions:competition", args=[self.slug])

    @property
    def eligibility_record(self):
        return EligibilityRecord.of(self.eligibility)

    @property
    def files_record(self):
        return FilesRecord.of(self.files)

    @property
    def contact_record(self):
        return ContactRecord.of(self.contact)

    @property
    def date_records(self):
        return [DateRecord.of(each) for each in self.dates]

    @property
    def faq_records(self):
        return [FaqRecord.of(each) for each in self.faq]

    @property
    def takes_entries_until(self):
        return self.closes_at + timedelta(seconds=self.grace_seconds)

    def is_open(self, at):
        """Whether entries are taken, in the declared grace too."""
        return self.state == CompetitionState.ANNOUNCED and self.opens_at <= at < self.takes_entries_until

    def has_closed(self, at):
        return at >= self.takes_entries_until

    def phase(self, at):
        if self.state != CompetitionState.ANNOUNCED:
            return Phase(self.state)
        if at < self.opens_at:
            return Phase.UPCOMING
        return Phase.OPEN if at < self.closes_at else Phase.CLOSED


class Part(models.Model):
    """A piece of a competition's rule, in order, known by a short code."""

    code = models.CharField(_("Code"), max_length=50)
    name = models.CharField(_("Name"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self):
        return self.name


class Track(Part):
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="tracks")
    description = models.TextField(_("Description"), max_length=2000, blank=True)
    closes_at = models.DateTimeField(_("Closes"), null=True)  # earlier than the competition
    most_entries = models.PositiveSmallIntegerField(null=True)  # of one person in this track
    is_closed = models.BooleanField(default=False)  # takes no entries any more; its drafts stay

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["competition", "code"], name="track_code")]


class Round(Part):
    class Kind(models.TextChoices):
        WRITTEN = "written", _("Written")
        PRESENTATION = "presentation", _("Presentation")
        PANEL = "panel", _("Panel")
        PUBLIC_VOTE = "public_vote", _("Public vote")
        MEASURED = "measured", _("Measured")

    class Peers(models.TextChoices):
        """When a judge may see what other judges gave."""

        NEVER = "never", _("Never")
        AFTER_SIGNING = "after_signing", _("After signing the own sheet")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="rounds")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.WRITTEN)
    weight = models.DecimalField(_("Weight"), max_digits=15, decimal_places=6, default=100)
    aggregate = models.JSONField(default=dict)  # an AggregateRecord; {}: mean over criteria
    floor = models.JSONField(null=True)  # a LimitRecord
    advance = models.JSONField(null=True)  # an AdvanceRecord; null: every entry goes on
    carries = models.BooleanField(default=True)  # its score is in the total
    blind = models.BooleanField(_("Blind"), default=False)
    judges_per_entry = models.PositiveSmallIntegerField(null=True)  # null: all judges of the track
    due_at = models.DateTimeField(null=True)  # when sheets should be signed
    shows_peers = models.CharField(max_length=15, choices=Peers, default=Peers.NEVER)
    calibration_entry = models.ForeignKey(
        "competitions.Entry", models.SET_NULL, null=True, related_name="+"
    )  # every judge signs its sheet before the others
    # A presentation
    minutes = models.PositiveSmallIntegerField(null=True)  # of one entry
    seed = models.CharField(max_length=64, blank=True)  # published; the running order follows from it
    drawn_at = models.DateTimeField(null=True)
    # A public vote
    votes_from = models.DateTimeField(null=True)
    votes_until = models.DateTimeField(null=True)
    votes_per_voter = models.PositiveSmallIntegerField(default=1)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_from=None) | Q(votes_until__gt=F("votes_from")),
                name="votes_end_after_start",
            ),
            models.UniqueConstraint(fields=["competition", "code"], name="round_code"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="round_weight_is_positive"),
        ]


class Criterion(Part):
    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    track = models.ForeignKey(Track, models.CASCADE, null=True, related_name="criteria")  # null: every track
    description = models.TextField(_("Description"), max_length=2000, blank=True)
    max_points = models.DecimalField(_("Points"), max_digits=15, decimal_places=6)
    weight = models.DecimalField(_("Weight"), max_digits=15, decimal_places=6, default=1)
    required = models.BooleanField(_("Required"), default=True)
    levels = models.JSONField(default=list)  # [{"points", "text"}], best first: what points stand for

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="criterion_code"),
            models.CheckConstraint(
                condition=Q(max_points__gt=0, weight__gt=0), name="criterion_points_are_positive"
            ),
        ]


class AwardTier(Part):
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="award_tiers")
    count = models.PositiveSmallIntegerField(_("Winners"), default=1, validators=[MinValueValidator(1)])
    prize = models.CharField(_("Prize"), max_length=200, blank=True)
    track = models.ForeignKey(Track, models.CASCADE, null=True, related_name="award_tiers")  # null: all

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["competition", "code"], name="award_tier_code"),
            models.CheckConstraint(condition=Q(count__gte=1), name="award_tier_has_winners"),
        ]
