"""Template tags of the whole site; a builtin, so no template needs to load it (docs/pages.md)."""

from decimal import Decimal, InvalidOperation

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from accounts import time_words
from accounts.markup import to_html
from accounts.privacy import browser_patterns

register = template.Library()

TONES = {
    "neutral": "bg-light-gray",
    "primary": "bg-light-primary",
    "info": "bg-light-information",
    "success": "bg-light-success",
    "warning": "bg-light-warning",
    "danger": "bg-light-danger",
    "point": "bg-light-point",
    "strong": "bg-secondary",
}
STATE_TONES = {
    "primary": {"open", "submitted", "judging", "in_review", "running", "started", "announced"},
    "success": {"accepted", "awarded", "published", "signed", "done", "decided", "confirmed"},
    "warning": {"returned", "verification", "waiting", "queued", "assigned", "upcoming"},
    "danger": {"disqualified", "failed", "declined", "cancelled", "recused"},
}
CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
CLASSES = {"select": "krds-form-select medium", "text": "krds-input medium", "textarea": "krds-input"}


# Addresses


@register.simple_tag(takes_context=True)
def url_with(context, **changes):
    """Return this page's query with the changes; None removes. Leads to page 1 unless a page is given."""
    query = context["request"].GET.copy()
    for name, value in {"page": None, **changes}.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def url_toggle(context, name, value):
    """Return this page's query with the value added to `name`, or taken from it when it is there."""
    query = context["request"].GET.copy()
    value, kept = str(value), query.getlist(name)
    query.setlist(name, [v for v in kept if v != value] if value in kept else [*kept, value])
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page):
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


# Times


@register.simple_tag
def when(at, left=True):
    if not at:
        return ""
    remaining = time_words.time_left(at, now=timezone.now()) if left else ""
    stamp = format_html(
        '<time datetime="{}">{}</time>',
        timezone.localtime(at).isoformat(timespec="seconds"),
        time_words.moment(at),
    )
    return format_html('{} <span class="time-left">{}</span>', stamp, remaining) if remaining else stamp


@register.filter
def day(date):
    return time_words.day(date) if date else ""


@register.inclusion_tag("components/countdown.html")
def countdown(until):
    now = timezone.now()
    return {"now": now, "until": until, "left": time_words.time_left(until, now=now)}


# Text


@register.filter
def markdown(text):
    return mark_safe(to_html(text))  # noqa: S308  to_html cleans


# Personal data


@register.inclusion_tag("components/privacy_patterns.html")
def privacy_patterns():
    """Give the page `window.personalData`, which looks for personal data in the browser."""
    return {"patterns": browser_patterns(gettext)}


# Badges


@register.filter
def badge_class(tone):
    return TONES.get(tone, TONES["neutral"])


@register.inclusion_tag("components/badge.html")
def state_badge(state, label):
    tone = next((tone for tone, states in STATE_TONES.items() if state in states), "neutral")
    return {"tone": tone, "label": label}


# Forms


@register.filter
def field_kind(field):
    """Return how to draw it: hidden, choices, checkbox, file, select, textarea or text."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICE_WIDGETS):
        return "choices"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    kind = getattr(widget, "input_type", "text")
    return kind if kind in {"checkbox", "file", "select"} else "text"


@register.simple_tag
def styled_widget(field):
    own = field.field.widget.attrs.get("class", "")
    classes = " ".join(filter(None, [CLASSES.get(field_kind(field), ""), own]))
    return field.as_widget(attrs={"class": classes} if classes else {})


@register.filter
def error_target(field):
    """Return the id that a link in the error summary jumps to."""
    return f"{field.auto_id}_0" if field_kind(field) == "choices" else field.id_for_label


# Effects


@register.inclusion_tag("components/effect_bars.html")
def effect_bars(before, after, note="", unit="minutes"):
    before, after = _number(before), _number(after)
    longest = max([n for n in (before, after) if n is not None], default=None)
    return {
        "unit": unit,
        "note": note,
        "bars": [_bar("before", before, longest), _bar("after", after, longest)],
    }


def _bar(name, value, longest):
    # A missing value is never drawn as zero.
    width = None if value is None else str(round(100 * value / longest, 2) if longest else 0)
    return {"name": name, "value": None if value is None else f"{value.normalize():f}", "width": width}


def _number(value):
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
