"""Appealing, and answering an appeal."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.forms.competition import longest
from competitions.models import Appeal


class AppealForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("What you object to, and why"),
        max_length=longest(Appeal, "text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Name the round, the criterion or the step that you think is wrong. Write no identity numbers."
        ),
        error_messages={"required": _("Write what you object to, and why.")},
    )


class AppealAnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Appeal.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the appeal is upheld.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=longest(Appeal, "answer"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody of the entry reads this. Say what you looked at and what follows."),
        error_messages={"required": _("Write the answer and its reasons; who appealed reads it.")},
    )
