"""A contest with its results out: advice kept, awards, file to verify, cases, comments released, certificates."""

from datetime import timedelta

from casebook.actions.versions import publish_version
from competitions.actions.afterwards.certificates import issue_certificates
from competitions.actions.afterwards.feedback import comments_of, release_feedback, withhold
from competitions.actions.results.advising import advise
from competitions.actions.results.publication import publish_as_case
from competitions.actions.results.results import Choice, compute, decide_awards, publish_results


def publish(competition, given, *, organiser, editor, at):
    """Award as the tally proposes, publish, and make cases of the entries the file names."""
    decided_at, published_at = (
        at + timedelta(days=given[f"{name}_in_days"]) for name in ("decided", "published")
    )
    result = compute(competition, by=organiser, at=decided_at)
    advise(competition)
    choices = {row["code"]: Choice(row["award"]) for row in result.outcome["entries"] if row["award"]}
    decide_awards(competition, choices, by=organiser, at=decided_at)
    publish_results(competition, by=organiser, at=published_at)
    for row in given["entries"]:
        if row.get("publish_as_case"):
            entry = competition.entries.select_related("competition").get(code=row["code"])
            _publish_case(publish_as_case(entry, by=organiser, at=at).case, editor=editor, at=at)
    _release(competition, given["withheld"], by=organiser, at=published_at + timedelta(days=2))
    issue_certificates(competition, by=organiser, at=published_at + timedelta(days=3))


def _publish_case(case, *, editor, at):
    version = case.versions.get()
    for link in version.prompt_links.select_related("prompt_version__record"):
        publish_version(link.prompt_version, by=editor, at=at)
    publish_version(version, by=editor, at=at)


def _release(competition, withheld, *, by, at):
    """Comments go to their entrants, but for those the organiser keeps back with a reason."""
    reasons = {(row["judge"], row["entry"]): row["reason"] for row in withheld}
    for sheet in comments_of(competition):
        reason = reasons.get((sheet.judge.code, sheet.entry.code))
        if reason:
            withhold(sheet, reason=reason, by=by, at=at)
    release_feedback(competition, by=by, at=at, has_looked=True)
