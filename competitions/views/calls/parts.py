"""Pieces of the call's page."""

from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from competitions.actions.calls.gate_words import PLAN_WORDS
from competitions.contest_files.call_records import PLAN_ITEMS
from competitions.declared import declared_rule_of_rows, rule_sentences
from competitions.states import CompetitionState
from competitions.views.calls.document_parts import eligibility_words

JUDGED = {
    CompetitionState.JUDGING,
    CompetitionState.VERIFICATION,
    CompetitionState.DECIDED,
    CompetitionState.PUBLISHED,
}
# What organisers call the day of the results; 발표 alone may also be a presentation.
RESULT_NAMES = ("결과", "당선작 발표", "당선자 발표", "수상작 발표", "수상자 발표")


def timeline(competition, *, at):
    """The stages in order, each with its date if it has one; one is current unless it was cancelled.

    Where the call itself gives dates after the close, they tell when it is judged and, by name, its results:
    a stage of ours without a date would only say that this is still to be announced.
    """
    stages = [
        {"label": _("Announced"), "at": competition.announced_at},
        {"label": _("Entries open"), "at": competition.opens_at},
        {"label": _("Entries close"), "at": competition.closes_at},
        {"name": "judging", "label": _("Judging"), "at": None},
        {"name": "results", "label": _("Results"), "at": competition.published_at},
    ]
    reached = _reached(competition, at=at)
    for index, stage in enumerate(stages):
        stage["is_done"] = index < reached
        stage["is_current"] = index == reached and competition.state != CompetitionState.CANCELLED
    dates = sorted(competition.date_records, key=lambda each: each.at)
    for each in dates:
        stages.insert(_place(stages, each), _date_stage(each, at=at))
    told = _told_by_dates(each for each in dates if each.at > competition.closes_at)
    return [
        stage for stage in stages if stage.get("name") not in told or stage["is_done"] or stage["is_current"]
    ]


def _told_by_dates(dates):
    names = [each.name for each in dates]
    tells_results = any(word in name for name in names for word in RESULT_NAMES)
    return ({"judging"} if names else set()) | ({"results"} if tells_results else set())


def _place(stages, date):
    """Index among the stages: by time, and what comes after the close stands before the results."""
    later = (index for index, stage in enumerate(stages) if stage["at"] and stage["at"] > date.at)
    return next(later, len(stages) - 1)


def _date_stage(date, *, at):
    return {
        "label": date.name,
        "at": date.at,
        "until": date.until,
        "ends_that_day": bool(date.until) and localdate(date.until) == localdate(date.at),
        "is_done": at >= (date.until or date.at),
        "is_current": False,
    }


def _reached(competition, *, at):
    """Index of the latest stage that has begun; -1 when none has."""
    if competition.state == CompetitionState.DRAFT:
        return -1
    if competition.state == CompetitionState.PUBLISHED:
        return 4
    if competition.state in JUDGED:
        return 3
    return 2 if at >= competition.closes_at else 1 if at >= competition.opens_at else 0


def rule_of_call(competition):
    """The declared rule in sentences."""
    tracks = {track.code: track.name for track in competition.tracks.all()}
    return rule_sentences(declared_rule_of_rows(competition), tracks=tracks)


def criteria_tables(rounds):
    """One table a round, or one for those tracks judged alike in it: criteria with points, weights and shares."""
    rounds = list(rounds)
    return [
        _table(round_, criteria, share=share, tracks=", ".join(names))
        for round_ in rounds
        for (criteria, share), names in _alike(round_, rounds=rounds).items()
    ]


def _alike(round_, *, rounds):
    """{(criteria, the round's share of the total): names of the tracks}; no name when all tracks are alike."""
    if not any(criterion.track_id for each in rounds for criterion in each.criteria.all()):
        share = _percent(round_.weight, sum(each.weight for each in rounds))
        return {(tuple(round_.criteria.all()), share): []}
    found = {}
    for track in round_.competition.tracks.all():
        criteria = _criteria_of(round_, track)
        total = sum(each.weight for each in rounds if _criteria_of(each, track))
        if criteria:
            found.setdefault((criteria, _percent(round_.weight, total)), []).append(track.name)
    return found


def _criteria_of(round_, track):
    return tuple(each for each in round_.criteria.all() if each.track_id in {None, track.pk})


def _table(round_, criteria, *, share, tracks):
    whole = sum(criterion.weight * criterion.max_points for criterion in criteria)
    return {
        "round": round_,
        "tracks": tracks,
        "share": share,
        "points": plain(sum(criterion.max_points for criterion in criteria)),
        "has_weights": len({criterion.weight for criterion in criteria}) > 1,
        "rows": [
            {
                "criterion": criterion,
                "points": plain(criterion.max_points),
                "weight": plain(criterion.weight),
                "share": _percent(criterion.weight * criterion.max_points, whole),
            }
            for criterion in criteria
        ],
    }


def plain(number):
    return f"{Decimal(number).normalize():f}"


def _percent(part, whole):
    return plain((100 * part / whole).quantize(Decimal("0.1"))) if whole else ""


def call_parts(competition):
    """What the call says besides its own text: the plan by heading, who may enter, files, contact, questions."""
    contact = competition.contact_record
    return {
        "plan": [
            {"heading": _(PLAN_WORDS[item]), "text": competition.plan[item]}
            for item in PLAN_ITEMS
            if competition.plan.get(item, "").strip()
        ],
        "eligibility": eligibility_words(competition) if competition.eligibility else [],
        "file_rules": _file_rules(competition.files_record) if competition.files else [],
        "contact": contact if any((contact.office, contact.phone, contact.email)) else None,
        "faq": competition.faq_records,
    }


def _file_rules(files):
    if files.most:
        params = {
            "most": files.most,
            "kinds": ", ".join(kind.upper() for kind in files.kinds),
            "max_mb": files.max_mb,
            "total_mb": files.total_mb,
        }
        rules = [
            _("Up to %(most)s files: %(kinds)s.") % params,
            _("At most %(max_mb)s MB each and %(total_mb)s MB together.") % params,
        ]
    else:
        rules = [_("No files are handed in.")]
    if files.links:
        rules.append(_("Up to %(links)s web addresses.") % {"links": files.links})
    return rules
