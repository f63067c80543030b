"""Letters after the publication: certificates, comments of judges, appeals."""

from casebook.content.markers import N_
from competitions.letters.entry_kinds import ABOUT, CONTACT, DEAR, DUTY, TO_TEAM
from competitions.letters.records import Kind

ORGANISERS = N_("Organisers of the competition")

AFTERWARDS_KINDS = (
    Kind(
        code="certificate.issued",
        name=N_("Certificate issued"),
        when=N_("When the certificate of an award is issued"),
        to=N_("Each person with a certificate"),
        topic=DUTY,
        subject=N_("Your certificate: {title}"),
        lines=(
            DEAR,
            "",
            N_(
                "your certificate of the award in “{title}” is issued. You can download it on the page of your entry."
            ),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="entry.feedback",
        name=N_("Comments of the judges"),
        when=N_("When the organiser releases what judges wrote for the entrants"),
        to=TO_TEAM,
        topic=DUTY,
        places=ABOUT,
        subject=N_("What the judges write about your entry: {entry}"),
        lines=(
            DEAR,
            "",
            N_("judges of “{title}” have written comments on your entry “{entry}”. They are on its page."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="appeal.filed",
        name=N_("Appeal against the result"),
        when=N_("When somebody appeals against the result"),
        to=ORGANISERS,
        topic=DUTY,
        places=(*ABOUT, "due"),
        subject=N_("Appeal against the result: {code}"),
        lines=(
            DEAR,
            "",
            N_("there is an appeal for entry {code} “{entry}” of “{title}”."),
            N_("The answer is due {due}."),
        ),
    ),
    Kind(
        code="appeal.due",
        name=N_("Reminder of an appeal"),
        when=N_("Three days before the answer to an appeal is due"),
        to=ORGANISERS,
        topic=DUTY,
        places=(*ABOUT, "due"),
        needed=("due",),
        subject=N_("Answer due {due}: appeal for {code}"),
        lines=(
            DEAR,
            "",
            N_("the appeal for entry {code} “{entry}” of “{title}” is not answered yet."),
            N_("The answer is due {due}."),
        ),
    ),
    Kind(
        code="appeal.answered",
        name=N_("Appeal answered"),
        when=N_("When the organiser answers an appeal"),
        to=TO_TEAM,
        topic=DUTY,
        places=(*ABOUT, "answer"),
        needed=("answer",),
        subject=N_("Your appeal: {entry}"),
        lines=(
            DEAR,
            "",
            N_("your appeal for “{entry}” in “{title}” is answered."),
            "",
            N_("Answer: {answer}"),
            "",
            CONTACT,
        ),
    ),
)
