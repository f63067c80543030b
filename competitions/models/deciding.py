"""How the committee decides: meetings with quorum, motions put to the vote, minutes signed by members."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models.competition import AwardTier, Competition
from competitions.models.jury import Judge


class DeliberationNote(models.Model):
    """What somebody says of an entry while the awards are discussed; the committee and the organiser read it."""

    entry = models.ForeignKey("competitions.Entry", models.CASCADE, related_name="deliberation_notes")
    text = models.TextField(_("Note"), max_length=5000)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.text[:40]


class Meeting(models.Model):
    """A meeting of the committee and its minutes. Minutes never change once they are open for signing."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        WRITTEN = "written", _("In writing")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        IN_SESSION = "in_session", _("In session")
        SIGNING = "signing", _("Open for signing")
        SIGNED = "signed", _("Signed")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="meetings")
    track = models.ForeignKey("competitions.Track", models.SET_NULL, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=200)
    mode = models.CharField(_("Mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    held_at = models.DateTimeField(_("Held"))
    agenda = models.TextField(_("Agenda"), max_length=5000, blank=True)
    remarks = models.TextField(_("What was said"), max_length=20_000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    result_sha256 = models.CharField(max_length=64, blank=True)  # of the result that was discussed
    minutes = models.JSONField(null=True)  # frozen when opened for signing
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "number"], name="meeting_number"),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "in_session"]) | Q(minutes__isnull=False),
                name="closed_meeting_has_minutes",
            ),
        ]

    def __str__(self):
        return self.title


class MeetingMember(models.Model):
    """A member of the committee at a meeting: present or not, and the signature under its minutes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="members")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="meetings")
    is_present = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    objection = models.TextField(
        _("Objection"), max_length=2000, blank=True
    )  # a dissent kept with the minutes

    class Meta:
        ordering = ["judge__code"]
        constraints = [models.UniqueConstraint(fields=["meeting", "judge"], name="once_at_a_meeting")]

    def __str__(self):
        return f"{self.meeting_id}: {self.judge_id}"


class Motion(models.Model):
    """What a meeting decides by vote: majority of those present, quorum the majority of the members."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Awards in the order of the result")
        DEPARTURE = "departure", _("An award out of the order of the result")
        TIE = "tie", _("Who of equals gets the award")
        NO_AWARD = "no_award", _("No award in a tier")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        CARRIED = "carried", _("Carried")
        LOST = "lost", _("Lost")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="motions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    text = models.TextField(_("Motion"), max_length=2000)
    entry = models.ForeignKey("competitions.Entry", models.CASCADE, null=True, related_name="motions")
    tier = models.ForeignKey(AwardTier, models.SET_NULL, null=True, related_name="motions")
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="motion_position"),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="decided_motion_has_outcome",
            ),
        ]

    def __str__(self):
        return self.text[:40]


class MotionVote(models.Model):
    class Choice(models.TextChoices):
        YES = "yes", _("In favour")
        NO = "no", _("Against")
        ABSTAIN = "abstain", _("Abstains")

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="votes")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["motion", "judge"], name="one_vote_on_motion")]

    def __str__(self):
        return f"{self.motion_id}: {self.choice}"
