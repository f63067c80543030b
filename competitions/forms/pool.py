"""Forms of the pool of people who may be asked to judge."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition import LineField, longest
from competitions.models import JudgeCandidate

LARGEST = 50


class CandidateForm(forms.Form):
    name = LineField(label=_("Name"), max_length=longest(JudgeCandidate, "name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    side = forms.ChoiceField(
        label=_("Side"), choices=JudgeCandidate._meta.get_field("side").choices, widget=forms.RadioSelect
    )
    organisation = LineField(
        label=_("Organisation"), max_length=longest(JudgeCandidate, "organisation"), required=False
    )
    field = LineField(
        label=_("Field of expertise"), max_length=longest(JudgeCandidate, "field"), required=False
    )
    note = LineField(
        label=_("Note"),
        max_length=longest(JudgeCandidate, "note"),
        required=False,
        help_text=_(
            "Only what helps to ask: the person may ask to read what is kept. At most 500 characters."
        ),
    )


class PoolExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"), choices=[("csv", "CSV"), ("xlsx", "XLSX")], initial="csv", widget=forms.RadioSelect
    )


class SuggestForm(forms.Form):
    size = forms.IntegerField(
        label=_("Members of the committee in all"),
        min_value=1,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "number"}),
    )


class PickForm(forms.Form):
    """Whom to add, and how."""

    chosen = forms.ModelMultipleChoiceField(
        queryset=JudgeCandidate.objects.filter(left_at=None),
        error_messages={"required": _("Choose somebody first."), "invalid_choice": _("Open the page again.")},
    )
    act = forms.ChoiceField(choices=[("invite", ""), ("name", "")])
