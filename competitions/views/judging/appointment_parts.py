"""What a letter of appointment says, in the language of the page."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Government
from accounts.time_words import day
from competitions.views.calls.document_parts import site_name

HEADED = {Government.Kind.METROPOLITAN, Government.Kind.LOCAL}
PROVINCE = "도"


def appointment_data(judge, *, government):
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "document_title": _("Letter of appointment %(number)s") % {"number": judge.letter_number},
        "issuer": site_name(government),
        "page_words": _("Page {n} of {m}"),
        "heading": _("Letter of appointment"),
        "number": _("Letter no. %(number)s") % {"number": judge.letter_number},
        "rows": [row for row in _rows(judge) if row[1]],
        "body": _body(judge),
        "issued_words": day(timezone.localtime(_appointed_at(judge))),
        "head": head_of(government),
        "seal": _("Seal"),
    }


def _rows(judge):
    return [
        (_("Name"), judge.name),
        (_("Organisation"), judge.organisation),
        (_("Field of expertise"), judge.field),
        (
            _("Position on the committee"),
            _("Chair of the committee") if judge.is_chair else _("Member of the committee"),
        ),
        (_("Track"), judge.track.name if judge.track else ""),
        (_("Term"), term_words(judge)),
    ]


def term_words(judge):
    """Without dates the appointment is for the judging of this competition."""
    begins, ends = judge.term_from, judge.term_until
    if begins and ends:
        return _("%(begins)s to %(ends)s") % {"begins": day(begins), "ends": day(ends)}
    if begins:
        return _("From %(begins)s until the results are published") % {"begins": day(begins)}
    if ends:
        return _("Until %(ends)s") % {"ends": day(ends)}
    return _("Until the results are published")


def _body(judge):
    words = {"title": judge.competition.title}
    if judge.is_chair:
        return (
            _("The above person is appointed as the chair of the committee that judges “%(title)s”.") % words
        )
    return _("The above person is appointed as a judge of “%(title)s”.") % words


def _appointed_at(judge):
    return judge.answered_at or judge.competition.announced_at or judge.competition.created_at


def head_of(government):
    """Who signs: the mayor or governor of a city or province, else the office itself."""
    name = site_name(government)
    if not government.name or government.kind not in HEADED:
        return name
    if government.name.endswith(PROVINCE):
        return _("Governor of %(government)s") % {"government": name}
    return _("Head of %(government)s") % {"government": name}
