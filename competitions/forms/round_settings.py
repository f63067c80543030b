"""The organiser's form of how one round is judged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.judging.round_settings import RoundSettings
from competitions.forms.competition_fields import MomentField
from competitions.models import Round

MOST_JUDGES = 100


class RoundSettingsForm(forms.Form):
    blind = forms.BooleanField(
        label=_("Blind: judges do not learn who entered"),
        help_text=_("Names, teams and departments are hidden from judges in files and texts too."),
        required=False,
    )
    judges_per_entry = forms.IntegerField(
        label=_("Judges for each entry"),
        help_text=_("Empty: all judges of the entry's track."),
        min_value=1,
        max_value=MOST_JUDGES,
        required=False,
    )
    due_at = MomentField(
        label=_("Sheets are to be signed until"),
        help_text=_(
            "Korean time (Asia/Seoul). Judges see how much time is left, and are reminded two days before."
        ),
        required=False,
    )
    shows_peers = forms.ChoiceField(
        label=_("When a judge sees what others gave an entry"),
        help_text=_(
            "“Never” keeps judges independent. After signing: signed totals and comments for the committee, "
            "without names. A sheet you open again then comes from a judge who has seen the others."
        ),
        choices=Round.Peers.choices,
        widget=forms.RadioSelect,
    )
    calibration_entry = forms.ModelChoiceField(
        label=_("Calibration entry"),
        help_text=_(
            "All judges score it first; the others open once it is signed. When all have signed it, each judge "
            "sees how the points are spread over each criterion, without names, whatever is chosen above: "
            "finding a common measure is its purpose."
        ),
        queryset=None,
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, data=None, *, round_, entries):
        kept = RoundSettings.of(round_)
        super().__init__(data, initial=_initial(kept))
        self.fields["calibration_entry"].queryset = entries
        self.fields["calibration_entry"].label_from_instance = lambda entry: f"{entry.code} {entry.title}"

    @property
    def settings(self):
        given = dict(self.cleaned_data)
        entry = given.pop("calibration_entry")
        return RoundSettings(**given, calibration_entry_id=entry and entry.pk)


def _initial(kept):
    return {
        "blind": kept.blind,
        "judges_per_entry": kept.judges_per_entry,
        "due_at": kept.due_at,
        "shows_peers": kept.shows_peers,
        "calibration_entry": kept.calibration_entry_id,
    }
