"""What a record of a competition must hold before it is stored."""

from django.utils.translation import gettext as _

from competitions.contest_files.rule_of_record import rule_of_record
from competitions.errors import CompetitionError
from competitions.judging.check_rule import check_rule
from competitions.judging.errors import TallyError
from competitions.models import Criterion, Track

RESERVED_SLUGS = {"new", "preview", "start", "alike", "judges"}  # addresses below /organise/


def check_record(record):
    """Raise CompetitionError for the first rule the record breaks."""
    if record.slug in RESERVED_SLUGS:
        raise CompetitionError(
            _("The address “%(slug)s” is used by the site itself. Choose another.") % _slug(record)
        )
    if record.closes_at <= record.opens_at:
        raise CompetitionError(
            _("The competition closes before it opens. Set the closing time after the opening time.")
        )
    if not record.tracks:
        raise CompetitionError(_("There is no track. Add at least one."))
    if not record.rounds or any(not each.criteria and each.kind != "public_vote" for each in record.rounds):
        raise CompetitionError(_("A round has no criterion. Add at least one to each round."))
    _check_codes(record)
    _check_points(record)
    _check_deadlines(record)
    _check_descriptions(record)
    _check_rule(record)


def _check_rule(record):
    try:
        check_rule(rule_of_record(record))
    except TallyError as error:
        raise CompetitionError(
            _("The rule of judging contradicts itself: %(problem)s. Correct it, then save again.")
            % {"problem": error}
        ) from error


def _slug(record):
    return {"slug": record.slug}


def _check_codes(record):
    lists = [
        record.tracks,
        record.judges,
        record.rounds,
        record.awards,
        *(each.criteria for each in record.rounds),
    ]
    for items in lists:
        codes = [item.code for item in items]
        repeated = next((code for code in codes if codes.count(code) > 1), None)
        if repeated:
            raise CompetitionError(
                _("The code “%(code)s” is used twice. Give each row a code of its own.") % {"code": repeated}
            )


def _check_points(record):
    for each in record.rounds:
        numbers = [
            each.weight,
            *(n for criterion in each.criteria for n in (criterion.max, criterion.weight)),
        ]
        if any(number <= 0 for number in numbers):
            raise CompetitionError(_("Points and weights must be above 0."))


def _check_deadlines(record):
    late = next(
        (each for each in record.tracks if each.closes_at and each.closes_at > record.closes_at), None
    )
    if late:
        raise CompetitionError(
            _(
                "The track “%(name)s” closes after the competition. Set it earlier, or the competition's later."
            )
            % {"name": late.name}
        )


def _check_descriptions(record):
    described = [
        *((each, Track) for each in record.tracks),
        *((each, Criterion) for row in record.rounds for each in row.criteria),
    ]
    for each, model in described:
        most = model._meta.get_field("description").max_length
        if len(each.description) > most:
            raise CompetitionError(
                _("The description of “%(name)s” is longer than %(most)s characters. Shorten it.")
                % {"name": each.name, "most": most}
            )
