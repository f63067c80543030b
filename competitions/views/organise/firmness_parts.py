"""The stored advice as rows and pictures. Its estimates are floats; official numbers stay the texts of the outcome."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from competitions.views.results.board import rounded

LEFT, WIDTH = 4, 152
MOST_OUTLIERS = 50
NOTHING = SafeString("")
# Krippendorff 2004 for alpha; Koo and Li 2016 for the ICC; Kendall's W has no such steps.
ALPHA_STEPS = (0.667, 0.8)
ICC_STEPS = (0.5, 0.75, 0.9)


def number(value, places=2):
    """Return a float for reading; a dash for what is missing."""
    if value is None:
        return "–"
    return f"{value:.{places}f}".rstrip("0").rstrip(".") if places else f"{value:.0f}"


def signed(value):
    if value is None:
        return "–"
    text = number(abs(value))
    return text if text == "0" else f"{'+' if value > 0 else '−'}{text}"


def judge_rows(advice, *, names):
    """Return judges, the most lenient first, with a picture of the interval around 0."""
    severity, intervals = advice["severity"], advice["severity_interval"]
    bounds = [abs(v) for v in severity.values() if v is not None]
    bounds += [abs(v) for pair in intervals.values() if pair for v in pair if v is not None]
    most = max(bounds, default=0) or 1
    known = sorted(((v is None, -(v or 0), judge) for judge, v in severity.items()))
    return [
        {
            "code": judge,
            "name": names.get(judge, ""),
            "severity": signed(severity[judge]),
            "interval": _between(intervals.get(judge)),
            "is_clear": _excludes_zero(intervals.get(judge)),
            "picture": _interval_picture(severity[judge], intervals.get(judge), most=most),
        }
        for _missing, _value, judge in known
    ]


def _between(pair):
    if not pair or None in pair:
        return "–"
    return _("%(low)s to %(high)s") % {"low": signed(pair[0]), "high": signed(pair[1])}


def _excludes_zero(pair):
    return bool(pair) and None not in pair and (pair[0] > 0 or pair[1] < 0)


def _interval_picture(value, pair, *, most):
    if value is None:
        return NOTHING

    def at(each):
        return f"{LEFT + WIDTH * (each + most) / (2 * most):.1f}"

    line = NOTHING
    if pair and None not in pair:
        line = format_html('<path class="reach" d="M{} 8H{}"/>', at(pair[0]), at(pair[1]))
    return format_html(
        '<svg class="strip" viewBox="0 0 160 16" aria-hidden="true" focusable="false">'
        '<path class="rail" d="M80 1v14"/>{}<circle cx="{}" cy="8" r="3"/></svg>',
        line,
        at(value),
    )


def entry_rows(advice, entries, *, ranked):
    """Return entries of the outcome with what the advice says of each."""
    order = {code: place for place, code in enumerate(_calibrated(advice, ranked), start=1)}
    last = max(len(ranked), 2)
    grey = set(advice["grey_zone"])
    return [_entry_row(each, advice, order=order, last=last, grey=grey) for each in entries]


def _calibrated(advice, ranked):
    placed = {entry["code"] for entry in ranked}
    return [code for code in advice["calibrated_order"] if code in placed]


def _entry_row(entry, advice, *, order, last, grey):
    code, place = entry["code"], entry["place"]
    interval = advice["place_interval"].get(code)
    moved = place - order[code] if code in order else 0
    return {
        "code": code,
        "place": place,
        "total": rounded(entry["total"], places=2),
        "calibrated": number(advice["calibrated"].get(code)),
        "calibrated_place": order.get(code, "–"),
        "moved": signed(moved) if moved else "",
        "chance": _percent(advice["p_award"].get(code)),
        "bar": _bar(advice["p_award"].get(code)),
        "interval": _places(interval),
        "picture": _places_picture(interval, place=place, last=last),
        "is_grey": code in grey,
        "award": entry["award"] or "",
    }


def _percent(chance):
    if chance is None:
        return "–"
    if 0 < chance < 0.01:
        return "< 1%"
    return "> 99%" if 0.99 < chance < 1 else f"{100 * chance:.0f}%"


def _bar(chance):
    if chance is None:
        return NOTHING
    return format_html(
        '<svg class="chance" viewBox="0 0 100 6" aria-hidden="true" focusable="false">'
        '<path class="rail" d="M0 3h100"/><path class="reach" d="M0 3h{}"/></svg>',
        f"{100 * chance:.0f}",
    )


def _places(interval):
    if not interval:
        return "–"
    first, last = interval
    return str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _places_picture(interval, *, place, last):
    if not interval:
        return NOTHING

    def at(each):
        return f"{LEFT + WIDTH * (each - 1) / (last - 1):.1f}"

    return format_html(
        '<svg class="strip" viewBox="0 0 160 16" aria-hidden="true" focusable="false">'
        '<path class="rail" d="M4 8h152"/><path class="reach" d="M{} 8H{}"/><circle cx="{}" cy="8" r="3"/></svg>',
        at(interval[0]),
        at(interval[1]),
        at(place),
    )


def changes_of(advice, ranked):
    """Return (who would come among the awarded by the calibrated order, who would leave); None when not known.

    Counts seats only, so that it says nothing of tiers; official awards are of the outcome.
    """
    awarded = [entry["code"] for entry in ranked if entry["award"]]
    best = _calibrated(advice, ranked)[: len(awarded)]
    if len(best) < len(awarded) or not awarded:
        return None
    return [code for code in best if code not in awarded], [code for code in awarded if code not in best]


def agreement_rows(found):
    """Return the coefficients with what each value means here, in plain words."""
    if not found:
        return []
    alpha, single, mean, order = (
        found[name] for name in ("krippendorff_alpha", "icc_2_1", "icc_2_k", "kendall_w")
    )
    rows = [
        (_("Krippendorff's alpha"), alpha, _alpha_words(alpha)),
        (_("ICC(2,1), one judge"), single, _icc_words(single)),
        (_("ICC(2,k), the mean of the jury"), mean, _mean_words(mean)),
        (_("Kendall's W, order only"), order, _order_words(order)),
    ]
    return [(label, number(value), words) for label, value, words in rows]


def _alpha_words(value):
    if value is None:
        return _("cannot be computed from these marks")
    share = {"share": f"{max(0, 100 * (1 - value)):.0f}"}
    disagree = _("The judges disagree %(share)s%% as much as if points were given by chance.") % share
    low, high = ALPHA_STEPS
    if value < low:
        return disagree + " " + _("That is much: treat small differences as no difference.")
    if value < high:
        return disagree + " " + _("That is enough for cautious conclusions.")
    return disagree + " " + _("That is reliable.")


def _icc_words(value):
    if value is None:
        return _("cannot be computed from these marks")
    share = {"share": f"{max(0, 100 * value):.0f}"}
    return (
        _(
            "Of the differences between single marks, %(share)s%% come from the entries, the rest from the judges."
        )
        % share
    )


def _mean_words(value):
    if value is None:
        return _("cannot be computed from these marks")
    poor, fair, good = ICC_STEPS
    if value < poor:
        return _("Poor: another jury would probably give another order.")
    if value < fair:
        return _("Moderate: another jury would change places in the middle.")
    if value < good:
        return _("Good: another jury would change little.")
    return _("Excellent: another jury would give nearly the same totals.")


def _order_words(value):
    if value is None:
        return _("cannot be computed from these marks")
    return _(
        "0 means that the judges order the entries without any common measure, 1 that all order them alike."
    )


def without_rows(stability, *, names):
    if not stability:
        return []
    return [
        {
            "code": judge,
            "name": names.get(judge, ""),
            "winner": ", ".join(found["winner"]) or "–",
            "changes_winner": found["changes_winner"],
            "enter": ", ".join(found["enter"]) or "–",
            "leave": ", ".join(found["leave"]) or "–",
            "changes_awards": found["changes_awards"],
            "moved": found["moved"],
        }
        for judge, found in sorted(stability["leave_one_out"].items())
    ]


def outlier_rows(outliers, *, competition, names, rounds):
    address = reverse("competitions:organise_sheets", args=[competition.slug])
    found = sorted(outliers, key=lambda each: -abs(each["studentised"] or 0))[:MOST_OUTLIERS]
    return [
        {
            "entry": each["entry"],
            "judge": each["judge"],
            "name": names.get(each["judge"], ""),
            "round": rounds.get(each["round"], each["round"]),
            "given": number(each["given"]),
            "expected": number(each["expected"]),
            "gap": signed(each["residual"]),
            "address": f"{address}?{urlencode({'q': each['entry'], 'judge': each['judge'], 'round': each['round']})}",
        }
        for each in found
    ]


def refused_rows(refused, *, rounds):
    """Return (what, where, why) of each estimate the marks do not bear."""
    words = {
        "shrunken": _("Chances of an award"),
        "calibrated": _("Harsh and lenient judges, calibrated order"),
        "agreement": _("Agreement"),
        "stability": _("One judge less"),
    }
    return [
        (
            words.get(each["what"], each["what"]),
            rounds.get(each["round"], each["round"]),
            _sentence(**each),
        )
        for each in refused
    ]


def _sentence(reason, params, **_others):
    return _(reason) % {name: _listed(value) for name, value in params.items()}


def _listed(value):
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
