"""Letters to those who are asked to judge, and of their answers to the organisers."""

from casebook.content.markers import N_
from competitions.letters.entry_kinds import CONTACT, DEAR, DUTY
from competitions.letters.records import Kind

TO_ORGANISERS = N_("Organisers of the competition")

JUDGE_KINDS = (
    Kind(
        code="judge.invited",
        name=N_("Invitation to judge"),
        when=N_("When somebody is invited to the committee, and each time the invitation is sent again"),
        to=N_("Who is invited"),
        topic=DUTY,
        places=("due",),
        needed=("due",),
        subject=N_("Invitation to judge “{title}”"),
        lines=(
            DEAR,
            "",
            N_("we invite you to join the committee that judges “{title}”."),
            "",
            N_("The link of this letter tells what is asked. Please accept or decline there until {due}."),
            N_("The link is for you alone; please do not pass it on."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="judge.appointed",
        name=N_("Judge appointed"),
        when=N_("When an invited judge accepts"),
        to=N_("The judge"),
        topic=DUTY,
        places=("number",),
        subject=N_("You are appointed as a judge of “{title}”"),
        lines=(
            DEAR,
            "",
            N_("thank you for accepting. You are appointed as a judge of “{title}”."),
            N_("Number of the letter of appointment: {number}"),
            "",
            N_(
                "The letter of appointment stands on the page of this letter. Score sheets appear under “Judging”."
            ),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="judge.answered",
        name=N_("Invited judge accepts"),
        when=N_("When an invited judge accepts"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("person",),
        subject=N_("{person} judges “{title}”"),
        lines=(DEAR, "", N_("{person} has accepted the invitation and is on the committee of “{title}”.")),
    ),
    Kind(
        code="judge.declined",
        name=N_("Invited judge declines"),
        when=N_("When an invited judge declines"),
        to=TO_ORGANISERS,
        topic=DUTY,
        places=("person", "reason"),
        subject=N_("{person} does not judge “{title}”"),
        lines=(
            DEAR,
            "",
            N_("{person} has declined the invitation to the committee of “{title}”."),
            N_("Reason: {reason}"),
            "",
            N_("Please look whether the committee is still complete."),
        ),
    ),
    Kind(
        code="judge.left",
        name=N_("Judge leaves the committee"),
        when=N_("When a member leaves the committee"),
        to=N_("The judge"),
        topic=DUTY,
        places=("reason",),
        needed=("reason",),
        subject=N_("You no longer judge “{title}”"),
        lines=(
            DEAR,
            "",
            N_("you are no longer on the committee of “{title}”."),
            "",
            N_("Reason: {reason}"),
            "",
            N_("Sheets you have signed stay as they are. The others are given to other judges."),
            N_("What you learned of the entries stays secret."),
            "",
            CONTACT,
        ),
    ),
)
