"""Who may enter, in a call's form."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from competitions.contest_files.call_records import EligibilityRecord
from competitions.contest_files.call_yaml import LARGEST_TEAM, OLDEST
from competitions.forms.competition_fields import LinesField, ManyField, whole_field
from competitions.forms.competition_part_base import PartForm, in_order_of, is_above
from learning.models import LearningGroup

WHO_CHOICES = [
    ("staff", _("Staff")),
    ("resident", _("Residents")),
    ("learning_group", _("Members of learning groups")),
]
ENTRANTS_CHOICES = [("both", _("Alone or as a team")), ("person", _("Alone")), ("team", _("As a team"))]
SHOWN_GROUPS = 100


class EligibilityForm(PartForm):
    name = "who"
    default = EligibilityRecord()

    who = ManyField(
        label=_("Who may enter"),
        choices=WHO_CHOICES,
        help_text=_("Nothing ticked: everybody with an account."),
    )
    departments = ManyField(label=_("Staff of these departments"), help_text=_("Nothing ticked: all."))
    groups = ManyField(label=_("Members of these learning groups"), help_text=_("Nothing ticked: all."))
    districts = LinesField(
        label=_("Residents of these districts"), help_text=_("One name a line. Residents declare theirs.")
    )
    min_age = whole_field(_("At least this old"), most=OLDEST, required=False)
    max_age = whole_field(
        _("At most this old"), most=OLDEST, required=False, help_text=_("Full years on the opening day.")
    )
    email_domains = LinesField(
        label=_("E-mail addresses ending in"),
        help_text=_("One a line, such as example.go.kr. The address has to be confirmed."),
    )
    invited = LinesField(
        label=_("Only those invited"),
        help_text=_("One e-mail address a line. Empty: no list of invitations."),
    )
    entrants = forms.ChoiceField(
        label=_("How they enter"), choices=ENTRANTS_CHOICES, widget=forms.RadioSelect
    )
    team_min = whole_field(_("A team has at least"), least=1, most=LARGEST_TEAM)
    team_max = whole_field(_("A team has at most"), least=1, most=LARGEST_TEAM)
    one_team_per_person = forms.BooleanField(label=_("Each person is in one team only"), required=False)
    entries_per_person = whole_field(_("Entries of one person"), least=1)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        departments = [(each.code, str(each)) for each in Department.objects.all()]
        groups = LearningGroup.objects.values_list("slug", "title")[:SHOWN_GROUPS]
        self.fields["departments"].choices = _with_known(departments, self.before.departments)
        self.fields["groups"].choices = _with_known(groups, self.before.groups)

    @property
    def fields_shown(self):
        """Without boxes where there is nothing to tick."""
        return [field for field in self if getattr(field.field, "choices", True)]

    def clean_invited(self):
        addresses = self.cleaned_data["invited"]
        wrong = next((each for each in addresses if "@" not in each), None)
        if wrong:
            raise forms.ValidationError(
                _("“%(address)s” is not an e-mail address. Mend it."), params={"address": wrong}
            )
        return addresses

    def clean(self):
        cleaned = super().clean()
        if is_above(cleaned, "team_min", "team_max"):
            self.add_error("team_max", _("A team may not have fewer people than it needs. Write more."))
        if is_above(cleaned, "min_age", "max_age"):
            self.add_error("max_age", _("Nobody is that old. Write the lower age or more."))
        return cleaned

    def written(self):
        record = super().written()
        lists = ("who", "departments", "groups")
        return replace(
            record, **{name: in_order_of(getattr(record, name), getattr(self.before, name)) for name in lists}
        )


def _with_known(choices, chosen):
    """The choices, and what the call names already though this site does not know it."""
    choices = list(choices)
    known = {code for code, _name in choices}
    return choices + [(code, code) for code in chosen if code not in known]
