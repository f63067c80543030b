"""Forms of an organiser's messages: own words, a message written freely, departments, what the outbox shows."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Message
from competitions.actions.free_letters import GROUPS, FreeLetter
from competitions.actions.wordings import default_words
from competitions.letters import FREE, KINDS, problems
from competitions.models import LetterText

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_SUBJECT = LetterText._meta.get_field("subject").max_length
LONGEST_BODY = LetterText._meta.get_field("body").max_length
LABELS = {
    "ko": (_("Subject in Korean"), _("Text in Korean")),
    "en": (_("Subject in English"), _("Text in English")),
}


class LetterForm(forms.Form):
    """Subject and text in each language, as `subject_ko` and `body_ko`; a language may stay empty as a whole."""

    kind = FREE
    needed = ()  # languages that must not stay empty

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            subject, body = LABELS[language]
            self.fields[f"subject_{language}"] = forms.CharField(
                label=subject,
                max_length=LONGEST_SUBJECT,
                required=language in self.needed,
                widget=forms.TextInput(attrs={"lang": language}),
            )
            self.fields[f"body_{language}"] = forms.CharField(
                label=body,
                max_length=LONGEST_BODY,
                required=language in self.needed,
                widget=forms.Textarea(attrs={"rows": 12, "lang": language}),
            )

    def clean(self):
        for language in LANGUAGES:
            subject = self.cleaned_data.get(f"subject_{language}")
            body = self.cleaned_data.get(f"body_{language}")
            if subject is None or body is None or not (subject or body):
                continue  # refused already, or empty as a whole
            self._check(language, subject, body)
        return self.cleaned_data

    def _check(self, language, subject, body):
        for part, text in (("subject", subject), ("body", body)):
            if not text:
                self.add_error(
                    f"{part}_{language}", _("Fill in both the subject and the text, or neither of them.")
                )
        for problem in problems(self.kind, subject, body):
            self.add_error(f"{problem.part}_{language}", problem.text(gettext))

    @property
    def words(self):
        """{language: (subject, body)} of the languages that are filled in."""
        given = {
            language: (
                self.cleaned_data[f"subject_{language}"],
                self.cleaned_data[f"body_{language}"].replace("\r\n", "\n"),
            )
            for language in LANGUAGES
        }
        return {language: words for language, words in given.items() if all(words)}


class WordsForm(LetterForm):
    """Own words for a kind of letter; begins with the words that go out now."""

    def __init__(self, *args, kind, own, **kwargs):
        self.kind = KINDS[kind]
        initial = {}
        for language in LANGUAGES:
            subject, body = own.get(language) or default_words(kind, language)
            initial |= {f"subject_{language}": subject, f"body_{language}": body}
        super().__init__(*args, initial=initial, **kwargs)


class FreeLetterForm(LetterForm):
    needed = ("ko",)
    group = forms.ChoiceField(
        label=_("To whom"), choices=[(name, label) for name, (label, _s) in GROUPS.items()]
    )
    is_duty = forms.BooleanField(
        label=_("Everybody has to know this"),
        required=False,
        help_text=_("It is then sent by e-mail to those too who have switched off news about calls."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("group", "subject_ko", "body_ko", "subject_en", "body_en", "is_duty")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.order_fields(self.field_order)
        self.fields["body_en"].help_text = _("May stay empty; everybody then gets the Korean words.")

    @property
    def letter(self):
        given = self.cleaned_data
        return FreeLetter(group=given["group"], words=self.words, is_duty=given["is_duty"])


class DepartmentsForm(forms.Form):
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Departments"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one department.")},
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = departments
        self.fields["departments"].initial = departments


class OutboxForm(forms.Form):
    """What the address of the list asks for; what is unknown asks for everything."""

    mail = forms.ChoiceField(choices=Message.Mail, required=False)
    kind = forms.ChoiceField(choices=[(code, "") for code in (*KINDS, FREE.code)], required=False)
