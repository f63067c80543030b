"""Every winner as a case in one step; what cannot become one is named with its reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Refusal
from accounts.models import Consent
from competitions.actions.entries.consents import terms_of
from competitions.actions.results.publication import handed_in_content, publish_as_case
from competitions.models import Award

MOST_AT_ONCE = 10  # more are the work of a job


@dataclass(frozen=True)
class Winner:
    """An award that stands. agreed: titles of the consents its leader gave; licence: as the entrant chose it."""

    award: object
    licence: str
    agreed: list

    @property
    def entry(self):
        return self.award.entry

    @property
    def publication(self):
        return getattr(self.award.entry, "publication", None)


def winners_of(competition):
    """Return a Winner for each award that stands, highest first. Four queries at most."""
    rows = Award.objects.filter(tier__competition=competition).exclude(revocation__is_upheld=True)
    rows = rows.select_related("tier", "entry__snapshot", "entry__publication__case", "entry__track")
    awards = list(rows)
    agreed = _agreed(competition, {award.entry.entrant_id for award in awards})
    return [
        Winner(award=award, licence=_licence(award.entry), agreed=agreed.get(award.entry.entrant_id, []))
        for award in awards
    ]


def _licence(entry):
    return handed_in_content(entry)["case"].get("licence", "none")


def _agreed(competition, people):
    titles = {term.kept_as: term.title or own_title(term.purpose) for term in terms_of(competition)}
    found = {}
    given = Consent.objects.filter(user__in=people - {None}, purpose__in=titles, withdrawn_at=None)
    for person, purpose in given.order_by("purpose").values_list("user", "purpose").distinct():
        found.setdefault(person, []).append(titles[purpose])
    return found


def own_title(purpose):
    """Of our own terms, which have no title of a call."""
    titles = {
        "entry-privacy": _("Personal data"),
        "entry-pledge": _("Pledge"),
        "entry-licence": _("Licence"),
    }
    return titles.get(purpose, purpose)


def publish_all(competition, *, by, at, report=None):
    """Make a case of each winner that is none yet. Returns (how many, [(code, why not)]).

    Each is a transaction of its own, so a refused one does not keep the others. report: called with percent.
    """
    waiting = [winner.entry for winner in winners_of(competition) if winner.publication is None]
    made, refused = 0, []
    for number, entry in enumerate(waiting, start=1):
        try:
            publish_as_case(entry, by=by, at=at)
            made += 1
        except Refusal as refusal:
            refused.append((entry.code, str(refusal)))
        if report:
            report(100 * number // len(waiting))
    return made, refused


def made_words(made):
    text = ngettext(
        "%(count)s entry is a case now and waits for the editors.",
        "%(count)s entries are cases now and wait for the editors.",
        made,
    )
    return text % {"count": made}
