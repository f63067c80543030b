"""Letters about an invitation to judge: the invitation itself, and what became of it."""

from django.conf import settings
from django.urls import reverse

from accounts.actions.messages import tell_address
from accounts.models import Topic
from accounts.permissions import scope_of
from competitions.actions.letters import tell_organisers, tell_person
from competitions.actions.wordings import Wording


def invitation_link(secret):
    return settings.SITE_URL + reverse("competitions:judge_invitation", args=[secret])


def send_invitation(judge, secret, *, account, until, by, at):
    """Queue the letter: to the account of the address where there is one, else to the address alone."""
    kind, facts = "judge.invited", {"due": until}
    key = f"{kind}:{judge.pk}:{judge.invitation_sha256[:16]}"
    link = reverse("competitions:judge_invitation", args=[secret])
    if account:
        tell_person(account, judge.competition, kind, at=at, by=by, key=key, link=link, **facts)
        return
    language = by.language if by else settings.LANGUAGE_CODE
    subject, body = Wording(judge.competition, kind, **facts).write(language=language, name=judge.name)
    tell_address(
        judge.email,
        kind=kind,
        topic=Topic.DUTY,
        subject=subject,
        body=body,
        key=key,
        link=link,
        about=scope_of(judge.competition),
        by=by,
        language=language,
    )


def tell_answer(judge, kind, *, by, at):
    """Tell the organisers of the answer, and who accepted of the appointment."""
    competition, key = judge.competition, f"{kind}:{judge.pk}"
    committee = reverse("competitions:organise_committee", args=[competition.slug])
    answer = "judge.answered" if kind == "judge.appointed" else kind
    tell_organisers(
        competition, answer, at=at, by=by, key=f"{answer}:{judge.pk}", link=committee,
        person=judge.name, reason=judge.left_reason,
    )  # fmt: skip
    if kind == "judge.appointed":
        tell_person(
            judge.user, competition, kind, at=at, by=by, key=key,
            link=reverse("competitions:judge_ties", args=[competition.slug]), number=judge.letter_number,
        )  # fmt: skip
