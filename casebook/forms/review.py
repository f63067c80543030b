"""The form of a review: what was checked, remarks on fields, a note, and when to look again."""

from django import forms
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.actions.review import next_review
from casebook.reviewing.points import POINTS

REMARK = "remark:"  # begins the names of the text areas beside the fields
OTHER_ROWS = 3
MOST_REMARK = 2_000


class ReviewForm(forms.Form):
    """`remarks()` gives what was typed beside fields, in the order of `paths`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    points = forms.MultipleChoiceField(
        label=gettext_lazy("Checked"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the author"),
        help_text=gettext_lazy(
            "Needed to ask for changes without remarks, to decline, or when a point stays open."
        ),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_by = forms.DateField(
        label=gettext_lazy("Review again by"),
        help_text=gettext_lazy("When it is published. Editors and the author are reminded."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data=None, *, version, paths=(), others=()):
        initial = {"seen": version.content_sha256, "review_by": next_review(now())}
        super().__init__(data, initial=initial)
        points = POINTS[version.record.kind].items()
        self.fields["points"].choices = [(code, _(words)) for code, words in points]
        self.paths = [*paths, *(path for path, _label in others)]
        choices = [("", _("Choose a field")), *others]
        for row in range(OTHER_ROWS if others else 0):
            self.fields[f"other_field_{row}"] = forms.ChoiceField(
                label=_("Field"), choices=choices, required=False
            )
            self.fields[f"other_text_{row}"] = forms.CharField(
                label=_("Remark"),
                required=False,
                max_length=MOST_REMARK,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean_review_by(self):
        day = self.cleaned_data["review_by"]
        if day and day <= localdate(now()):
            raise forms.ValidationError(_("Choose a day to come for the next review."))
        return day

    def others(self):
        """The rows for fields that are not shown, as (field, text) pairs of bound fields."""
        rows = range(OTHER_ROWS)
        return [
            (self[f"other_field_{row}"], self[f"other_text_{row}"])
            for row in rows
            if f"other_field_{row}" in self.fields
        ]

    def remarks(self):
        """[{"path", "text"}] of everything that was remarked."""
        found = [
            {"path": name.removeprefix(REMARK), "text": text.strip()[:MOST_REMARK]}
            for name, text in self.data.items()
            if name.startswith(REMARK) and name.removeprefix(REMARK) in self.paths
        ]
        for row in range(OTHER_ROWS):
            path = self.cleaned_data.get(f"other_field_{row}", "")
            found.append({"path": path, "text": self.cleaned_data.get(f"other_text_{row}", "").strip()})
        kept = [each for each in found if each["path"] and each["text"]]
        return sorted(kept, key=lambda each: self.paths.index(each["path"]))


def typed_remarks(data):
    """{path: text} of the text areas beside the fields, as they were typed."""
    return {name.removeprefix(REMARK): text for name, text in data.items() if name.startswith(REMARK)}
