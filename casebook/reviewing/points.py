"""What a reviewer checks before a version is published; Review.checklist stores the codes."""

from casebook.content.markers import N_

PROMPT_POINTS = {
    "purpose": N_("The text does what the purpose says, and its blanks ask for all it needs."),
    "no_personal": N_("No personal data stands in the text, the examples or the defaults."),
    "channel": N_("Sensitivity and channel fit what will be entered; the prohibited inputs are named."),
    "tried": N_("It was tried with a model, and the answer was usable."),
    "sources": N_("Legal basis and sources are right and in force."),
    "example": N_("The example in and the example out fit the text."),
    "limits": N_("Limits and checks are honest and can be followed."),
    "licence": N_("The licence is right and others are named where due."),
}
CASE_POINTS = {
    "facts": N_("What was done is told so that another office can repeat it."),
    "no_personal": N_("No personal data stands in it, and nobody is named who did not agree."),
    "figures": N_("The figures say how they were measured, how often and when."),
    "prompts": N_("The prompts named are those that were used."),
    "limits": N_("Risks and what did not work are told."),
    "licence": N_("The licence is right and others are named where due."),
}
POINTS = {"prompt": PROMPT_POINTS, "case": CASE_POINTS}


def unticked(kind: str, ticked: list[str]) -> list[str]:
    """The codes nobody ticked, in the order of the list."""
    return [code for code in POINTS[kind] if code not in ticked]
