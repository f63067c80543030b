"""Reminding organisers of appeals whose answer is due soon; each once for each appeal."""

from datetime import timedelta

from django.urls import reverse

from accounts.actions.messages import tell_many
from accounts.models import Message
from competitions.actions.letters import AT_ONCE, entry_facts, letter_to, organisers_by
from competitions.actions.wordings import Wording, own_words
from competitions.models import Appeal

BEFORE_DUE = timedelta(days=3)
KIND = "appeal.due"


def remind_of_due_appeals(*, at):
    """Tell organisers of open appeals three days before their answer is due. Six queries at most."""
    rows = Appeal.objects.filter(answered_at=None, withdrawn_at=None, answer_due__lte=at + BEFORE_DUE)
    rows = rows.select_related("entry__competition__created_by").defer(
        "entry__draft", "entry__competition__call"
    )
    letters = list(_letters(list(rows.order_by("answer_due", "pk")[:AT_ONCE]), at=at))
    told = set(
        Message.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True)
    )
    tell_many(letter for letter in letters if letter.key not in told)


def _letters(appeals, *, at):
    if not appeals:
        return
    organisers = organisers_by({appeal.entry.competition for appeal in appeals})
    own = own_words(KIND, list(organisers))
    for appeal in appeals:
        competition = appeal.entry.competition
        facts = entry_facts(appeal.entry) | {"due": appeal.answer_due}
        wording = Wording(competition, KIND, own=own[competition.pk], **facts)
        link = reverse("competitions:organise_appeal", args=[competition.slug, appeal.pk])
        for person in organisers[competition.pk]:
            yield letter_to(person, wording, key=f"{KIND}:{appeal.pk}", link=link, at=at)
