"""Who judges: the committee of one competition, and the pool of people who may be asked."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from competitions.models.competition import Competition


class Side(models.TextChoices):
    PRIVATE = "private", _("Private sector")
    PUBLIC = "public", _("Public sector")


class JudgeCandidate(models.Model):
    """Somebody who may be asked to judge, kept across competitions."""

    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-mail"), max_length=254)
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    organisation = models.CharField(_("Organisation"), max_length=200, blank=True)
    field = models.CharField(_("Field of expertise"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # no longer asked

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=Q(left_at=None), name="judge_candidate_once")
        ]

    def __str__(self):
        return self.name


class JudgeQuerySet(models.QuerySet):
    def active(self):
        """Those who judge: neither only invited, nor declined, nor dropped out."""
        return self.filter(state=Judge.State.ACCEPTED)

    def on_committee(self):
        """Those who are to be counted as members: who accepted, and who has not answered yet."""
        return self.filter(state__in=[Judge.State.ACCEPTED, Judge.State.INVITED])


class Judge(models.Model):
    """A member of the committee of one competition. Judges of a paper contest have no account."""

    Side = Side

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Appointed")
        DECLINED = "declined", _("Declined")
        DROPPED = "dropped", _("Left the committee")

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="judges")
    code = models.CharField(_("Code"), max_length=50)
    name = models.CharField(_("Name"), max_length=200)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="judgeships")
    candidate = models.ForeignKey(JudgeCandidate, models.SET_NULL, null=True, related_name="judgeships")
    side = models.CharField(_("Side"), max_length=10, choices=Side, blank=True)
    is_chair = models.BooleanField(_("Chair"), default=False)
    # A committee of one field; null: of the whole competition.
    track = models.ForeignKey("competitions.Track", models.SET_NULL, null=True, related_name="judges")
    organisation = models.CharField(_("Organisation"), max_length=200, blank=True)
    field = models.CharField(_("Field of expertise"), max_length=200, blank=True)
    term_from = models.DateField(_("Term from"), null=True, blank=True)
    term_until = models.DateField(_("Term until"), null=True, blank=True)
    most_entries = models.PositiveIntegerField(_("Most entries"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACCEPTED)
    email = models.EmailField(_("E-mail"), max_length=254, blank=True)  # where the invitation went
    invitation_sha256 = models.CharField(max_length=64, blank=True)  # of the token in the link
    invited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    pledged_at = models.DateTimeField(null=True)  # fairness, secrecy, no conflict
    letter_number = models.CharField(_("Appointment number"), max_length=40, blank=True)
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=300, blank=True)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "code"], name="judge_code"),
            models.UniqueConstraint(
                fields=["competition", "user"],
                condition=Q(user__isnull=False),
                name="judge_once_in_competition",
            ),
            models.UniqueConstraint(
                fields=["invitation_sha256"],
                condition=~Q(invitation_sha256=""),
                name="one_judge_per_invitation",
            ),
            models.CheckConstraint(
                condition=Q(term_from=None) | Q(term_until=None) | Q(term_until__gte=models.F("term_from")),
                name="judge_term_ends_after_start",
            ),
        ]

    def __str__(self):
        return self.name


class JudgeRelation(models.Model):
    """A tie a judge declares before seeing entries in full: a person or an office, without knowing who entered."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family or relative")
        COLLEAGUE = "colleague", _("Works or worked together")
        ADVICE = "advice", _("Advised, taught or examined")
        BUSINESS = "business", _("Contract, service or money")
        OTHER = "other", _("Another tie")

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="relations")
    kind = models.CharField(_("Kind of tie"), max_length=10, choices=Kind)
    name = models.CharField(_("Name of the person"), max_length=200, blank=True)
    email = models.EmailField(_("E-mail"), max_length=254, blank=True)
    organisation = models.CharField(_("Department, office or team"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="", email="", organisation=""), name="relation_names_somebody"
            )
        ]

    def __str__(self):
        return f"{self.judge_id}: {self.kind}"
