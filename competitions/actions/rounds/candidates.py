"""Who can be voted for, and who may vote."""

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from competitions.actions.rounds.advancing import advanced_codes
from competitions.models import Entry, Judge, Redaction
from competitions.permissions import can_manage_competition

SALT = "competitions.vote_order"
KEPT_FOR = 60  # seconds; who is in the round changes while it is open only when an entry is disqualified
NOT_ASKED = [Judge.State.DECLINED]


def candidates(round_):
    """The entries of a public vote, as a queryset. In a rush they are computed once a minute."""
    entries = round_.competition.entries.judged()
    codes = cache.get_or_set(f"vote-candidates:{round_.pk}", lambda: _kept(advanced_codes(round_)), KEPT_FOR)
    return entries if codes == "all" else entries.filter(code__in=codes)


def _kept(codes):
    return "all" if codes is None else sorted(codes)


def in_own_order(entries, *, round_, of):
    """Return the entries in an order of each voter's own, the same at every visit."""
    return sorted(entries, key=lambda each: salted_hmac(SALT, f"{round_.pk}:{of}:{each.pk}").hexdigest())


def own_entries(user, competition):
    """Ids of the entries the person has part in."""
    return set(Entry.objects.visible_to(user).filter(competition=competition).values_list("pk", flat=True))


def why_no_voter(user, competition):
    """Return why the person may not vote, as a sentence; "" when they may. Two queries at most."""
    if can_manage_competition(user, competition):
        return _("Who organises the competition does not vote in it.")
    if competition.judges.filter(user=user).exclude(state__in=NOT_ASKED).exists():
        return _("Who judges the competition does not vote in it.")
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        return _(
            "Confirm your e-mail address first: only confirmed accounts vote. The link is in your account."
        )
    return ""


def shown_case(entry, *, hides_names):
    """What voters read of an entry: title, summary, problem and approach; never who entered.

    In a blind contest it is the checked copy without names, and without one the code alone.
    """
    snapshot = entry.snapshot
    if hides_names:
        copy = getattr(snapshot, "redaction", None) if snapshot else None
        is_checked = copy is not None and copy.state == Redaction.State.CHECKED
        case = (copy.content.get("case") or {}) if is_checked else {"title": entry.code}
    else:
        is_there = snapshot and not snapshot.erased_at
        case = (snapshot.content.get("case") or {}) if is_there else {}
        case = {"title": entry.title, "summary": entry.summary} | case
    return {name: case.get(name, "") for name in ("title", "summary", "problem", "approach")}
