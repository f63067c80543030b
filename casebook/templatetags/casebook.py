"""Tags of the casebook's pages."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casebook.content import choices
from casebook.presentation import label_of

register = template.Library()

SENSITIVITY_TONES = {"open": "success", "internal": "info", "confidential": "warning", "personal": "danger"}


@register.inclusion_tag("components/badge.html")
def sensitivity_badge(code):
    return {"tone": SENSITIVITY_TONES.get(code, "neutral"), "label": label_of(choices.SENSITIVITIES, code)}


@register.simple_tag
def channel_name(code):
    return label_of(choices.CHANNELS, code)


@register.inclusion_tag("casebook/_rating.html")
def rating_of(rated):
    """The mean of the ratings of a prompt or its search document; nothing while nobody rated it."""
    count = rated.rating_count
    return {"count": count, "mean": f"{rated.rating_sum / count:.1f}" if count else ""}


@register.simple_tag
def saving(effect):
    """One case in minutes before and after, how it was measured and how often; nothing when not stated."""
    before, after = (effect or {}).get("minutes_before"), (effect or {}).get("minutes_after")
    if before is None or after is None:
        return ""
    times = _("%(before)s min → %(after)s min") % {"before": before, "after": after}
    return format_html(
        '<span class="saving">{}</span> <span class="quiet">{}</span>', times, measured(effect)
    )


@register.simple_tag
def measured(effect):
    """How the figures came about: "measured, 120 cases, May 2026"; each part only when stated."""
    parts = [label_of(choices.METHODS, effect["method"])]
    if effect["n"] is not None:
        number = int(Decimal(effect["n"]))
        parts.append(ngettext("%(number)s case", "%(number)s cases", number) % {"number": number})
    parts.append(effect["period"])
    return ", ".join(part for part in parts if part)


@register.filter
def hours(number):
    """Hours with at most one decimal: 1,234.5."""
    return f"{number:,.1f}".removesuffix(".0")
