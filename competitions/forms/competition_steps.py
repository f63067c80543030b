"""The steps of a call's form, and where in it something is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.templatetags.site import error_target


@dataclass(frozen=True)
class Step:
    """code: of its address in the page. holds: fields of the call, parts and rows in it."""

    code: str
    label: str
    holds: tuple[str, ...]


STEPS = (
    Step("basics", _("Basics"), ("title", "slug", "kind", "profile")),
    Step("dates", _("Dates"), ("opens_at", "closes_at", "dates")),
    Step("who", _("Who may enter"), ("who",)),
    Step("plan", _("Plan"), ("call", "plan")),
    Step("tracks", _("Tracks"), ("tracks",)),
    Step("questions", _("Questions"), ("questions",)),
    Step("consents", _("Consents"), ("terms",)),
    Step("files", _("Files"), ("files", "keeping")),
    Step("judging", _("Judging"), ("rounds", "criteria", "awards", "rule")),
    Step("contact", _("Contact"), ("faq", "contact")),
)


def step_of(name):
    """The step that holds a field of the call, a part or rows; "" for none."""
    return next((step.code for step in STEPS if name in step.holds), "")


@dataclass(frozen=True)
class Problem:
    """Something refused. target: id to jump to, "" = nowhere; label: of its field; step: its code."""

    message: str
    target: str = ""
    label: str = ""
    step: str = ""

    @classmethod
    def all_of(cls, form):
        if not form.is_bound:
            return []
        found = [cls(each) for each in form.non_field_errors()]
        for field in form:
            name = form.prefix.split("-")[0] if form.prefix else field.name
            target = "" if field.is_hidden else error_target(field)
            label = "" if field.is_hidden else field.label
            found += [cls(each, target, label, step_of(name)) for each in field.errors]
        return found
