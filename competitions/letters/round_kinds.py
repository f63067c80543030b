"""Letters about rounds: a turn to present, a vote that has opened."""

from casebook.content.markers import N_
from competitions.letters.call_kinds import CALL, TO_FOLLOWERS
from competitions.letters.entry_kinds import ABOUT, CONTACT, DEAR, DUTY, TO_TEAM
from competitions.letters.records import Kind

ROUND_KINDS = (
    Kind(
        code="presentation.turn",
        name=N_("Turn to present"),
        when=N_("When the running order is drawn, and when the turn changes"),
        to=TO_TEAM,
        topic=DUTY,
        places=(*ABOUT, "turn", "starts"),
        needed=("turn", "starts"),
        subject=N_("You present at {starts}: {entry}"),
        lines=(
            DEAR,
            "",
            N_("your entry “{entry}” ({code}) to “{title}” has its turn to present."),
            "",
            N_("Place in the running order: {turn}"),
            N_("Planned start: {starts}"),
            "",
            N_("Please be there some time before. Turns before yours may be shorter or fall out."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="vote.opened",
        name=N_("Public vote opened"),
        when=N_("When a public vote opens"),
        to=TO_FOLLOWERS,
        topic=CALL,
        places=("due",),
        needed=("due",),
        subject=N_("Vote now: {title}"),
        lines=(
            DEAR,
            "",
            N_("the public vote of “{title}” is open."),
            "",
            N_("You can vote, and change your vote, until {due}."),
            "",
            CONTACT,
        ),
    ),
)
