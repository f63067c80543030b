"""Letters about a call, to followers, entrants, organisers and judges."""

from casebook.content.markers import N_
from competitions.letters.entry_kinds import CONTACT, DEAR, DUTY
from competitions.letters.records import Kind

CALL = "call"
TO_FOLLOWERS = N_("Followers of the call and everybody with an entry or a draft")
TO_ORGANISERS = N_("Organisers of the competition")

CALL_KINDS = (
    Kind(
        code="call.announced",
        name=N_("New call"),
        when=N_("When the call is announced"),
        to=N_("Followers of new calls, and the departments you choose"),
        topic=CALL,
        places=("opens", "deadline"),
        subject=N_("New call: {title}"),
        lines=(
            DEAR,
            "",
            N_("a new call is out: “{title}”."),
            "",
            N_("Entries open: {opens}"),
            N_("Deadline: {deadline}"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="call.changed",
        name=N_("Call changed"),
        when=N_("When a notice changes the announced call"),
        to=TO_FOLLOWERS,
        topic=CALL,
        places=("text", "deadline"),
        needed=("text",),
        subject=N_("The call has changed: {title}"),
        lines=(
            DEAR,
            "",
            N_("the call “{title}” has been changed by a notice:"),
            "",
            "{text}",
            "",
            N_("Deadline: {deadline}"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="call.cancelled",
        name=N_("Competition cancelled"),
        when=N_("When the announced competition is cancelled"),
        to=TO_FOLLOWERS,
        topic=CALL,
        places=("text",),
        needed=("text",),
        subject=N_("Cancelled: {title}"),
        lines=(DEAR, "", N_("“{title}” has been cancelled."), "", "{text}", "", CONTACT),
    ),
    Kind(
        code="call.results",
        name=N_("Results published"),
        when=N_("When the results are published"),
        to=TO_FOLLOWERS,
        topic=CALL,
        subject=N_("Results: {title}"),
        lines=(DEAR, "", N_("the results of “{title}” are published."), "", CONTACT),
    ),
    Kind(
        code="question.asked",
        name=N_("Question about the call"),
        when=N_("When somebody asks about the call"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("question",),
        subject=N_("A question about {title}"),
        lines=(DEAR, "", N_("somebody asks about “{title}”:"), "", "{question}"),
    ),
    Kind(
        code="question.answered",
        name=N_("Question answered"),
        when=N_("When the organiser answers a question"),
        to=N_("Who asked"),
        topic=DUTY,
        places=("question", "answer"),
        needed=("answer",),
        subject=N_("Your question about {title}"),
        lines=(
            DEAR,
            "",
            N_("your question about “{title}” has been answered."),
            "",
            N_("Question: {question}"),
            N_("Answer: {answer}"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="question.removed",
        name=N_("Question removed"),
        when=N_("When the organiser removes a question"),
        to=N_("Who asked"),
        topic=DUTY,
        places=("question", "reason"),
        needed=("reason",),
        subject=N_("Your question about {title} was removed"),
        lines=(
            DEAR,
            "",
            N_("the organiser has removed your question about “{title}”."),
            "",
            N_("Question: {question}"),
            N_("Reason: {reason}"),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="correction.received",
        name=N_("Correction received"),
        when=N_("When a returned entry is handed in again"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("entry", "code"),
        subject=N_("Corrected: {code} {entry}"),
        lines=(
            DEAR,
            "",
            N_("entry {code} “{entry}” to “{title}” has been corrected. Please look at it again."),
        ),
    ),
    Kind(
        code="correction.passed",
        name=N_("Correction not received"),
        when=N_("When the time for a correction has passed"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("entry", "code", "due"),
        subject=N_("Not corrected in time: {code} {entry}"),
        lines=(
            DEAR,
            "",
            N_("entry {code} “{entry}” to “{title}” was not corrected until {due}. Please decide on it."),
        ),
    ),
    Kind(
        code="judge.named",
        name=N_("Judge named"),
        when=N_("When somebody with an account is named as a judge"),
        to=N_("The judge"),
        topic=DUTY,
        subject=N_("You judge “{title}”"),
        lines=(
            DEAR,
            "",
            N_(
                "you have been named as a judge of “{title}”. Your score sheets appear on the page of this letter."
            ),
            "",
            CONTACT,
        ),
    ),
)

# What an organiser writes freely; it has no words of the catalogue.
FREE = Kind(
    code="letter.free",
    name=N_("Message written by the organiser"),
    when=N_("When the organiser sends it"),
    to=N_("The people chosen"),
    topic=CALL,
    subject="",
    lines=(),
)
