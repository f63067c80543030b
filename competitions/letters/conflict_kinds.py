"""Letters about conflicts of interest. Those to judges name no entry: who is kept away from it would learn of it."""

from casebook.content.markers import N_
from competitions.letters.call_kinds import TO_ORGANISERS
from competitions.letters.entry_kinds import ABOUT, CONTACT, DEAR, DUTY, TO_TEAM
from competitions.letters.records import Kind

TO_MEMBERS = N_("The other members of the committee")
TO_JUDGE = N_("The member of the committee")

CONFLICT_KINDS = (
    Kind(
        code="conflict.sheets_left_out",
        name=N_("Signed sheets that no longer count"),
        when=N_("When a conflict of interest is found after a sheet was signed"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("text",),
        needed=("text",),
        subject=N_("Signed sheets no longer count: {title}"),
        lines=(
            DEAR,
            "",
            N_("a conflict of interest became known in “{title}” after these sheets were signed:"),
            "",
            "{text}",
            "",
            N_("They stay as evidence and do not count. Compute the result again, or have others judge."),
        ),
    ),
    Kind(
        code="conflict.recused",
        name=N_("A judge stepped aside"),
        when=N_("When a judge steps aside from an entry"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("code", "person", "reason"),
        subject=N_("Stepped aside from {code}: {person}"),
        lines=(
            DEAR,
            "",
            N_("{person} stepped aside from entry {code} of “{title}”."),
            "",
            N_("Reason: {reason}"),
            "",
            N_("If the entry lacks judges now, give it to another."),
        ),
    ),
    Kind(
        code="conflict.lifted",
        name=N_("A sheet given back"),
        when=N_("When the organiser dismisses a conflict and the judge may judge again"),
        to=TO_JUDGE,
        topic=DUTY,
        subject=N_("A score sheet waits for you again: {title}"),
        lines=(
            DEAR,
            "",
            N_("a score sheet of “{title}” was given back to you: nothing keeps you from judging the entry."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="conflict.challenge_made",
        name=N_("A judge is challenged"),
        when=N_("When an entrant challenges a member of the committee"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=ABOUT,
        subject=N_("Entry {code} challenges a judge"),
        lines=(
            DEAR,
            "",
            N_("who entered {code} in “{title}” challenges somebody as a judge."),
            N_("See whether that person sits on the committee, and put it to the vote or answer."),
        ),
    ),
    Kind(
        code="conflict.challenge_open",
        name=N_("A challenge to vote on"),
        when=N_("When a challenge is put to the vote"),
        to=TO_MEMBERS,
        topic=DUTY,
        subject=N_("A challenge waits for your vote: {title}"),
        lines=(
            DEAR,
            "",
            N_("an entrant of “{title}” challenges a member of the committee. The other members decide."),
            N_("Read the reason and vote."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="conflict.challenge_taken",
        name=N_("Challenge put to the vote"),
        when=N_("When a challenge is put to the vote"),
        to=TO_TEAM,
        topic=DUTY,
        places=ABOUT,
        subject=N_("Your challenge is put to the vote: {entry}"),
        lines=(
            DEAR,
            "",
            N_(
                "the committee votes on your challenge for “{entry}” ({title}), without the person you named."
            ),
            N_("Until it is decided that person does not judge your entry."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="conflict.challenge_upheld",
        name=N_("Challenge upheld"),
        when=N_("When the committee upholds a challenge"),
        to=TO_TEAM,
        topic=DUTY,
        places=(*ABOUT, "reason"),
        needed=("reason",),
        subject=N_("Your challenge is upheld: {entry}"),
        lines=(
            DEAR,
            "",
            N_("the committee has upheld your challenge: the person you named does not judge “{entry}”."),
            "",
            N_("Reason: {reason}"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="conflict.challenge_dismissed",
        name=N_("Challenge dismissed"),
        when=N_("When the committee dismisses a challenge"),
        to=TO_TEAM,
        topic=DUTY,
        places=(*ABOUT, "reason"),
        needed=("reason",),
        subject=N_("Your challenge is dismissed: {entry}"),
        lines=(
            DEAR,
            "",
            N_("the committee has dismissed your challenge for “{entry}” ({title})."),
            "",
            N_("Reason: {reason}"),
            "",
            CONTACT,
        ),
    ),
)
