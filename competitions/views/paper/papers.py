"""What every paper of a committee says: who, when, of what; and the marks in the form the rule counts them."""

from collections import defaultdict

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.time_words import day
from competitions.actions.paper.titles import with_titles
from competitions.contest_files.rule_records import ScoringRecord
from competitions.models import Assignment, Conflict
from competitions.results import points_text
from competitions.states import CompetitionState, SheetState
from competitions.views.calls.document_parts import site_name
from competitions.views.judging.totals import rounded

NONE = "–"


def base(title, *, government):
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "issuer": site_name(government),
        "page_words": _("Page {n} of {m}"),
        "document_title": title,
    }


def day_words(at):
    return day(timezone.localtime(at))


def hides_names(competition):
    """Whether papers keep to what judges of a blind round may read, as long as results are not public."""
    if competition.state == CompetitionState.PUBLISHED:
        return False
    return any(round_.blind for round_ in competition.rounds.all())


def titles_of(competition):
    """{code: title} of entries under judgement."""
    is_blind = hides_names(competition)
    rows = competition.entries.judged().defer("draft")
    if is_blind:
        rows = rows.select_related("snapshot__redaction")
    return {entry.code: title for entry, title in with_titles(list(rows), is_blind=is_blind)}


def is_in_percent(competition):
    return ScoringRecord.of(competition.scoring).total == "weighted_percent"


def mark_of(reached, reachable, *, in_percent):
    """A sheet's total as the rule counts it: percent of what it could reach, or weighted points."""
    if not reachable:
        return NONE
    return rounded(100 * reached / reachable) if in_percent else points_text(reached)


def sheet_marks(competition):
    """{(round, entry): {judge: what stands in its cell}} of every sheet, by codes. One query."""
    in_percent, found = is_in_percent(competition), defaultdict(dict)
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    rows = Assignment.objects.filter(round__competition=competition).annotate(is_apart=Exists(conflicts))
    columns = ("round__code", "entry__code", "judge__code", "state", "reached", "reachable", "is_apart")
    for round_, entry, judge, state, reached, reachable, is_apart in rows.order_by().values_list(*columns):
        found[round_, entry][judge] = _cell(state, reached, reachable, is_apart, in_percent=in_percent)
    return found


def _cell(state, reached, reachable, is_apart, *, in_percent):
    if state == SheetState.RECUSED or is_apart:
        return _("recused")
    if state != SheetState.SIGNED:
        return NONE
    return mark_of(reached, reachable, in_percent=in_percent)
