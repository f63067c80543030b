"""The whole form of a competition: the call and its rows, in and out of one CompetitionRecord."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from competitions.actions.calls.records import fingerprint
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.forms.competition import CallForm
from competitions.forms.competition_rows import ROW_SETS

MORE_ROWS = 3


class CompetitionPage:
    """call: the form of the call; tracks, rounds, criteria, awards: its rows; notice: of a call that is announced."""

    def __init__(self, posted=None, *, record=None, competition=None, start="", notice=None):
        """record: what it begins with. start: its signed text, when the competition is a new one."""
        self.base, self.notice = record, notice
        given = initial_of(record) if record else new_initial()
        if start:
            given["call"] |= {"idempotency_key": uuid4(), "seen": "", "start": start}
        self.call = CallForm(posted, initial=given["call"], competition=competition)
        self.rows = {
            name: formset(posted, prefix=name, initial=given.get(name), form_kwargs={"label_suffix": ""})
            for name, formset in ROW_SETS.items()
        }

    @property
    def forms(self):
        notice = [self.notice] if self.notice else []
        return [*notice, self.call, *(form for formset in self.rows.values() for form in formset)]

    @property
    def has_errors(self):
        in_rows = any(formset.non_form_errors() for formset in self.rows.values())
        return in_rows or any(form.errors for form in self.forms)

    def is_valid(self):
        parts = [
            part.is_valid() for part in (self.notice, self.call, *self.rows.values()) if part is not None
        ]
        return all(parts) and self._rounds_have_criteria()

    def _rounds_have_criteria(self):
        """Tell a criterion of a round that is not there, and a round without criterion."""
        rounds = dict(self.rows["rounds"].filled())
        chosen = self.rows["criteria"].filled()
        for number, row in chosen:
            if row["round"] not in rounds:
                self.rows["criteria"].forms[number - 1].add_error("round", _("There is no such round."))
        for number in rounds.keys() - {row["round"] for _number, row in chosen}:
            self.rows["rounds"].forms[number - 1].add_error(
                "name", _("This round has no criterion. Write at least one.")
            )
        return not any(form.errors for form in self.forms)

    def record(self, *, announced_at=None):
        """What is written, over the record it began with: what the form does not show stays."""
        call = self.call.cleaned_data
        names = ("slug", "title", "kind", "profile", "call", "opens_at", "closes_at")
        values = {name: call[name] for name in names} | {
            "announced_at": announced_at,
            "tracks": tuple(self._track(row) for _n, row in self.rows["tracks"].filled()),
            "judges": (),
            "rounds": tuple(self._round(number, row) for number, row in self.rows["rounds"].filled()),
            "awards": tuple(
                AwardRecord(code=row["code"], name=row["name"], count=row["count"], prize=row["prize"])
                for _n, row in self.rows["awards"].filled()
            ),
        }
        return with_known_tracks(replace(self.base, **values)) if self.base else CompetitionRecord(**values)

    def _track(self, row):
        old = {each.code: each for each in self.base.tracks} if self.base else {}
        track = old.get(row["code"]) or TrackRecord(code=row["code"], name=row["name"])
        return replace(track, name=row["name"])

    def _round(self, number, row):
        rounds = {each.code: each for each in self.base.rounds} if self.base else {}
        old = rounds.get(row["code"])
        tracks = {each.code: each.track for each in old.criteria} if old else {}
        return RoundRecord(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            weight=row["weight"],
            criteria=tuple(
                replace(_criterion(each), track=tracks.get(each["code"], ""))
                for _n, each in self.rows["criteria"].filled()
                if each["round"] == number
            ),
        )

    def add_error(self, message):
        self.call.add_error(None, ValidationError(message))

    def without_errors(self):
        """Show what is typed without judging it yet: the person only asked for more rows."""
        for form in self.forms:
            form._errors = ErrorDict()
        for formset in self.rows.values():
            formset._errors, formset._non_form_errors = [{} for _form in formset], []
        return self


def _criterion(row):
    names = ("code", "name", "description", "max", "weight", "required")
    return CriterionRecord(**{name: row[name] for name in names})


def with_known_tracks(record):
    """Return the record without what belongs to a track taken out, or closes a track after the competition."""
    known = {each.code for each in record.tracks}
    return replace(
        record,
        tracks=tuple(
            replace(each, closes_at=None) if each.closes_at and each.closes_at > record.closes_at else each
            for each in record.tracks
        ),
        questions=tuple(
            replace(each, tracks=tuple(code for code in each.tracks if code in known))
            for each in record.questions
            if not each.tracks or known & set(each.tracks)
        ),
        rounds=tuple(
            replace(
                each,
                criteria=tuple(
                    criterion if criterion.track in known else replace(criterion, track="")
                    for criterion in each.criteria
                ),
            )
            for each in record.rounds
        ),
    )


def with_more_rows(posted, name):
    """Return the posted values with room for more rows of this name."""
    posted = posted.copy()
    field = f"{name}-TOTAL_FORMS"
    if name in ROW_SETS and posted.get(field, "").isdecimal():
        posted[field] = str(min(int(posted[field][:4]) + MORE_ROWS, ROW_SETS[name].max_num))
    return posted


def new_initial():
    return {
        "call": {"idempotency_key": uuid4()},
        "rounds": [{"code": "written", "name": _("Written judging"), "kind": "written", "weight": 100}],
    }


def initial_of(record):
    names = ("slug", "title", "kind", "profile", "call", "opens_at", "closes_at")
    criteria = [
        {**_fields(each, "code", "name", "description", "max", "weight", "required"), "round": number}
        for number, row in enumerate(record.rounds, start=1)
        for each in row.criteria
    ]
    return {
        "call": {**_fields(record, *names), "seen": fingerprint(record)},
        "tracks": [_fields(each, "code", "name") for each in record.tracks],
        "rounds": [_fields(each, "code", "name", "kind", "weight") for each in record.rounds],
        "criteria": criteria,
        "awards": [_fields(each, "code", "name", "count", "prize") for each in record.awards],
    }


def _fields(record, *names):
    return {name: _shown(getattr(record, name)) for name in names}


def _shown(value):
    return plain_text(value) if isinstance(value, Decimal) else value
