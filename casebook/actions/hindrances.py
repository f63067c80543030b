"""What stands in the way of publishing a version, in sentences. Asked by review and by accepting a proposal.

Bringing in files publishes on an editor's word and does not ask.
"""

from django.utils.translation import gettext as _

from casebook.actions.forks import terms_broken_by
from casebook.actions.links import versions_below
from casebook.errors import CasebookError
from casebook.lint import blocks, lint
from casebook.parts import links_of
from casebook.states import VersionState

MOST_SHOWN = 20


class Hindered(CasebookError):
    """Publication is refused; `reasons` holds every sentence."""

    def __init__(self, reasons):
        self.reasons = reasons
        super().__init__(" ".join([_("This version cannot be published yet."), *reasons]))


def refuse_hindered(version):
    reasons = hindrances(version)
    if reasons:
        raise Hindered(reasons)


def hindrances(version):
    """Return the reasons against publishing a prompt's version; cases have none. A query for each depth of parts."""
    if version.record.kind != "prompt":
        return []
    below = versions_below(version.content)
    return [*_missing(version, below), *terms_broken_by(version), *_blocking(version, below)]


def _missing(version, below):
    """Parts and steps are published here before what holds them."""
    links = dict.fromkeys(link for held in [version, *below.values()] for link in links_of(held.content))
    reasons = []
    for uid, number in links:
        held = below.get((uid, number))
        words = {"title": held.record.title if held else uid, "number": number}
        if held is None:
            reasons.append(_("Version %(number)s of the prompt %(title)s is not on this site.") % words)
        elif held.state != VersionState.PUBLISHED:
            reasons.append(
                _("Publish version %(number)s of “%(title)s” first; this prompt holds it.") % words
            )
        elif held.record.retired_at:
            reasons.append(_("“%(title)s”, which this prompt holds, is retired. Take it out.") % words)
    return reasons


def _blocking(version, below):
    known = {link: held.content for link, held in below.items()}
    found = [
        finding
        for finding in lint(version.content, uid=str(version.record.uid), known=known)
        if blocks([finding])
    ]
    reasons = [f"{finding.place(_)}: {finding.text(_)}" for finding in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        reasons.append(_("And %(number)s more.") % {"number": len(found) - MOST_SHOWN})
    return reasons
