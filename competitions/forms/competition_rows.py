"""The rows of a call's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.calls.gate_words import PLAN_WORDS
from competitions.contest_files.call_records import AGREED_ITEMS
from competitions.contest_files.call_yaml import LONGEST_HELP
from competitions.contest_files.rule_yaml import MOST_ENTRIES
from competitions.contest_files.words import LONGEST_PURPOSE, LONGEST_TEXT, LONGEST_TITLE
from competitions.forms.competition_fields import (
    AddressField,
    LineField,
    LinesField,
    LongText,
    ManyField,
    MomentField,
    longest,
    points_field,
    whole_field,
)
from competitions.forms.competition_row_base import BareRow, RowForm, rows
from competitions.forms.competition_rule import LIMIT_UNITS, METHODS, OVERS, LevelsField
from competitions.models import AwardTier, ConsentTerm, Criterion, FormField, Round, Track

MOST_ROUNDS = 6
MOST_DROPPED = 20
MOST_PERCENT = 100
NOTHING = (None, "", False)
# What a round says when nobody chose anything, by field.
USUAL = {
    "method": ("mean",),
    "over": ("criteria",),
    "floor_unit": ("percent",),
    "shows_peers": ("never",),
    "votes_per_voter": (1, "1"),
}


class TrackRow(RowForm):
    closes_at = MomentField(
        label=_("Closes"), required=False, help_text=_("Empty: with the competition. Never later.")
    )
    most_entries = whole_field(
        _("Entries of one person"),
        least=1,
        most=MOST_ENTRIES,
        required=False,
        help_text=_("Empty: as set for all."),
    )
    description = LongText(label=_("Description"), most=longest(Track, "description"), rows=2, required=False)


class RoundRow(RowForm):
    """The first fields are what every round says; the others stand folded below them."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Round.Kind.choices, initial=Round.Kind.WRITTEN)
    weight = points_field(_("Weight"), initial=100)
    method = forms.ChoiceField(label=_("How judges' marks are joined"), choices=METHODS, required=False)
    over = forms.ChoiceField(label=_("Joined over"), choices=OVERS, required=False)
    drop_high = whole_field(_("Highest marks left out"), most=MOST_DROPPED, required=False)
    drop_low = whole_field(_("Lowest marks left out"), most=MOST_DROPPED, required=False)
    floor = points_field(
        _("Least score"), required=False, help_text=_("An entry below it takes no place. Empty: none.")
    )
    floor_unit = forms.ChoiceField(label=_("Least score in"), choices=LIMIT_UNITS, required=False)
    advance_top = whole_field(
        _("How many go on"),
        least=1,
        required=False,
        help_text=_("To the next round; without effect in the last. Empty: all."),
    )
    advance_percent = points_field(_("Least percent to go on"), required=False)
    advance_per_track = forms.BooleanField(label=_("Counted for each track"), required=False)
    only_decides = forms.BooleanField(
        label=_("Only decides who goes on"), required=False, help_text=_("Its score is not in the total.")
    )
    blind = forms.BooleanField(
        label=_("Blind"), required=False, help_text=_("Judges see no names, teams or departments.")
    )
    judges_per_entry = whole_field(
        _("Judges of one entry"), least=1, most=1000, required=False, help_text=_("Empty: all.")
    )
    due_at = MomentField(label=_("Sheets are due"), required=False)
    shows_peers = forms.ChoiceField(
        label=_("Judges see what others gave"), choices=Round.Peers.choices, required=False
    )
    minutes = whole_field(_("Minutes of one presentation"), least=1, most=600, required=False)
    votes_from = MomentField(label=_("Voting opens"), required=False)
    votes_until = MomentField(label=_("Voting closes"), required=False)
    votes_per_voter = whole_field(_("Choices of one voter"), least=1, most=100, required=False)

    FIRST = ("code", "name", "kind", "weight")

    @property
    def fields_first(self):
        return [field for field in self.fields_shown if field.name in self.FIRST]

    @property
    def fields_more(self):
        return [field for field in self.fields_shown if field.name not in self.FIRST]

    @property
    def has_more(self):
        """Whether something below the fold is another than usual, or refused."""
        return any(
            field.errors or (field.value() not in (*NOTHING, *USUAL.get(field.name, ())))
            for field in self.fields_more
        )

    def clean(self):
        cleaned = super().clean()
        is_trimmed = cleaned.get("method") == "trimmed_mean"
        if is_trimmed and not (cleaned.get("drop_high") or cleaned.get("drop_low")):
            self.add_error("drop_high", _("Write how many marks are left out at each end."))
        unit, floor = cleaned.get("floor_unit") or "percent", cleaned.get("floor")
        if unit == "percent" and floor is not None and floor > MOST_PERCENT:
            self.add_error("floor", _("Write a percentage from 0 to 100."))
        percent = cleaned.get("advance_percent")
        if percent is not None and percent > MOST_PERCENT:
            self.add_error("advance_percent", _("Write a percentage from 0 to 100."))
        begin, end = cleaned.get("votes_from"), cleaned.get("votes_until")
        if begin and end and end <= begin:
            self.add_error("votes_until", _("This ends before it begins. Set a later time."))
        return cleaned


