from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import LearningGroup

LONGEST_DESCRIPTION = 20_000
MOST_PEOPLE = 500


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GroupForm(forms.ModelForm):
    description = forms.CharField(
        label=_("Description"),
        help_text=_("What the group wants to learn and how it meets. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_DESCRIPTION,
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("Capacity"),
        help_text=_("How many people can take part at once."),
        min_value=1,
        max_value=MOST_PEOPLE,
    )

    class Meta:
        model = LearningGroup
        fields = ["title", "kind", "work_field", "description", "starts_on", "ends_on", "capacity"]
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day. Choose a later one."))
        return values


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person needs an account here."), max_length=254
    )
    is_facilitator = forms.BooleanField(label=_("As facilitator"), required=False)
