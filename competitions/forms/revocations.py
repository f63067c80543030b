"""Forms of taking an award back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competitions.forms.competition import LineField, longest
from competitions.models import Award, Revocation
from competitions.rules.afterwards import REVOCATION_NOTICE
from competitions.rules.facts import FULL

MOST_DAYS = 90


class RevocationNoticeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=longest(Revocation, "reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The winner reads this. The page of results never shows it."),
        error_messages={
            "required": gettext_lazy("Write why the award is to be cancelled; the winner is told.")
        },
    )
    article = LineField(
        label=gettext_lazy("Article of the rules or of the call"),
        max_length=longest(Revocation, "article"),
        required=False,
        help_text=gettext_lazy(
            "For example Article 11(1). Once decided, everybody reads it beside the award."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days for the winner's opinion"), min_value=1, max_value=MOST_DAYS
    )
    asks_return = forms.BooleanField(label=gettext_lazy("The prize is to be returned"), required=False)

    def __init__(self, data=None, *, profile):
        least = REVOCATION_NOTICE.days
        super().__init__(data, initial={"days": least})
        if profile == FULL:
            self.fields["days"].help_text = _("At least %(least)s full days (Article 11(4)).") % {
                "least": least
            }


class DecisionForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=gettext_lazy("What is decided"),
        choices=[
            ("yes", gettext_lazy("The award is cancelled")),
            ("no", gettext_lazy("The winner keeps the award")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is decided.")},
    )
    decision = forms.CharField(
        label=gettext_lazy("Reasons of the decision"),
        max_length=longest(Revocation, "decision"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The winner reads this."),
        error_messages={"required": gettext_lazy("Write the decision and its reasons.")},
    )


class MoveUpForm(forms.Form):
    entry = forms.TypedChoiceField(
        label=gettext_lazy("Entry"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose an entry.")},
    )
    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=longest(Award, "reason"),
        help_text=gettext_lazy("Everybody reads this on the page of results."),
        error_messages={
            "required": gettext_lazy("Write why this entry is given the award; everybody can read it.")
        },
    )

    def __init__(self, data=None, *, entries):
        super().__init__(data)
        self.fields["entry"].choices = [(entry.pk, f"{entry.code} {entry.title}") for entry in entries]


class OpinionForm(forms.Form):
    opinion = forms.CharField(
        label=gettext_lazy("Your opinion"),
        max_length=longest(Revocation, "opinion"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "The organiser reads it before deciding. You may change it until the time is over."
        ),
        error_messages={"required": gettext_lazy("Write your opinion.")},
    )
