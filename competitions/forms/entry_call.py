"""What the form of an entry needs to know of its call, read once."""

from dataclasses import dataclass

from competitions.actions.calls.records import question_record
from competitions.actions.entries.consents import OWN_TERMS, terms_of
from competitions.answers import asked
from competitions.contest_files.call_records import EligibilityRecord, FilesRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CallParts:
    """tracks: rows. questions: of every track, files too. terms: what is agreed to."""

    tracks: list
    questions: list
    terms: list
    files: FilesRecord
    eligibility: EligibilityRecord

    @property
    def asks_district(self):
        return bool(self.eligibility.districts)

    @property
    def asks_birth_year(self):
        return self.eligibility.min_age is not None or self.eligibility.max_age is not None

    @property
    def asks_more(self):
        """Whether the call has a step for questions, links and files."""
        return bool(self.questions or self.files.most or self.files.links)

    @property
    def file_questions(self):
        return [question for question in self.questions if question.kind == "file"]

    def asked_in(self, track):
        """Questions an entry in this track answers in the form; files are answered beside it."""
        return asked(self.questions, track.code if track else None)

    def files_asked_in(self, track):
        code = track.code if track else None
        return [each for each in self.file_questions if not each.tracks or code in each.tracks]


def call_parts(competition, *, asks_questions=True, has_terms=True):
    """Three queries at most. asks_questions, has_terms: False where the caller knows that there are none."""
    rows = competition.form_fields.all() if asks_questions else []
    return CallParts(
        tracks=list(competition.tracks.all()),
        questions=[question_record(row) for row in rows],
        terms=terms_of(competition) if has_terms else OWN_TERMS,
        files=competition.files_record,
        eligibility=competition.eligibility_record,
    )
