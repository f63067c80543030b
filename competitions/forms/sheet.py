"""The score sheet as a form: points, a level and a comment for each criterion, and three comments on the whole."""

from decimal import Decimal

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.kept_text import KeptText
from competitions.actions.judging.marks import Comments, Given
from competitions.forms.sheet_fields import CommentField, LevelField, PointsField, WholeCommentField
from competitions.results import points_text

KEPT_SHEET = KeptText("kept_sheet", salt="sheet-writer", most=300_000)


class SheetForm(forms.Form):
    """Bound or not. `revision` tells which save the page was opened from, `snapshot` which text it showed."""

    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    snapshot = forms.IntegerField(widget=forms.HiddenInput, required=False)
    writer = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sheet, criteria, read=None, for_signing=False):
        self.criteria, self.for_signing = criteria, for_signing
        super().__init__(data, initial=_initial(sheet, read))
        for criterion in criteria:
            self.fields[f"points_{criterion.pk}"] = PointsField(criterion)
            if criterion.levels:
                self.fields[f"level_{criterion.pk}"] = LevelField(criterion)
            self.fields[f"comment_{criterion.pk}"] = CommentField(criterion)
        self.fields |= {f"comment_{name}": WholeCommentField(name) for name in Comments._fields}

    def clean_revision(self):
        return moment(self.cleaned_data["revision"])

    def clean(self):
        for criterion in self.criteria:
            self._take_level(criterion)
        for criterion in self.criteria if self.for_signing else ():
            name = f"points_{criterion.pk}"
            if criterion.required and name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, _("Give points here before you sign."))
        return self.cleaned_data

    def _take_level(self, criterion):
        """A chosen level gives its points, unless other points were typed after the last save."""
        name, level = f"points_{criterion.pk}", self.cleaned_data.get(f"level_{criterion.pk}")
        if not level or name in self.errors:
            return
        before = self.initial.get(name)
        if self.cleaned_data.get(name) == (None if before is None else Decimal(before)):
            self.cleaned_data[name] = Decimal(level)

    @property
    def marks(self):
        given = self.cleaned_data
        return {c.pk: Given(given[f"points_{c.pk}"], given[f"comment_{c.pk}"]) for c in self.criteria}

    @property
    def comments(self):
        return Comments(*(self.cleaned_data[f"comment_{name}"] for name in Comments._fields))

    @property
    def rows(self):
        """[(criterion, points, levels or None, comment)] as bound fields."""
        return [
            (c, self[f"points_{c.pk}"], self[f"level_{c.pk}"] if c.levels else None, self[f"comment_{c.pk}"])
            for c in self.criteria
        ]

    @property
    def whole(self):
        return [self[f"comment_{name}"] for name in Comments._fields]

    @property
    def typed_points(self):
        """[(criterion, what stands in its field)]."""
        return [(c, self[f"points_{c.pk}"].value()) for c in self.criteria]

    def show_as_saved_at(self, saved_at):
        """Let the next save of this page replace what another window saved."""
        self.data = self.data.copy()
        self.data["revision"] = stamp(saved_at)


def _initial(sheet, read):
    values = {
        "revision": stamp(sheet.saved_at),
        "snapshot": read,
        "writer": KEPT_SHEET.mark_of(sheet.judge.user),
    }
    values |= {name: getattr(sheet, name) for name in Comments().as_fields()}
    for score in sheet.scores.all():
        text = points_text(score.points)
        values[f"points_{score.criterion_id}"] = values[f"level_{score.criterion_id}"] = text
        values[f"comment_{score.criterion_id}"] = score.comment
    return values


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why you step aside"),
        help_text=gettext_lazy(
            "For example: the entrant works in your department, or is a relative. The organiser reads it."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopeningForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the sheet is opened again"),
        help_text=gettext_lazy("For example: the judge asked to correct a typing error. The judge reads it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def stamp(saved_at):
    return saved_at.isoformat() if saved_at else ""


def moment(text):
    """Return the stamp's moment; None when nothing was saved, or it is no stamp."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and is_aware(found) else None
