"""Forms of a team's page and of an invitation to it."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from competitions.actions.teams.members import CONTRIBUTION_MAX_LENGTH, NAME_MAX_LENGTH
from competitions.forms.competition import LineField

EARLIEST_BIRTH = 1900


class TeamNameForm(forms.Form):
    name = LineField(label=_("Name of the team"), max_length=NAME_MAX_LENGTH)


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Leave it empty to make a link that you pass on yourself."),
        required=False,
    )


class ContributionForm(forms.Form):
    contribution = LineField(
        label=_("Contribution"),
        max_length=CONTRIBUTION_MAX_LENGTH,
        help_text=_("What this person did for the entry, in one line."),
        required=False,
    )

    def __init__(self, data=None, *, member):
        super().__init__(
            data, initial={"contribution": member.contribution}, auto_id=f"id_member_{member.pk}_%s"
        )


class InvitationForm(forms.Form):
    """What an invited person declares, as far as the call asks, and the consent."""

    district = forms.ChoiceField(label=_("District where you live"))
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        min_value=EARLIEST_BIRTH,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "number"}),
    )
    agrees = forms.BooleanField(
        label=_("I agree that my name and these details are used to receive and judge the entry."),
        error_messages={"required": _("Tick this box to take part.")},
    )

    def __init__(self, data=None, *, record):
        super().__init__(data)
        self.fields["district"].choices = [("", _("Choose")), *[(name, name) for name in record.districts]]
        if not record.districts:
            del self.fields["district"]
        if record.min_age is None and record.max_age is None:
            del self.fields["birth_year"]

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year > localdate().year:
            raise forms.ValidationError(_("This year lies ahead. Write the year in which you were born."))
        return year

    @property
    def declared(self):
        return {name: self.cleaned_data[name] for name in ("district", "birth_year") if name in self.fields}
