"""A plan of who judges what as values, for pages and for a job that leaves it in a file."""

MOST_PROBLEMS = 100


def shown_plan(found):
    """A Plan of actions/judging/automatic.py as JSON values."""
    assigned, panel = found.assigned, found.panel
    return {
        "wanted": panel.panel.wanted,
        "new": len(found.missing),
        "sha256": found.sha256,
        "loads": loads_of(panel, assigned),
        **reports_of(assigned),
    }


def reports_of(assigned):
    """Fairness before and after, and what could not be met."""
    return {
        "before": figures(assigned.report_before),
        "after": figures(assigned.report_after),
        "problems": [[one.msgid, dict(one.params)] for one in assigned.problems[:MOST_PROBLEMS]],
        "problem_count": len(assigned.problems),
    }


def figures(report):
    """A Fairness as JSON values; shares in percent, means with one decimal."""
    return {
        "entries": report.entries,
        "pairs": report.pairs,
        "load_min": report.load_min,
        "load_max": report.load_max,
        "load_mean": f"{float(report.load_mean):.1f}",
        "short": report.short,
        "missing": report.missing,
        "expertise": None if report.expertise is None else round(float(report.expertise) * 100),
        "groups": report.groups,
        "overlap_min": report.overlap_min,
        "overlap_mean": f"{float(report.overlap_mean):.1f}",
        "strangers": report.strangers,
        "judge_pairs": report.judge_pairs,
    }


def loads_of(panel, assigned):
    """How many entries each judge has before and after."""
    before, after = {}, dict.fromkeys((judge.code for judge in panel.judges.values()), 0)
    for judge, _entry in assigned.pairs:
        after[judge] += 1
    for judge, _entry in panel.sheets:
        before[judge] = before.get(judge, 0) + 1
    return [
        {"code": judge.code, "name": judge.name, "before": before.get(pk, 0), "after": after[judge.code]}
        for pk, judge in panel.judges.items()
    ]
