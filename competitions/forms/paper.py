"""Paper contests: scans of signed sheets, why one is removed, and which sheets a file holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.screening.locks import REASON_MAX_LENGTH
from competitions.models import Round


class ScanForm(forms.Form):
    judge = forms.ModelChoiceField(
        label=_("Judge"),
        queryset=None,
        error_messages={
            "required": _("Choose whose sheets these are."),
            "invalid_choice": _("Choose a judge of this competition."),
        },
    )
    round = forms.ModelChoiceField(
        label=_("Round"),
        queryset=None,
        required=False,
        empty_label=_("all rounds"),
        error_messages={"invalid_choice": _("Choose a round of this competition.")},
    )
    file = forms.FileField(
        label=_("Photograph or scan"),
        help_text=_("PDF, JPEG, PNG or WebP, up to 20 MB. Place and camera are taken out of pictures."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def __init__(self, *args, competition, **kwargs):
        super().__init__(*args, **kwargs)
        judge = self.fields["judge"]
        judge.queryset = competition.judges.active()
        judge.label_from_instance = _named
        self.fields["round"].queryset = rounds_of(competition)


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is removed"),
        help_text=_("It is recorded; the fingerprint of the file stays too."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why the scan is removed; it stays in the record.")},
    )


class SheetExportForm(forms.Form):
    which = forms.ChoiceField(
        label=_("Which sheets"),
        choices=[("signed", _("Signed sheets")), ("all", _("All sheets, also unsigned ones"))],
        initial="signed",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose which sheets the file shall hold.")},
    )
    rounds = forms.ModelMultipleChoiceField(
        label=_("Rounds"),
        help_text=_("None chosen: all."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose a round of this competition.")},
    )
    judge = forms.ModelChoiceField(
        label=_("Judge"),
        queryset=None,
        required=False,
        empty_label=_("all judges"),
        error_messages={"invalid_choice": _("Choose a judge of this competition.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Who takes score sheets away, and why, is recorded."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why you take the score sheets away; it is recorded.")},
    )

    def __init__(self, *args, competition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rounds"].queryset = rounds_of(competition)
        judge = self.fields["judge"]
        judge.queryset = competition.judges.all()
        judge.label_from_instance = _named


def rounds_of(competition):
    """Those with score sheets."""
    return competition.rounds.exclude(kind__in=[Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED])


def _named(judge):
    return f"{judge.code} {judge.name}"
