"""Every finding by its code: how severe it is and what it says. docs/lint.md gives the reasons."""

from dataclasses import dataclass

from casebook.content.markers import N_


@dataclass(frozen=True)
class Rule:
    severity: str
    msgid: str


def _blocking(msgid: str) -> Rule:
    return Rule("blocking", msgid)


def _warning(msgid: str) -> Rule:
    return Rule("warning", msgid)


def _hint(msgid: str) -> Rule:
    return Rule("hint", msgid)


_TEXT = {
    "no_title": _blocking(N_("The title is empty. Write one.")),
    "no_text": _blocking(N_("The prompt has no text. Write at least one message.")),
    "too_long": _blocking(
        N_("The prompt is %(length)s characters long; at most %(most)s can be published. Shorten it.")
    ),
    "long": _hint(
        N_(
            "The prompt is %(length)s characters long. Parts of a long prompt are easily overlooked by the AI."
        )
    ),
    "hidden_text": _blocking(
        N_("%(field)s: invisible signs (%(count)s) can hide instructions from people. Remove them.")
    ),
    "bidi_signs": _blocking(
        N_(
            "%(field)s: signs that turn the reading direction (%(count)s): people read another text than the AI."
        )
    ),
    "zero_width": _warning(
        N_("%(field)s: invisible signs (%(count)s), probably left over from copying. Remove them.")
    ),
    "no_summary": _warning(N_("There is no summary. Say in one line what the prompt is for.")),
    "no_output_format": _warning(
        N_("The form of the answer is missing. Say how the answer is laid out and how long it is.")
    ),
    "no_example_input": _warning(N_("An example input is missing. Show made-up data that fits the blanks.")),
    "no_example_output": _warning(N_("An example output is missing. Show what a good answer looks like.")),
    "no_checklist": _warning(
        N_("There is no checklist. List what a person verifies before using the answer.")
    ),
    "no_licence": _hint(
        N_("No licence is stated, so other governments do not know whether they may use it.")
    ),
    "temperature": _warning(N_("%(field)s: %(value)s is outside 0 to 2, which most AI services refuse.")),
    "top_p": _warning(N_("%(field)s: %(value)s is outside 0 to 1, which most AI services refuse.")),
    "bad_schema": _warning(N_("%(field)s: this is not valid JSON. Correct it.")),
}
_BLANKS = {
    "undeclared_blank": _blocking(N_("The blank “%(blank)s” is not described. Describe it or remove it.")),
    "unused_blank": _blocking(N_("The blank “%(blank)s” does not occur in the text. Use it or remove it.")),
    "empty_blank": _blocking(N_("{{}} is a blank without a name. Write a name between the braces.")),
    "blank_signs": _blocking(
        N_(
            "“%(blank)s” cannot name a blank. Use letters, digits and _ without spaces, and begin with a letter."
        )
    ),
    "long_blank": _blocking(
        N_(
            "The blank that begins with “%(blank)s” has a name of %(length)s characters; at most %(most)s are allowed."
        )
    ),
    "unclosed_blank": _blocking(N_("“%(blank)s” begins a blank that never ends. Close it with }}.")),
    "template_logic": _warning(
        N_(
            "“%(logic)s” is program logic of another tool. It is not run here and goes to the AI as it is written."
        )
    ),
    "foreign_blank": _warning(
        N_("“%(written)s” looks like a blank of another tool. Here blanks are written {{%(blank)s}}.")
    ),
    "look_alike_blanks": _warning(
        N_("The blanks “%(first)s” and “%(second)s” can hardly be told apart. Rename or join them.")
    ),
    "same_labels": _warning(
        N_("The blanks “%(first)s” and “%(second)s” have the same label. Give each its own or join them.")
    ),
    "no_options": _blocking(N_("The blank “%(blank)s” offers a choice without options. List the options.")),
    "default_not_option": _blocking(N_("The blank “%(blank)s”: the default value is not among its options.")),
    "bad_pattern": _blocking(
        N_("The blank “%(blank)s”: the pattern is not a regular expression that browsers understand.")
    ),
    "slow_pattern": _blocking(
        N_("The blank “%(blank)s”: the pattern can take forever. Remove repeats inside repeats.")
    ),
    "default_misfit": _warning(N_("The blank “%(blank)s”: the default value does not fit. %(reason)s")),
    "example_misfit": _warning(N_("The blank “%(blank)s”: the example does not fit. %(reason)s")),
}
_SAFETY = {
    "identity_number": _blocking(
        N_("%(field)s: this looks like personal data (%(kind)s). It must never be published; remove it.")
    ),
    "personal_data": _warning(
        N_("%(field)s: this looks like personal data (%(kind)s). Remove it unless it is made up or public.")
    ),
    "closed_public": _blocking(
        N_(
            "Confidential or personal information never goes to a public AI service. "
            "Choose AI run by the agency or on one's own device."
        )
    ),
    "internal_public": _warning(
        N_("Internal information is safer with AI run by the agency than with a public AI service.")
    ),
    "blank_above": _blocking(
        N_("The blank “%(blank)s” takes “%(above)s”, but the prompt is only for “%(allowed)s”.")
    ),
    "part_above": _blocking(
        N_("The part “%(part)s” is for “%(above)s”, but the prompt is only for “%(allowed)s”.")
    ),
    "no_prohibited": _blocking(
        N_("Say what must never be entered: the prompt is for information that is not open.")
    ),
    "no_advice": _warning(
        N_("Choose the advice people see before copying: the prompt is for information that is not open.")
    ),
}
_LINKS = {
    "unknown_part": _blocking(
        N_("The text includes the part “%(part)s”, which is not chosen. Choose it or remove it.")
    ),
    "unused_part": _warning(N_("The part “%(part)s” is chosen but the text does not include it.")),
    "missing_part": _blocking(N_("The part “%(part)s” does not exist here in this version. Choose another.")),
    "part_blank": _blocking(N_("The blank “%(blank)s” comes from a part and is not described. Describe it.")),
    "old_part": _warning(
        N_("The part “%(part)s” is pinned to version %(pinned)s; version %(newest)s is published.")
    ),
    "part_cycle": _blocking(N_("Parts or steps lead back to themselves. Take one of them out.")),
    "deep_parts": _blocking(N_("Parts lie inside parts too deeply. Put fewer inside one another.")),
    "long_parts": _blocking(N_("With all parts put in, the text is too long. Use fewer or shorter parts.")),
    "missing_step": _blocking(
        N_("%(field)s: this prompt does not exist here in this version. Choose another.")
    ),
    "old_step": _warning(N_("%(field)s: pinned to version %(pinned)s; version %(newest)s is published.")),
    "no_check": _warning(N_("%(field)s: a person checks here, but it is not said what to check.")),
}
RULES: dict[str, Rule] = {**_TEXT, **_BLANKS, **_SAFETY, **_LINKS}
