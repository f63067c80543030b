"""A judge's signed sheets on paper (data of score_sheets.typ): points, remarks, what was signed, place for the hand."""

from collections import defaultdict

from django.db.models import Prefetch
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.errors import CompetitionError
from competitions.models import Score
from competitions.results import points_text
from competitions.views.paper.papers import NONE, base, day_words, is_in_percent, mark_of, titles_of


def score_sheets_data(competition, sheets, *, government):
    """Return the data. sheets: signed ones, as a queryset. Raises CompetitionError when there is none.

    Criteria of a track are columns of their own table. The private comment is nowhere.
    """
    scores = Prefetch("scores", Score.objects.select_related("criterion"))
    rows = (
        sheets.select_related("judge", "round", "entry__track")
        .defer("entry__draft")
        .prefetch_related(scores)
        .order_by("judge__code", "round__position", "round_id", "entry__track__position", "entry__code")
    )
    groups = defaultdict(list)
    for sheet in rows:
        groups[sheet.judge_id, sheet.round_id, sheet.entry.track_id].append(sheet)
    if not groups:
        raise CompetitionError(_("No sheet is signed yet, so there is none to print."))
    criteria = _criteria(competition)
    shared = {
        "titles": titles_of(competition),
        "in_percent": is_in_percent(competition),
        "day": day_words(now()),
    }
    title = _("Score sheets: %(title)s") % {"title": competition.title}
    return base(title, government=government) | {
        "more_head": _("Remarks and fingerprint"),
        "sheets": [_sheet(competition, group, criteria, **shared) for group in groups.values()],
    }


def _criteria(competition):
    """{round id: [criterion]}."""
    rounds = competition.rounds.prefetch_related("criteria")
    return {round_.pk: list(round_.criteria.all()) for round_ in rounds}


def _sheet(competition, sheets, criteria, *, titles, in_percent, day):
    first = sheets[0]
    judge, round_, track = first.judge, first.round, first.entry.track
    asked = [row for row in criteria[round_.pk] if row.track_id in {None, first.entry.track_id}]
    heads = [f"{row.name} ({points_text(row.max_points)})" for row in asked]
    return {
        "name": f"{judge.code} {round_.name}",
        "heading": _("Score sheet of a judge"),
        "facts": [
            [_("Competition"), competition.title],
            [_("Round"), round_.name],
            [_("Judge"), f"{judge.code} {judge.name}"],
            [_("Track"), track.name if track else NONE],
        ],
        "heads": [
            _("Entry code"),
            _("Title of the entry"),
            *heads,
            _("Total in percent") if in_percent else _("Total"),
        ],
        "rows": [_row(sheet, asked, titles=titles, in_percent=in_percent) for sheet in sheets],
        "note": _("An empty criterion (–) was not scored, which is never zero."),
        "certifies": _("I judged the entries as above."),
        "day_words": day,
        "sign_label": _("Judge"),
        "sign_name": f"{judge.code} {judge.name}",
        "sign_words": _("(signature)"),
    }


def _row(sheet, asked, *, titles, in_percent):
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    points = [points_text(scores[row.pk].points) if row.pk in scores else None for row in asked]
    total = mark_of(sheet.reached, sheet.reachable, in_percent=in_percent)
    title = titles.get(sheet.entry.code, sheet.entry.code)
    return {
        "cells": [sheet.entry.code, title, *(text or NONE for text in points), total],
        "more": [*_remarks(sheet, scores, asked), f"SHA-256 {sheet.signed_sha256}"],
    }


def _remarks(sheet, scores, asked):
    for row in asked:
        if row.pk in scores and scores[row.pk].comment:
            yield f"{row.name}: {scores[row.pk].comment}"
    if sheet.comment_committee:
        yield _("For the committee: %(text)s") % {"text": sheet.comment_committee}
    if sheet.comment_entrant:
        yield _("For the entrant: %(text)s") % {"text": sheet.comment_entrant}
