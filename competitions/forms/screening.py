"""What an organiser writes when screening."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from competitions.actions.screening.correction import NOTE_MAX_LENGTH
from competitions.actions.screening.decisions import ARTICLE_MAX_LENGTH
from competitions.actions.screening.locks import REASON_MAX_LENGTH
from competitions.actions.screening.notes import TEXT_MAX_LENGTH
from competitions.forms.competition import LineField, MomentField
from competitions.models import EntryNote

MOST_BYTES = 10 * 1024 * 1024
PURPOSES = {
    "questions": _("Questions about the entry"),
    "correction": _("A correction of the entry"),
    "award": _("An award"),
    "other": pgettext_lazy("purpose", "Something else"),
}


class DecisionForm(forms.Form):
    """seen: the state the entry was in when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class DisqualifyForm(DecisionForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The entrant will read it. Say what is not met."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write why the entry is disqualified; its entrant has a right to know.")
        },
    )
    article = LineField(
        label=_("Article"),
        help_text=_("Of the call or the rules, for example: Call, 3. Who may enter."),
        max_length=ARTICLE_MAX_LENGTH,
        required=False,
    )


class ReturnForm(DecisionForm):
    note = forms.CharField(
        label=_("What is to be corrected"),
        help_text=_("The entrant will read it."),
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what is to be corrected, so that it can be done at once.")},
    )
    due = MomentField(
        label=_("Until when"),
        help_text=_("Korean time. After that only you decide."),
        error_messages={"required": _("Choose until when the entry may be corrected.")},
    )


class ReinstateForm(DecisionForm):
    """Accepting what was disqualified."""

    reason = forms.CharField(
        label=_("Why it is accepted after all"),
        help_text=_("The entrant will read it."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the disqualified entry is accepted after all.")},
    )


class NoteForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Note"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        help_text=_("A note for the entrant is sent to everybody of the entry."),
        choices=EntryNote.Audience.choices,
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"idempotency_key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class ContactForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What for"), choices=PURPOSES.items(), error_messages={"required": _("Choose what for.")}
    )
    words = LineField(
        label=_("In your words"),
        help_text=_("Needed when it is for something else."),
        max_length=REASON_MAX_LENGTH,
        required=False,
    )


class OpenForm(forms.Form):
    """Opening a sealed entry before the close."""

    reason = forms.CharField(
        label=_("Why it cannot wait until the close"),
        help_text=_("It is recorded, and everybody of the entry sees that it was opened."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the entry has to be opened before the close.")},
    )


class ExportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[
            ("entries", _("What was handed in, without people")),
            ("people", _("Who entered: names, e-mail addresses, departments")),
        ],
        initial="entries",
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[("csv", "CSV"), ("xlsx", "XLSX")],
        initial="csv",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for names and addresses; it is recorded."),
        max_length=REASON_MAX_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TableFileForm(forms.Form):
    """A CSV or XLSX file; what is inside is judged by reading it, never by its name."""

    file = forms.FileField(
        label=_("File (CSV or XLSX)"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it."))
        return file
