"""Letters to judges about their score sheets."""

from casebook.content.markers import N_
from competitions.letters.entry_kinds import CONTACT, DEAR, DUTY, REMINDER
from competitions.letters.records import Kind

TO_JUDGE = N_("The judge")

SHEET_KINDS = (
    Kind(
        code="sheet.due",
        name=N_("Score sheets to be signed"),
        when=N_("Two days before they are due, and when the organiser reminds"),
        to=N_("Judges with sheets that are not signed"),
        topic=REMINDER,
        places=("round", "count", "due", "left"),
        subject=N_("Score sheets wait for you: {title}"),
        lines=(
            DEAR,
            "",
            N_("in the round “{round}” of “{title}” {count} of your score sheets are not signed yet."),
            "",
            N_("Sign until: {due} ({left})"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="sheet.reopened",
        name=N_("Score sheet opened again"),
        when=N_("When the organiser opens a signed sheet again"),
        to=TO_JUDGE,
        topic=DUTY,
        places=("entry", "code", "reason"),
        needed=("reason",),
        subject=N_("Your score sheet of {code} is open again"),
        lines=(
            DEAR,
            "",
            N_("your signed score sheet of entry {code} “{entry}” of “{title}” was opened again."),
            "",
            N_("Reason: {reason}"),
            N_("Look at it, change what is needed and sign it once more. Until then it does not count."),
            "",
            CONTACT,
        ),
    ),
)
