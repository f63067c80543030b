"""Forms of recorded runs, their judgement, and starting the runner."""

from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.actions.runner import MOST_REPEATS
from casebook.evidence.assertions import MOST_ANSWER
from casebook.forms.evidence import MadeUpForm
from casebook.models import PromptRun

ANSWERS = 5  # of one form


class RunForm(MadeUpForm):
    """One or several pasted answers of one model. asks: whether the test case has a person judge them."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    copied = forms.CharField(max_length=64, widget=forms.HiddenInput)  # hash of the content that was shown
    model = forms.CharField(
        label=gettext_lazy("Model"),
        max_length=100,
        help_text=gettext_lazy("As the tool calls it, such as the name beside the text box."),
        widget=forms.TextInput(attrs={"list": "earlier-models", "autocomplete": "off"}),
    )
    model_version = forms.CharField(
        label=gettext_lazy("Version of the model"), max_length=100, required=False
    )
    ran_on = forms.DateField(
        label=gettext_lazy("Date of the run"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data=None, *, asks, version):
        initial = {"idempotency_key": uuid4(), "ran_on": localdate(), "copied": version.content_sha256}
        super().__init__(data, initial=initial)
        if not self.is_bound:
            del self.fields["seen"]
        for number in range(ANSWERS):
            self.fields[f"output-{number}"] = forms.CharField(
                label=_("Answer") if number == 0 else _("Answer %(number)s") % {"number": number + 1},
                required=number == 0,
                max_length=MOST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 8 if number == 0 else 4}),
            )
            if asks:
                self.fields[f"judgement-{number}"] = forms.ChoiceField(
                    label=_("Judgement"),
                    choices=[("", _("Later")), *PromptRun.Judgement.choices],
                    required=False,
                    widget=forms.RadioSelect,
                )

    def clean_ran_on(self):
        day = self.cleaned_data["ran_on"]
        if day > localdate():
            raise forms.ValidationError(_("This day has not come yet. Write the day the model answered."))
        return day

    def personal_fields(self):
        return [f"output-{number}" for number in range(ANSWERS)]

    def first_place(self):
        return self._places([0])

    def more_places(self):
        return self._places(range(1, ANSWERS))

    def _places(self, numbers):
        """[(answer, judgement or None)] of bound fields."""
        judged = "judgement-0" in self.fields
        return [(self[f"output-{n}"], self[f"judgement-{n}"] if judged else None) for n in numbers]

    def has_more(self):
        """Whether something was typed below the first answer."""
        return any(self.data.get(f"output-{n}") for n in range(1, ANSWERS))

    def answers(self):
        """[(output, judgement)] of the answers that were typed."""
        values = self.cleaned_data
        pairs = [(values.get(f"output-{n}"), values.get(f"judgement-{n}", "")) for n in range(ANSWERS)]
        return [(output, judgement) for output, judgement in pairs if output]


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(choices=PromptRun.Judgement.choices, widget=forms.RadioSelect)


class StartForm(forms.Form):
    """Which version is sent to which service, and how often."""

    version = forms.ModelChoiceField(label=gettext_lazy("Version"), queryset=None, empty_label=None)
    endpoint = forms.ModelChoiceField(label=gettext_lazy("Model service"), queryset=None, empty_label=None)
    repeats = forms.TypedChoiceField(
        label=gettext_lazy("Answers to each test case"),
        help_text=gettext_lazy("Several answers show how alike they are."),
        choices=[(number, str(number)) for number in range(1, MOST_REPEATS + 1)],
        coerce=int,
        initial=3,
    )

    def __init__(self, data=None, *, versions, endpoints, initial=None):
        super().__init__(data, initial=initial)
        self.fields["version"].queryset = versions
        self.fields["version"].label_from_instance = lambda version: (
            _("Version %(number)s") % {"number": version.number}
        )
        self.fields["endpoint"].queryset = endpoints
        self.fields["endpoint"].label_from_instance = lambda endpoint: f"{endpoint.name} ({endpoint.model})"
