"""Figures of the contest for its organiser, on the page and as CSV."""

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.contest_figures import figures_of
from competitions.models import Result
from competitions.views.organise.parts import managed, page_of

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def statistics(request, slug):
    competition = _with_result(managed(request, slug))
    figures = figures_of(competition)
    context = {"figures": figures, "sections": sections_of(figures)}
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(request, "competitions/organise/after/statistics.html", page)


def statistics_file(request, slug):
    """The same figures as rows: section, name, value."""
    competition = _with_result(managed(request, slug))
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_("Section"), _("Name"), _("Value")])
    for title, rows in sections_of(figures_of(competition)):
        writer.writerows((_safe(title), _safe(str(name)), value) for name, value in rows)
    response = HttpResponse(written.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{slug}-statistics.csv")
    return response


def _with_result(competition):
    result = Result.objects.filter(competition=competition).defer("file").first()
    if result:
        competition.result = result
    return competition


def _safe(text):
    """A text no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def sections_of(figures):
    """[(title, [(name, value)])] of what there is."""
    sections = [
        (_("Entries"), _entries(figures)),
        (_("Entries by track"), _named(figures.tracks, _("no track"))),
        (_("Entries by department"), _named(figures.departments, _("no department"))),
        (
            _("Entries by day of the last submission"),
            [(f"{day:%Y-%m-%d}", n) for day, n in figures.days if day],
        ),
        (_("Judging"), _judging(figures)),
        (_("Agreement of the judges"), _agreement(figures)),
        (_("Awards"), _awards(figures)),
    ]
    return [(title, rows) for title, rows in sections if rows]


def _named(rows, nothing):
    return [(name or nothing, count) for name, count in rows]


def _entries(figures):
    return [
        (_("Handed in"), figures.entries),
        (_("Admitted to judging"), figures.admitted),
        (_("Disqualified"), figures.disqualified),
        (_("Withdrawn"), figures.withdrawn),
    ]


def _judging(figures):
    rows = [
        (_("Judges with a sheet that counts"), figures.judges),
        (_("Sheets that count"), figures.sheets),
        (_("Sheets recused"), figures.recused),
    ]
    spread = figures.spread
    if spread:
        rows += [
            (_("Lowest total"), f"{spread['lowest']:.2f}"),
            (_("Middle total"), f"{spread['middle']:.2f}"),
            (_("Highest total"), f"{spread['highest']:.2f}"),
        ]
    return rows


def _agreement(figures):
    names = {
        "krippendorff_alpha": _("Krippendorff's alpha"),
        "icc_2_1": "ICC(2,1)",
        "icc_2_k": "ICC(2,k)",
        "kendall_w": _("Kendall's W"),
    }
    return [(names[name], f"{float(value):.3f}") for name, value in (figures.agreement or {}).items()]


def _awards(figures):
    rows = [(_("Awards that stand"), figures.awards), (_("Awards cancelled"), figures.revoked)]
    if figures.saving_winners:
        rows += [
            (_("Winners who say how much time is saved"), figures.saving_winners),
            (_("Minutes saved each time, added up over these winners"), figures.saved_minutes),
        ]
    return rows
