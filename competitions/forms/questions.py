"""Forms of questions about a call: asking one, and what organisers do with it."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.kept_text import KeptText
from casebook.forms.community import CheckedForm
from competitions.models import CallNotice, CallQuestion

LONGEST = CallQuestion._meta.get_field("text").max_length
LONGEST_ANSWER = CallQuestion._meta.get_field("answer").max_length
LONGEST_FAQ_QUESTION = 500  # the notice that tells of it holds it
KEPT_QUESTION = KeptText("kept_question", salt="question-writer", most=3 * LONGEST)
PUBLIC, PRIVATE = "True", ""
READERS = "is_public"


def _readers(*labels):
    return forms.TypedChoiceField(
        label=_("Who reads it"),
        choices=list(zip((PUBLIC, PRIVATE), labels, strict=True)),
        coerce=bool,
        empty_value=False,
        required=False,
        initial=PUBLIC,
        widget=forms.RadioSelect,
    )


class QuestionForm(CheckedForm):
    """Asks once more when the question looks as if it held personal data."""

    field_order = ("idempotency_key", "writer", "text", "checked", READERS)
    writer = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "Write no name, number or address of anybody. The organisers see your name, nobody else."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question.")},
    )
    is_public = _readers(
        _("Everybody, once it is answered; your name is never shown"), _("Only the organiser and I")
    )

    def __init__(self, data=None, *, writer):
        super().__init__(data, initial={"writer": KEPT_QUESTION.mark_of(writer)})

    def begin_again(self):
        """Keep what was typed under a new key: the old one stands for another question."""
        self.data = self.data.copy()
        self.data["idempotency_key"] = str(uuid4())


class AnswerForm(forms.Form):
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)  # when the answer shown was given
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Who asked is told by a message, with the answer."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer.")},
    )
    is_public = _readers(
        _("Everybody reads question and answer, without the name of who asked"), _("Only who asked")
    )


class FaqForm(forms.Form):
    asked = forms.CharField(
        label=_("Question"),
        help_text=_("Everybody reads it in the call. Leave out whatever concerns only who asked."),
        max_length=LONGEST_FAQ_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told = forms.CharField(
        label=_("Answer"),
        max_length=CallNotice._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
