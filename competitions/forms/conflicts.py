"""Forms of conflicts of interest: by hand, dismissing, challenging, answering and voting."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.conflicts.acts import GROUNDS_BY_HAND
from competitions.actions.conflicts.challenges import LONGEST_NAME, LONGEST_REASON
from competitions.forms.competition_fields import LineField
from competitions.models import Conflict

LONGEST = Conflict._meta.get_field("reason").max_length


class ConflictForm(forms.Form):
    """By hand: which judge, which entry, what ties them."""

    judge = forms.TypedChoiceField(
        label=_("Judge"), coerce=int, error_messages={"required": _("Choose a judge.")}
    )
    entry = LineField(
        label=_("Code of the entry"),
        max_length=50,
        error_messages={"required": _("Write the code of the entry.")},
    )
    ground = forms.ChoiceField(
        label=_("What ties them"),
        choices=[("", "")] + [(ground.value, ground.label) for ground in GROUNDS_BY_HAND],
        error_messages={"required": _("Choose what ties the judge to the entry.")},
    )
    reason = forms.CharField(
        label=_("How you know"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Organisers read it; neither the judge nor the entrant does."),
        error_messages={"required": _("Write how you know of the tie: the record is kept.")},
    )

    def __init__(self, data=None, *, competition, initial=None):
        super().__init__(data, initial=initial)
        self.competition = competition
        judges = competition.judges.on_committee().values_list("pk", "code", "name")
        self.fields["judge"].choices = [("", "")] + [(pk, f"{code} {name}") for pk, code, name in judges]

    def clean_entry(self):
        code = self.cleaned_data["entry"]
        entry = self.competition.entries.filter(code=code).first()
        if entry is None:
            raise forms.ValidationError(_("No entry has this code. Look it up in the list of entries."))
        return entry

    def clean_judge(self):
        return self.competition.judges.select_related("user", "competition").get(
            pk=self.cleaned_data["judge"]
        )


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the judge may judge the entry after all"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the conflict. A conflict dismissed once is not found again."),
        error_messages={"required": _("Write why the conflict is dismissed: the record is kept.")},
    )


class ChallengeForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    name = LineField(
        label=_("Name of the person"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the name of the person you challenge.")},
    )
    reason = forms.CharField(
        label=_("Why this person should not judge your entry"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The tie to you or to another entry, and how it can be checked. "
            "The organiser and the members who vote read it. Write no identity numbers."
        ),
        error_messages={"required": _("Write why this person should not judge your entry.")},
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"idempotency_key": uuid4()})


class LinkForm(forms.Form):
    """Which member a challenge is about."""

    judge = forms.TypedChoiceField(
        label=_("Member of the committee"),
        coerce=int,
        error_messages={"required": _("Choose the member the challenge is about.")},
    )

    def __init__(self, data=None, *, competition):
        super().__init__(data)
        self.competition = competition
        judges = competition.judges.active().values_list("pk", "code", "name")
        self.fields["judge"].choices = [("", "")] + [(pk, f"{code} {name}") for pk, code, name in judges]

    def clean_judge(self):
        return self.competition.judges.select_related("user", "competition").get(
            pk=self.cleaned_data["judge"]
        )


class ChallengeAnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer to the entrant"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: nobody of this name judges the entry. Do not write who does."),
        error_messages={"required": _("Write the answer.")},
    )


class VoteForm(forms.Form):
    upholds = forms.TypedChoiceField(
        label=_("Your vote"),
        choices=[("yes", _("Uphold: the member does not judge the entry")), ("no", _("Dismiss"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you vote.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The reasons of the side that prevails go to the entrant, without names."),
        error_messages={"required": _("Write why: the decision needs a reason.")},
    )
