"""Forms of what people say about prompts and of what they keep."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.actions.feedback import kinds_in
from casebook.models import Collection, ProblemReport, WorkField

STARS = [
    (5, gettext_lazy("5 · Very useful")),
    (4, gettext_lazy("4 · Useful")),
    (3, gettext_lazy("3 · Partly useful")),
    (2, gettext_lazy("2 · Hardly useful")),
    (1, gettext_lazy("1 · Not useful")),
]
LONGEST_TASK = 10_000  # minutes


class KeyedForm(forms.Form):
    """Makes one thing however often it is sent."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        kwargs["initial"] = {"idempotency_key": uuid4()} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)


class CheckedForm(KeyedForm):
    """Asks once more when `text` looks as if it held personal data; identity numbers are refused when it is kept."""

    checked = forms.BooleanField(
        label=gettext_lazy("I have looked: nobody's personal data is in it."),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self):
        values = super().clean()
        refused, doubtful = kinds_in(values.get("text", ""))
        if doubtful and not refused and not values.get("checked"):
            self.fields["checked"].widget = forms.CheckboxInput()
            words = {"kinds": ", ".join(doubtful)}
            self.add_error(
                "text",
                _("This looks like personal data: %(kinds)s. Take it out, or tick the box below.") % words,
            )
        return values


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=gettext_lazy("How useful is it?"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    minutes_saved = forms.IntegerField(
        label=gettext_lazy("Minutes saved on one task"),
        help_text=gettext_lazy("By your own estimate. Leave it empty if you do not know."),
        required=False,
        min_value=0,
        max_value=LONGEST_TASK,
    )


class CommentForm(CheckedForm):
    field_order = ("idempotency_key", "text", "checked")
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Everybody reads it. Colleagues see your name, others do not."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProblemForm(CheckedForm):
    field_order = ("idempotency_key", "kind", "text", "checked")
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the problem?"),
        choices=ProblemReport.Kind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Where and why"),
        help_text=gettext_lazy("Only the editors read it. Say which place, and what it should say instead."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            (ProblemReport.State.RESOLVED, ProblemReport.State.RESOLVED.label),
            (ProblemReport.State.DISMISSED, ProblemReport.State.DISMISSED.label),
        ],
        widget=forms.RadioSelect,
    )
    resolution = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("Who reported it reads this."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CollectionForm(KeyedForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    summary = forms.CharField(label=gettext_lazy("What it is for"), max_length=300, required=False)
    sharing = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=Collection.Sharing.choices,
        widget=forms.RadioSelect,
        initial=Collection.Sharing.PRIVATE,
    )

    def __init__(self, data=None, *, lists, **kwargs):
        """lists: whether the person may put a collection on the list for everybody."""
        super().__init__(data, **kwargs)
        if not lists:
            self.fields["sharing"].choices = Collection.Sharing.choices[:2]


class AddForm(KeyedForm):
    """Puts a record into one of the person's collections, or into a new one."""

    collection = forms.ChoiceField(label=gettext_lazy("Into which collection?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title of the new collection"),
        help_text=gettext_lazy("Only you see it until you share it."),
        max_length=100,
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, data=None, *, collections):
        first = str(collections[0].uid) if collections else "new"
        super().__init__(data, initial={"collection": first})
        own = [(str(each.uid), each.title) for each in collections]
        self.fields["collection"].choices = [*own, ("new", _("A new collection"))]

    def clean(self):
        values = super().clean()
        if values.get("collection") == "new" and not values.get("title"):
            self.add_error("title", _("Give the new collection a title."))
        return values


class FollowForm(forms.Form):
    field = forms.ModelChoiceField(
        label=gettext_lazy("Work field"),
        queryset=WorkField.objects.all(),
        to_field_name="code",
        empty_label=gettext_lazy("Choose a work field"),
    )


class CopyForm(KeyedForm):
    attribution = forms.CharField(
        label=gettext_lazy("Attribution"),
        help_text=gettext_lazy("Names the original. It stays with the copy and all that is made from it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
