"""Bringing in a contest that was run on paper: all or nothing, and twice is once."""

from dataclasses import asdict, dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.bringing_in.files import refused
from competitions.actions.calls.notices import fix_rule
from competitions.actions.calls.record_checks import check_record
from competitions.actions.calls.records import RECORD_FIELDS, new_competition, parts_of, record_of
from competitions.actions.calls.stored_parts import store_form, store_parts
from competitions.contest_files.errors import FileProblem
from competitions.errors import CompetitionError
from competitions.models import AwardTier, Competition, Criterion, Judge, Round, Track
from competitions.states import CompetitionState

CLOSED_STATES = {CompetitionState.DECIDED, CompetitionState.PUBLISHED, CompetitionState.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How many rows a file added, changed and left as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def bring_in_competition(record, *, by, at):
    """Store a competition file. Returns (competition, is_new); the same file again changes nothing."""
    record = replace(record, notices=())
    existing = Competition.objects.filter(slug=record.slug).first()
    if existing:
        _refuse_difference(record, existing)
        return existing, False
    check_record(record)
    _refuse_unstorable(record)
    competition = new_competition(record, created_by=by, created_at=at, **_announced(record, at=at))
    competition.save(force_insert=True)
    store_parts(competition, record)
    store_form(competition, record)
    if competition.announced_at:
        fix_rule(competition)
    tracks = {track.code: track for track in competition.tracks.all()}
    Judge.objects.bulk_create(
        Judge(competition=competition, **asdict(judge) | {"track": tracks.get(judge.track)})
        for judge in record.judges
    )
    audit.record("competition.brought_in", by=by, target=competition, slug=competition.slug)
    return competition, True


def _announced(record, *, at):
    """A file that does not say when the call was announced means its opening at the latest."""
    announced_at = record.announced_at or record.opens_at
    if announced_at > at:
        return {"state": CompetitionState.DRAFT}
    return {"state": CompetitionState.ANNOUNCED, "announced_at": announced_at}


def _refuse_difference(record, existing):
    """Raise unless the competition says what the file says; judges named on the site since do not count."""
    stored = record_of(existing)
    names = [name for name in RECORD_FIELDS if name not in {"slug", "tracks", "rounds", "awards"}]
    different = [name for name in names if getattr(record, name) != getattr(stored, name)]
    if record.announced_at not in {None, stored.announced_at} and existing.state != CompetitionState.DRAFT:
        different.append("announced_at")
    parts = zip(("tracks", "rounds", "awards"), parts_of(record), parts_of(stored), strict=True)
    different += [name for name, given, held in parts if given != held]
    if not set(record.judges) <= set(stored.judges):
        different.append("judges")
    if different:
        raise CompetitionError(
            _(
                "The competition “%(slug)s” exists already and differs from the file in: %(fields)s. "
                "Change it on its page, or give the file another slug."
            )
            % {"slug": record.slug, "fields": ", ".join(different)}
        )


def _refuse_unstorable(record):
    """Raise for every text that is longer than its column, and every number its column cannot hold."""
    problems = [
        *unstorable(new_competition(record), {"slug": "slug", "title": "title", "call": "call"}),
        *_parts_unstorable("tracks", Track, record.tracks, {"code": "code", "name": "name"}),
        *_parts_unstorable("judges", Judge, record.judges, {"code": "code", "name": "name"}),
        *_parts_unstorable(
            "rounds", Round, record.rounds, {"code": "code", "name": "name", "weight": "weight"}
        ),
        *_parts_unstorable(
            "awards", AwardTier, record.awards, {n: n for n in ("code", "name", "count", "prize")}
        ),
    ]
    fields = {
        "code": "code",
        "name": "name",
        "description": "description",
        "max": "max_points",
        "weight": "weight",
    }
    for place, each in enumerate(record.rounds, start=1):
        problems += _parts_unstorable(f"rounds[{place}].criteria", Criterion, each.criteria, fields)
    if problems:
        raise refused(problems)


def _parts_unstorable(path, model, records, fields):
    problems = []
    for place, record in enumerate(records, start=1):
        row = model(**{column: getattr(record, name) for name, column in fields.items()})
        problems += unstorable(row, fields, path=f"{path}[{place}].")
    return problems


def unstorable(row, fields, *, path="", line=None):
    """Return a FileProblem for each value its column refuses. fields: name in the file -> column."""
    problems = []
    for name, column in fields.items():
        try:
            row._meta.get_field(column).clean(getattr(row, column), row)
        except ValidationError as error:
            problems += [
                FileProblem(line, f"{path}{name}", gettext_noop("{problem}"), {"problem": sentence})
                for sentence in error.messages
            ]
    return problems


def lock_for_bringing_in(competition):
    """Return the competition's row, locked, while entries and scores may still be brought in."""
    locked = Competition.objects.select_for_update(no_key=True).get(pk=competition.pk)
    if locked.state in CLOSED_STATES:
        raise IllegalMove(
            _("The competition is in the state “%(state)s”; nothing more can be brought in.")
            % {"state": locked.get_state_display()}
        )
    return locked
