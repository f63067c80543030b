"""Letters to the committee about its meetings."""

from casebook.content.markers import N_
from competitions.letters.entry_kinds import CONTACT, DEAR, DUTY
from competitions.letters.records import Kind

TO_MEMBERS = N_("Members of the committee")

MEETING_KINDS = (
    Kind(
        code="meeting.called",
        name=N_("Meeting of the committee"),
        when=N_("When a meeting is called, and when its time or place changes"),
        to=TO_MEMBERS,
        topic=DUTY,
        places=("meeting", "held", "place"),
        needed=("held",),
        subject=N_("Meeting of the committee of “{title}”: {held}"),
        lines=(
            DEAR,
            "",
            N_("we call you to the meeting “{meeting}” of the committee of “{title}”."),
            "",
            N_("Time: {held}"),
            N_("Place: {place}"),
            "",
            N_("The agenda stands on the page of this letter. There you also vote and sign the minutes."),
            N_("The committee decides when a majority of its members is present."),
            "",
            CONTACT,
        ),
    ),
    Kind(
        code="minutes.to_sign",
        name=N_("Minutes to be signed"),
        when=N_("When a meeting is closed, and when the organiser reminds"),
        to=N_("Members who were present and have not signed"),
        topic=DUTY,
        places=("meeting",),
        subject=N_("Please sign the minutes of “{meeting}”"),
        lines=(
            DEAR,
            "",
            N_("the minutes of “{meeting}” of the committee of “{title}” are ready."),
            "",
            N_("Please read them on the page of this letter and sign them; an objection can be added there."),
            "",
            CONTACT,
        ),
    ),
)
