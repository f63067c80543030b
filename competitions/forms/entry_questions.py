"""Fields that a call asks for beyond the entry itself: its questions, links, what is declared, consents."""

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from competitions.answers import LONGEST
from competitions.forms.entry_fields import LONG_ROWS, SHORT_ROWS, WrittenText, consent_fields

MANY = 1000  # characters that want a large field
TYPES = {"date": "date", "link": "url"}


def question_fields(questions):
    return {f"answers-{each.code}": _field(each) for each in questions if each.kind != "file"}


def _field(question):
    longest = question.longest or LONGEST.get(question.kind)
    rows = 0
    if question.kind == "long_text":
        rows = LONG_ROWS if longest and longest > MANY else SHORT_ROWS
    field = WrittenText(
        question.name,
        help_text=" ".join(filter(None, [escape(question.help), limits_of(question)])),  # shown as it is
        rows=rows,
        number=question.kind == "number",
        needed=question.required != "no",
    )
    if question.kind == "choice":
        choices = [("", _("Choose")), *[(choice, choice) for choice in question.choices]]
        field.widget = forms.Select(choices=choices)
    elif question.kind in TYPES:
        field.widget.input_type = TYPES[question.kind]
    return field


def limits_of(question):
    """The limits of an answer as a sentence; "" without any."""
    if question.kind == "number":
        return _number_limits(question)
    if question.kind in {"text", "long_text"}:
        longest = question.longest or LONGEST[question.kind]
        return _("At most %(most)s characters.") % {"most": f"{longest:,}"}
    return ""


def _number_limits(question):
    least, most = (None if n is None else f"{n.normalize():f}" for n in (question.least, question.most))
    if least is not None and most is not None:
        return _("A number from %(least)s to %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return _("A number of %(least)s or more.") % {"least": least}
    return _("A number of %(most)s or less.") % {"most": most} if most is not None else ""


def link_fields(most):
    if not most:
        return {}
    help_text = _(
        "Web addresses such as a video or a service that is running, each on its own line; at most %(most)s."
    )
    return {"links": WrittenText(_("Links"), help_text=help_text % {"most": most}, rows=3)}


def declared_fields(call):
    """District and year of birth, where the call limits them."""
    fields = {}
    if call.asks_district:
        names = [(name, name) for name in call.eligibility.districts]
        fields["declared-district"] = WrittenText(_("District where you live"), needed=True)
        fields["declared-district"].widget = forms.Select(choices=[("", _("Choose")), *names])
    if call.asks_birth_year:
        fields["declared-birth_year"] = WrittenText(_("Year of birth"), number=True, needed=True)
        fields["declared-birth_year"].widget.attrs["inputmode"] = "numeric"
    return fields


def name_of_consent(term):
    """The field of a term; our own keep the names they always had."""
    return term.purpose if term.kept_as == term.purpose else f"consent-{term.purpose}"


def term_fields(terms):
    return {name_of_consent(term): _term_field(term) for term in terms}


def _term_field(term):
    if not term.title:
        return consent_fields()[term.purpose]
    sentence = _("I agree to “%(title)s”.") if term.is_required else _("I agree to “%(title)s” (optional).")
    label = sentence % {"title": term.title}
    return forms.BooleanField(label=label, required=False)
