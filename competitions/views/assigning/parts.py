"""What the pages of assigning say of a plan (actions/judging/plan_values.py)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def rows_of(plan):
    """The rows of the table of fairness: what, before, after."""
    before, after = plan["before"], plan["after"]
    return [
        {"what": what, "before": value(before), "after": value(after)} for what, value in _measures().items()
    ]


def _measures():
    return {
        _("Score sheets"): lambda f: f["pairs"],
        _("Entries with too few judges"): lambda f: f["short"],
        _("Entries of a judge, fewest to most"): lambda f: f"{f['load_min']}–{f['load_max']}",
        _("Entries of a judge, on average"): lambda f: f["load_mean"],
        _("Judged by somebody of the field"): lambda f: (
            "–" if f["expertise"] is None else f"{f['expertise']} %"
        ),
        _("Groups of judges that share no entry"): lambda f: f["groups"],
        _("Entries a judge shares with others, at least"): lambda f: f["overlap_min"],
        _("Pairs of judges without a common entry"): lambda f: (
            _("%(count)s of %(all)s") % {"count": f["strangers"], "all": f["judge_pairs"]}
        ),
    }


def words_of(plan):
    """The plan after confirming, in sentences."""
    after = plan["after"]
    words = [_load_words(after["load_min"], after["load_max"]), _short_words(after["short"])]
    if after["groups"] == 1:
        words.append(
            _("All judges are linked by common entries, so strict and lenient ones can be compared.")
        )
    return words


def _load_words(fewest, most):
    if fewest != most:
        return _("Each judge has %(min)s to %(max)s entries.") % {"min": fewest, "max": most}
    text = ngettext("Each judge has %(count)s entry.", "Each judge has %(count)s entries.", most)
    return text % {"count": most}


def _short_words(short):
    if not short:
        return _("Every entry has all the judges it needs.")
    text = ngettext(
        "%(count)s entry has fewer judges than wanted.",
        "%(count)s entries have fewer judges than wanted.",
        short,
    )
    return text % {"count": short}


def sentences_of(plan):
    """What could not be met."""
    return [_(msgid) % params for msgid, params in plan["problems"]]
