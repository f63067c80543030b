"""Forms of the committee's pages: naming, inviting and changing members, and letting them go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.committee.members import LEFT_REASON_MAX_LENGTH
from competitions.forms.competition import LineField, longest
from competitions.models import Judge

SIDES = [("", _("Not said")), *Judge.Side.choices]


class JudgeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of an account"),
        required=False,
        help_text=_("The judge scores on this site. Leave it empty for a judge who scores on paper."),
    )
    name = LineField(
        label=_("Name"),
        max_length=longest(Judge, "name"),
        required=False,
        help_text=_("Left empty, the name of the account is taken."),
    )
    side = forms.ChoiceField(label=_("Side"), choices=SIDES, required=False)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["email"] and not cleaned["name"]:
            self.add_error(
                "email",
                _("Write the e-mail address of an account, or the name of a judge who scores on paper."),
            )
        return cleaned


class OfTrack(forms.Form):
    """With a choice of the track where there are several; `track` is then the row, None for all of them."""

    track = forms.ModelChoiceField(
        label=_("Track"),
        queryset=None,
        required=False,
        empty_label=_("All tracks"),
        help_text=_("Of a committee of its own for one track; such committees have at least 3 members each."),
    )

    def __init__(self, *args, competition, **options):
        super().__init__(*args, **options)
        tracks = competition.tracks.all()
        if len(tracks) < 2:
            del self.fields["track"]
        else:
            self.fields["track"].queryset = tracks
            self.fields["track"].label_from_instance = lambda track: track.name


class InviteJudgeForm(OfTrack):
    name = LineField(label=_("Name"), max_length=longest(Judge, "name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The letter goes there. Only the account of this address can accept."),
    )
    side = forms.ChoiceField(label=_("Side"), choices=SIDES[1:], widget=forms.RadioSelect)
    organisation = LineField(
        label=_("Organisation"), max_length=longest(Judge, "organisation"), required=False
    )
    field = LineField(label=_("Field of expertise"), max_length=longest(Judge, "field"), required=False)
    field_order = ["name", "email", "side", "organisation", "field", "track"]


class MemberForm(OfTrack):
    name = LineField(label=_("Name"), max_length=longest(Judge, "name"))
    side = forms.ChoiceField(label=_("Side"), choices=SIDES, required=False)
    organisation = LineField(
        label=_("Organisation"), max_length=longest(Judge, "organisation"), required=False
    )
    field = LineField(label=_("Field of expertise"), max_length=longest(Judge, "field"), required=False)
    is_chair = forms.BooleanField(
        label=_("Chair"),
        required=False,
        help_text=_("A committee has one chair: who was it before is it no more."),
    )
    term_from = forms.DateField(
        label=_("Term from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    term_until = forms.DateField(
        label=_("Term until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    most_entries = forms.IntegerField(
        label=_("Most entries"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("How many entries this member can take on; empty: as many as are given."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "number"}),
    )
    field_order = ["name", "side", "organisation", "field", "track", "is_chair"]

    def __init__(self, data=None, *, judge):
        names = ("name", "side", "organisation", "field", "track", "is_chair", "term_from", "term_until")
        initial = {name: getattr(judge, name) for name in (*names, "most_entries")}
        super().__init__(data, initial=initial, competition=judge.competition)


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The member reads it, and it stays on record."),
        max_length=LEFT_REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the member leaves.")},
    )
