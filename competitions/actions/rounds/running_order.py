"""The running order of a presentation: drawn once by a published seed, changed by hand only with a reason."""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions import drawing
from competitions.actions.calls.changes import locked
from competitions.actions.letters import tell_entrant
from competitions.actions.rounds.advancing import advanced_entries, deciding_rounds
from competitions.errors import CompetitionError
from competitions.models import Assignment, Judge, PresentationSlot, Round
from competitions.states import CompetitionState, SheetState

SALT = "competitions.running_order"
WAITING_STATES = [PresentationSlot.State.WAITING, PresentationSlot.State.ABSENT]


def site_half(round_):
    """The site's half of the seed: fixed by the site's key, so it can be drawn neither again nor by others."""
    named = f"{round_.competition_id}:{round_.code}"
    return salted_hmac(SALT, named, algorithm="sha256").hexdigest()[: drawing.HALF_LENGTH]


@transaction.atomic
def draw_order(round_, *, public_text, starts_at, minutes, by, at, pause=0, between=0):
    """Draw the order of the entries that went on, and tell each its turn. Returns the slots."""
    competition = locked(round_.competition)
    round_ = Round.objects.select_related("competition").get(pk=round_.pk)
    text = _checked_text(public_text)
    _require_drawable(round_, competition)
    entries = {each.code: each for each in advanced_entries(round_).select_related("track", "entrant")}
    if not entries:
        raise CompetitionError(_("No entry is in this round yet. Accept entries first."))
    seed = drawing.seed_of(site_half(round_), text)
    tracks = list(competition.tracks.values_list("code", flat=True))
    order = drawing.drawn(seed, [(code, _track(each)) for code, each in entries.items()], tracks=tracks)
    times = drawing.start_times(
        [_track(entries[code]) for code in order],
        first=starts_at,
        minutes=minutes,
        pause=pause,
        between=between,
    )
    round_.seed, round_.drawn_at, round_.minutes = seed, at, minutes
    round_.save(update_fields=["seed", "drawn_at", "minutes"])
    slots = PresentationSlot.objects.bulk_create(
        PresentationSlot(round=round_, entry=entries[code], position=place, planned_at=planned)
        for place, (code, planned) in enumerate(zip(order, times, strict=True), start=1)
    )
    audit.record(
        "presentation.drawn", by=by, target=competition, round=round_.code, seed=seed, order=list(order)
    )
    _tell_turns(slots, competition, by=by, at=at)
    return slots


def _checked_text(text):
    text = drawing.public_text(text)
    if not text:
        raise CompetitionError(
            _("Write the public half of the seed, such as numbers that somebody calls out in the room.")
        )
    if len(text) > drawing.LONGEST_PUBLIC_TEXT:
        raise CompetitionError(
            _("The public half of the seed takes at most %(most)s characters.")
            % {"most": drawing.LONGEST_PUBLIC_TEXT}
        )
    return text


def _require_drawable(round_, competition):
    if round_.kind != Round.Kind.PRESENTATION:
        raise IllegalMove(_("Only a presentation has a running order."))
    if competition.state != CompetitionState.JUDGING:
        raise IllegalMove(
            _("The order is drawn while the competition is being judged. Begin the judging first.")
        )
    if round_.drawn_at:
        raise IllegalMove(
            _("The order is drawn already and is never drawn again. Move single turns, with a reason.")
        )
    waiting = Assignment.objects.filter(
        round__in=deciding_rounds(round_),
        judge__state=Judge.State.ACCEPTED,
        state__in=[SheetState.ASSIGNED, SheetState.STARTED],
    ).count()
    if waiting:
        raise CompetitionError(
            _(
                "%(count)s sheets of the rounds before this one are not signed, so it is not certain who goes on. "
                "Wait for them, or take them back from their judges."
            )
            % {"count": waiting}
        )


@transaction.atomic
def move_turn(slot, *, to, reason, by, at):
    """Give an entry another place; those between move up or down, and the times stay with the places."""
    competition = locked(slot.round.competition)
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why the turn is moved; the order was drawn in public."))
    slots = list(slot.round.slots.select_related("entry__entrant").order_by("position"))
    here = next(place for place, each in enumerate(slots) if each.pk == slot.pk)
    there = next((place for place, each in enumerate(slots) if each.position == to), None)
    if there is None or there == here:
        raise CompetitionError(
            _("Choose another place of the order, from 1 to %(most)s.") % {"most": len(slots)}
        )
    concerned = slots[min(here, there) : max(here, there) + 1]
    if any(each.state not in WAITING_STATES for each in concerned):
        raise IllegalMove(_("A turn that has begun keeps its place. Choose a place behind it."))
    places = [(each.position, each.planned_at) for each in concerned]
    moved = _moved(concerned, slots[here], down=here < there)
    for each, (position, planned_at) in zip(moved, places, strict=True):
        each.position, each.planned_at = position, planned_at
    PresentationSlot.objects.bulk_update(moved, ["position", "planned_at"])
    audit.record(
        "presentation.moved",
        by=by,
        target=slot.entry,
        about=slot.entry.entrant,
        round=slot.round.code,
        before=slot.position,
        after=to,
        reason=reason[:500],
    )
    _tell_turns(moved, competition, by=by, at=at)


def _moved(concerned, slot, *, down):
    others = [each for each in concerned if each.pk != slot.pk]
    return [*others, slot] if down else [slot, *others]


def _tell_turns(slots, competition, *, by, at):
    for slot in slots:
        slot.entry.competition = competition
        tell_entrant(
            slot.entry,
            "presentation.turn",
            at=at,
            by=by,
            key=f"presentation.turn:{slot.pk}:{slot.position}:{int(at.timestamp())}",
            turn=str(slot.position),
            starts=slot.planned_at,
        )


def _track(entry):
    return entry.track.code if entry.track else ""
