"""What an organiser writes about rounds of a kind of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions import drawing
from competitions.forms.competition_fields import LineField, MomentField, longest
from competitions.models import Ballot

MOST_MINUTES = 240
REASON_MAX_LENGTH = 500


class DrawForm(forms.Form):
    public_text = LineField(
        label=_("Public half of the seed"),
        help_text=_(
            "Something of this moment that nobody could know before: numbers that people in the room call out, "
            "or those of today's lottery."
        ),
        max_length=drawing.LONGEST_PUBLIC_TEXT,
        error_messages={"required": _("Write the public half of the seed.")},
    )
    starts_at = MomentField(
        label=_("First turn begins"),
        help_text=_("Korean time (Asia/Seoul)."),
        error_messages={"required": _("Choose when the first turn begins.")},
    )
    minutes = forms.IntegerField(label=_("Minutes of one turn"), min_value=1, max_value=MOST_MINUTES)
    pause = forms.IntegerField(
        label=_("Minutes between two turns"), min_value=0, max_value=MOST_MINUTES, initial=0
    )
    between = forms.IntegerField(
        label=_("Further minutes before another track"), min_value=0, max_value=MOST_MINUTES, initial=0
    )


class MoveForm(forms.Form):
    """Another place for one turn. slots: those that have not begun."""

    slot = forms.ChoiceField(
        label=_("Whose turn"), error_messages={"required": _("Choose whose turn is moved.")}
    )
    to = forms.IntegerField(
        label=_("New place"), min_value=1, error_messages={"required": _("Write the new place.")}
    )
    reason = LineField(
        label=_("Reason for moving"),
        help_text=_("It is recorded."),
        max_length=REASON_MAX_LENGTH,
        error_messages={"required": _("Write why the turn is moved; the order was drawn in public.")},
    )

    def __init__(self, *args, slots, **options):
        super().__init__(*args, **options)
        self.fields["slot"].choices = [
            (str(each.pk), f"{each.position}. {each.entry.code}") for each in slots
        ]


class ExcludeForm(forms.Form):
    reason = LineField(
        label=_("Why these ballots are left out"),
        help_text=_("It is recorded, and the result tells how many were left out."),
        max_length=longest(Ballot, "excluded_reason"),
        error_messages={"required": _("Write why these ballots are left out; the record keeps it.")},
    )


class MeasuredNoteForm(forms.Form):
    note = LineField(
        label=_("Where the points come from"),
        help_text=_("Kept with every number you change now, for example: statistics of the office, 2026-11."),
        max_length=300,
        required=False,
    )
