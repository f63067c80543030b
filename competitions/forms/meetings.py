"""Forms of meetings: calling one, putting a motion, closing, signing; and notes of the deliberation."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.deciding.minutes import LONGEST_OBJECTION, LONGEST_REMARKS
from competitions.actions.deciding.notes import LONGEST
from competitions.forms.competition_fields import LineField, LongText, MomentField, longest
from competitions.models import Meeting, Motion


class MeetingForm(forms.Form):
    title = LineField(label=_("Title"), max_length=longest(Meeting, "title"))
    held_at = MomentField(label=_("Held on"), error_messages={"required": _("Write when the meeting is.")})
    mode = forms.ChoiceField(label=_("Mode"), choices=Meeting.Mode.choices, widget=forms.RadioSelect)
    place = LineField(
        label=_("Venue"),
        max_length=longest(Meeting, "place"),
        required=False,
        help_text=_("A room, or the address of a video conference."),
    )
    agenda = LongText(label=_("Agenda"), most=longest(Meeting, "agenda"), rows=5, required=False)

    def __init__(self, data=None, *, competition, meeting=None, initial=None):
        fields = ("title", "held_at", "mode", "place", "agenda")
        kept = {name: getattr(meeting, name) for name in fields} if meeting else {}
        super().__init__(data, initial={"mode": Meeting.Mode.IN_PERSON} | (initial or {}) | kept)
        tracks = [] if meeting else list(competition.tracks.values_list("pk", "name"))
        if len(tracks) > 1:
            self.fields["track"] = forms.ModelChoiceField(
                competition.tracks.all(),
                label=_("Committee"),
                required=False,
                empty_label=_("The whole committee"),
                help_text=_("A committee of one track decides on the awards of that track."),
            )


class MotionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of motion"), choices=Motion.Kind.choices)
    entry = LineField(
        label=_("Code of the entry"),
        max_length=50,
        required=False,
        help_text=_("For an award out of the order, and for one among equals."),
    )
    tier = forms.ModelChoiceField(
        None,
        label=_("Award"),
        required=False,
        empty_label="",
        help_text=_("For every motion but the one on the order."),
    )
    reason = LongText(
        label=_("Reason"),
        most=longest(Motion, "reason"),
        rows=3,
        required=False,
        help_text=_("Needed wherever the award does not follow from the order alone."),
    )
    text = LongText(
        label=_("Wording"),
        most=longest(Motion, "text"),
        rows=2,
        required=False,
        help_text=_("Left empty, the usual Korean wording is taken."),
    )

    def __init__(self, data=None, *, competition, initial=None):
        super().__init__(data, initial=initial)
        self.competition = competition
        self.fields["tier"].queryset = competition.award_tiers.all()
        self.fields["tier"].label_from_instance = lambda tier: tier.name

    def clean_entry(self):
        code = self.cleaned_data["entry"]
        entry = self.competition.entries.judged().filter(code=code).first() if code else None
        if code and entry is None:
            raise forms.ValidationError(_("No judged entry has this code. Look it up in the deliberation."))
        return entry


class CloseForm(forms.Form):
    remarks = LongText(
        label=_("What was said"),
        most=LONGEST_REMARKS,
        rows=8,
        help_text=_("The main points, for the minutes. They are frozen when the meeting is closed."),
        error_messages={"required": _("Write what was said before the meeting is closed.")},
    )


class SignForm(forms.Form):
    objection = LongText(
        label=_("Objection"),
        most=LONGEST_OBJECTION,
        rows=3,
        required=False,
        help_text=_("Only if you do not agree with the minutes. It is kept with them."),
    )


class NoteForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    text = LongText(
        label=_("Note for the deliberation"),
        most=LONGEST,
        rows=4,
        help_text=_("Read by the committee and the organiser."),
        error_messages={"required": _("Write the note first.")},
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"idempotency_key": uuid4()})
