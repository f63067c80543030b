"""Who gets which award: one choice and one reason for each candidate, one reason for each award not given."""

from django import forms
from django.utils.translation import gettext as _

from competitions.actions.results.results import Choice


class AwardsForm(forms.Form):
    inputs_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, candidates, tiers, inputs_sha256):
        """candidates: board rows (views/results/board.py), tiers: the award tiers with their tracks."""
        self.candidates, self.tiers = candidates, tiers
        super().__init__(data, initial={"inputs_sha256": inputs_sha256})
        for row in candidates:
            self._add_candidate(row, tiers)
        for tier in tiers:
            self.fields[f"none_{tier.pk}"] = forms.CharField(
                label=_("Reason if “%(tier)s” has fewer winners") % {"tier": tier.name},
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"class": "krds-input medium"}),
            )

    def _add_candidate(self, row, tiers):
        own = [tier for tier in tiers if tier.track_id in {None, row.entry.track_id}]
        self.fields[f"award_{row.entry.pk}"] = forms.ChoiceField(
            label=_("Award of %(code)s") % {"code": row.code},
            choices=[("", _("No award"))] + [(tier.code, tier.name) for tier in own],
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

    @property
    def tier_rows(self):
        return [(tier, self[f"none_{tier.pk}"]) for tier in self.tiers]

    def refuse(self, refusal):
        """Show why the decision was refused, beside the field it is about when it is about one."""
        self.add_error(self._field_of(refusal), str(refusal))

    def _field_of(self, refusal):
        code, tier = getattr(refusal, "code", ""), getattr(refusal, "tier", "")
        of_entry = [f"reason_{row.entry.pk}" for row in self.candidates if code and row.code == code]
        of_tier = [f"none_{each.pk}" for each in self.tiers if tier and each.code == tier]
        return next(iter(of_entry + of_tier), None)

    @property
    def choices(self):
        """Choice by entry code, of those that have one."""
        given = self.cleaned_data
        return {
            row.code: Choice(given[f"award_{row.entry.pk}"], given[f"reason_{row.entry.pk}"])
            for row in self.candidates
            if given[f"award_{row.entry.pk}"]
        }

    @property
    def no_award(self):
        """Reason by code of the award tier, "" where none is written."""
        return {tier.code: self.cleaned_data[f"none_{tier.pk}"] for tier in self.tiers}