class CriterionRow(RowForm):
    round = forms.TypedChoiceField(label=_("Round"), coerce=int, initial=1)
    track = forms.TypedChoiceField(label=_("Track"), coerce=int, required=False, empty_value=None)
    max = points_field(_("Points"))
    weight = points_field(_("Weight"), initial=1)
    required = forms.BooleanField(label=_("Must be scored"), initial=True, required=False)
    description = LongText(
        label=_("What is looked at"), most=longest(Criterion, "description"), rows=2, required=False
    )
    levels = LevelsField(
        label=_("What points stand for"),
        help_text=_("One level on each line, the best first: points, a colon, the description."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["round"].choices = self.rounds or [("1", "")]
        self.fields["track"].choices = [("", _("All")), *self.tracks]

    def clean(self):
        cleaned = super().clean()
        most = cleaned.get("max")
        if most is not None and any(level.points > most for level in cleaned.get("levels", ())):
            self.add_error("levels", _("A level has more points than the criterion. Lower it."))
        return cleaned


class AwardRow(RowForm):
    count = forms.IntegerField(label=_("Winners"), initial=1, min_value=1, max_value=1000)
    prize = LineField(label=_("Prize"), max_length=longest(AwardTier, "prize"), required=False)
    track = forms.TypedChoiceField(label=_("Track"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["track"].choices = [("", _("All")), *self.tracks]


class QuestionRow(RowForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=FormField.Kind.choices, initial=FormField.Kind.TEXT)
    required = forms.ChoiceField(
        label=_("Required"), choices=FormField.Required.choices, initial=FormField.Required.NO
    )
    help = LineField(label=_("Words of help"), max_length=LONGEST_HELP, required=False)
    choices = LinesField(label=_("Choices"), help_text=_("Of a choice: one on each line."))
    longest = whole_field(_("Most characters"), least=1, most=LONGEST_TEXT, required=False)
    least = points_field(_("Smallest number"), required=False)
    most = points_field(_("Largest number"), required=False)
    tracks = ManyField(label=_("Only for these tracks"), help_text=_("Nothing ticked: for all."))
    is_personal = forms.BooleanField(
        label=_("Personal"), required=False, help_text=_("Judges never see it; it is erased with the person.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["tracks"].choices = self.tracks

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == FormField.Kind.CHOICE and not cleaned.get("choices", True):
            self.add_error("choices", _("There is nothing to choose from. Write one choice on each line."))
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("No number fits. Write the smallest number or more."))
        return cleaned


class TermRow(BareRow):
    purpose = AddressField(label=_("Code"), max_length=LONGEST_PURPOSE, required=False, allow_unicode=True)
    title = LineField(label=_("Title"), max_length=longest(ConsentTerm, "title"))
    text = LongText(label=_("Text"), most=LONGEST_TEXT, rows=4)
    is_required = forms.BooleanField(label=_("Needed to enter"), initial=True, required=False)
    covers = ManyField(
        label=_("Tells entrants of"),
        choices=[(item, _(PLAN_WORDS[item])) for item in AGREED_ITEMS],
        help_text=_("By the full rules entrants are told of each of these and agree (Article 6(2))."),
    )


class DateRow(BareRow):
    name = LineField(label=_("Name"), max_length=LONGEST_TITLE)
    at = MomentField(label=_("Begins"))
    until = MomentField(label=_("Ends"), required=False)

    def clean(self):
        cleaned = super().clean()
        at, until = cleaned.get("at"), cleaned.get("until")
        if at and until and until <= at:
            self.add_error("until", _("This ends before it begins. Set a later time."))
        return cleaned


class FaqRow(BareRow):
    question = LineField(label=_("Question"), max_length=LONGEST_HELP)
    answer = LongText(label=_("Answer"), most=LONGEST_TEXT, rows=3)


ROW_SETS = {
    "tracks": rows(TrackRow, letter="t", extra=1, minimum=1, too_few=_("Write at least one track.")),
    "rounds": rows(
        RoundRow,
        letter="r",
        extra=1,
        minimum=1,
        too_few=_("Write at least one round of judging."),
        most=MOST_ROUNDS,
    ),
    "criteria": rows(
        CriterionRow, letter="c", extra=2, minimum=1, too_few=_("Write at least one criterion."), most=60
    ),
    "awards": rows(AwardRow, letter="a", extra=1),
    "questions": rows(QuestionRow, letter="q"),
    "terms": rows(TermRow, letter="term", key="purpose"),
    "dates": rows(DateRow, key=""),
    "faq": rows(FaqRow, key=""),
}
# Sets that a form may lack: then they stay as they were.
MAY_LACK = {"questions", "terms", "dates", "faq"}
MORE_ROWS = {"questions": 1, "terms": 1, "dates": 1, "faq": 1}
