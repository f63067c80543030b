"""Who gets which award: one choice and one reason for each candidate."""

from django import forms
from django.utils.translation import gettext as _

from competitions.actions.results.results import Choice


class AwardsForm(forms.Form):
    inputs_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, candidates, tiers, inputs_sha256):
        """candidates: board rows (views/result_board.py), tiers: the award tiers."""
        self.candidates = candidates
        super().__init__(data, initial={"inputs_sha256": inputs_sha256})
        choices = [("", _("No award"))] + [(tier.code, tier.name) for tier in tiers]
        for row in candidates:
            self.fields[f"award_{row.entry.pk}"] = forms.ChoiceField(
                label=_("Award of %(code)s") % {"code": row.code},
                choices=choices,
                required=False,
                initial=row.award_code,
                widget=forms.Select(attrs={"class": "krds-form-select medium"}),
            )
            self.fields[f"reason_{row.entry.pk}"] = forms.CharField(
                label=_("Reason for %(code)s") % {"code": row.code},
                required=False,
                max_length=500,
                initial=row.reason,
                widget=forms.TextInput(attrs={"class": "krds-input medium"}),
            )

    @property
    def rows(self):
        return [
            (row, self[f"award_{row.entry.pk}"], self[f"reason_{row.entry.pk}"]) for row in self.candidates
        ]

    def refuse(self, refusal):
        """Show why the decision was refused, beside the field it is about when it is about one."""
        about = [row for row in self.candidates if row.code == getattr(refusal, "code", None)]
        self.add_error(f"reason_{about[0].entry.pk}" if about else None, str(refusal))

    @property
    def choices(self):
        """Choice by entry code, of those that have one."""
        given = self.cleaned_data
        return {
            row.code: Choice(given[f"award_{row.entry.pk}"], given[f"reason_{row.entry.pk}"])
            for row in self.candidates
            if given[f"award_{row.entry.pk}"]
        }
