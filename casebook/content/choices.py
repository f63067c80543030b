"""Allowed codes and their labels; content stores the code."""

from casebook.content.markers import N_

ROLES = {"system": N_("Instruction"), "user": N_("User"), "assistant": N_("Assistant")}
TASK_TYPES = {
    "draft": N_("Drafting"),
    "summarise": N_("Summarising"),
    "classify": N_("Classifying"),
    "search": N_("Searching"),
    "check": N_("Checking"),
    "translate": N_("Translating"),
    "plan": N_("Planning"),
    "other": N_("Other"),
}
VARIABLE_TYPES = {
    "text": N_("One line of text"),
    "longtext": N_("Long text"),
    "number": N_("Number"),
    "date": N_("Date"),
    "select": N_("One of several"),
    "multiselect": N_("Several of several"),
    "bool": N_("Yes or no"),
}
SENSITIVITIES = {
    "open": N_("Open information"),
    "internal": N_("Internal information"),
    "confidential": N_("Confidential information"),
    "personal": N_("Personal information"),
}
CHANNELS = {
    "public_ai": N_("Public AI services"),
    "agency_ai": N_("AI run by the agency"),
    "on_device": N_("On one's own device"),
}
CLOSED_SENSITIVITIES = frozenset({"confidential", "personal"})
TRUST_LEVELS = {"low": N_("Low"), "medium": N_("Medium"), "high": N_("High")}
GATES = {"auto": N_("Automatic"), "human": N_("A person checks")}
LICENCES = {
    "none": N_("No licence stated"),
    "KOGL-0": N_("KOGL type 0"),
    "KOGL-1": N_("KOGL type 1"),
    "KOGL-2": N_("KOGL type 2"),
    "KOGL-3": N_("KOGL type 3"),
    "KOGL-4": N_("KOGL type 4"),
}
METHODS = {
    "measured": N_("Measured"),
    "estimated": N_("Estimated"),
    "self_report": N_("Self-reported"),
}
STAGES = {
    "idea": N_("Idea"),
    "prototype": N_("Prototype"),
    "pilot": N_("Pilot"),
    "service": N_("In service"),
    "retired": N_("Retired"),
}
