"""What a judge agrees to, pledges and declares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.committee.invitation_answers import REASON_MAX_LENGTH
from competitions.forms.competition import LineField, longest
from competitions.models import JudgeRelation

ROWS = 3
MOST_ROWS = 20
NOTHING, SOMETHING = "nothing", "something"


class TieForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of tie"), choices=[("", _("Choose")), *JudgeRelation.Kind.choices], required=False
    )
    name = LineField(label=_("Name of the person"), max_length=longest(JudgeRelation, "name"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    organisation = LineField(
        label=_("Department, office or team"),
        max_length=longest(JudgeRelation, "organisation"),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        says_whom = any(cleaned.get(name) for name in ("name", "email", "organisation"))
        if says_whom and not cleaned.get("kind"):
            self.add_error("kind", _("Choose what kind of tie it is."))
        if cleaned.get("kind") and not says_whom and not self.errors:
            self.add_error("name", _("Write a name, an e-mail address or an office."))
        return cleaned


TieRows = forms.formset_factory(
    TieForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class TiesForm(forms.Form):
    """Ties that became known later; `ties` are the rows that say something."""

    def __init__(self, data=None):
        super().__init__(data)
        self.rows = TieRows(data, prefix="tie")

    def clean(self):
        cleaned = super().clean()
        if not self.rows.is_valid():
            self.add_error(None, _("Check the ties you wrote."))
        else:
            self.check_ties(cleaned)
        return cleaned

    def check_ties(self, cleaned):
        if not self.ties:
            self.add_error(None, _("Write whom or which office the tie is to."))

    @property
    def ties(self):
        return [row.cleaned_data for row in self.rows if row.has_changed()]


class PledgeForm(TiesForm):
    agrees = forms.BooleanField(
        label=_("I agree to the use of my data as said above."),
        error_messages={"required": _("Tick this box to judge; without it you can decline.")},
    )
    pledges = forms.BooleanField(
        label=_("I pledge this."),
        error_messages={"required": _("Tick this box to judge; without it you can decline.")},
    )
    says = forms.ChoiceField(
        label=_("Ties to people who may have entered"),
        choices=[
            (NOTHING, _("I have nothing to declare.")),
            (SOMETHING, _("I declare the following.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether there is anything to declare.")},
    )

    def check_ties(self, cleaned):
        if cleaned.get("says") == SOMETHING and not self.ties:
            self.add_error("says", _("Write whom or which office the tie is to."))
        if cleaned.get("says") == NOTHING and self.ties:
            self.add_error("says", _("You wrote a tie below. Choose to declare it, or empty the rows."))


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("You need not give one. The organiser reads it."),
        max_length=REASON_MAX_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
