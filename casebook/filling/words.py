"""The sentences that the script of the fill form says; names in braces stand for what it knows."""

from django.utils.translation import gettext as _


def fill_words():
    return {
        "blocked": _(
            "{kinds} found. Remove it or write a neutral word instead; until then nothing can be copied."
        ),
        "warned": _("{kinds} found. Write a neutral word instead unless the task needs it."),
        "long": _("{count} characters too long. Shorten it."),
        "count": _("{count} of {most} characters"),
        "pattern": _("This does not have the expected form. See the help and the example."),
        "number": _("Write a number, such as 1,200 or 3.5."),
        "copied": _("Copied"),
        "paste": _("Copied. Paste it into the new window."),
        "failed": _("Could not copy. Select the text and copy it yourself."),
        "empty": _("Still empty: {names}"),
        "saved": _("Saved as a file"),
        "agree": _("Tick the box above first."),
        "personal": _("A number that identifies a person stands in a blank. Remove it first."),
        "cleared": _("All blanks are empty again."),
    }
