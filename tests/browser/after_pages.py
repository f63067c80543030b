"""Pages of what comes after the publication, with something on each of them."""

from uuid import uuid4

from django.urls import reverse
from django.utils.timezone import now

from competitions.actions.afterwards.appeals import answer_appeal, file_appeal
from competitions.actions.afterwards.certificates import issue_certificates, reissue_certificate
from competitions.models import Assignment, Certificate, Competition
from tests.competitions.afterwards.finished import award_of, join, lead, make_finished
from tests.factories import make_user

TITLE = "결과가 나온 공모전"
NO_PAGES_AFTER = {
    "competitions:own_certificate",
    "competitions:organise_certificate_pdf",
    "competitions:organise_statistics_file",
    "competitions:organise_evidence",
}


def load_after(*, entrant, organiser):
    """A winner with a certificate, one that was issued anew, a member without; comments; appeals of every kind."""
    competition = make_finished(title=TITLE, published_at=now())
    lead(competition, "E1", entrant)
    (first,) = issue_certificates(competition, by=organiser, at=now())
    reissue_certificate(first, name="김가온솔", by=organiser, at=now())
    join(award_of(competition).entry, make_user(name="박누리"))
    sheets = Assignment.objects.filter(round__competition=competition)
    sheets.filter(entry__code="E1").update(comment_entrant="근거 자료를 더하면 좋겠습니다.")
    sheets.filter(entry__code="E2").update(comment_entrant="자세한 내용은 010-1234-5678로 물어보십시오.")
    for code, outcome in (("E1", ""), ("E2", "upheld"), ("E3", "dismissed")):
        entry = competition.entries.select_related("competition", "entrant").get(code=code)
        words = {
            "text": "서면 심사의 합계가 제 계산과 다릅니다.",
            "by": entry.entrant,
            "idempotency_key": uuid4(),
        }
        appeal = file_appeal(entry, **words)
        if outcome:
            answer_appeal(
                appeal, outcome=outcome, answer="채점표를 다시 확인하였습니다.", by=organiser, at=now()
            )


def _contest():
    return Competition.objects.get(title=TITLE)


def public_after_pages():
    certificate = Certificate.objects.filter(award__tier__competition=_contest(), withdrawn_at=None).get()
    withdrawn = (
        Certificate.objects.filter(award__tier__competition=_contest()).exclude(withdrawn_at=None).get()
    )
    return [
        reverse("competitions:results", args=[_contest().slug]),
        reverse("competitions:check_certificates"),
        reverse("competitions:check_certificate", args=[certificate.check_code]),
        reverse("competitions:check_certificate", args=[withdrawn.check_code]),
    ]


def entrant_after_pages():
    """Of who leads E1."""
    entry = award_of(_contest()).entry
    return [entry.get_absolute_url(), reverse("competitions:appeal", args=[entry.pk])]


def organiser_after_pages():
    competition = _contest()
    certificate = Certificate.objects.filter(award__tier__competition=competition, withdrawn_at=None).get()
    names = ("certificates", "feedback", "appeals", "publication", "statistics")
    appeals = [appeal.pk for entry in competition.entries.order_by("code") for appeal in entry.appeals.all()]
    return [
        *(reverse(f"competitions:organise_{name}", args=[competition.slug]) for name in names),
        reverse("competitions:organise_certificate", args=[competition.slug, certificate.pk]),
        *(reverse("competitions:organise_appeal", args=[competition.slug, pk]) for pk in appeals),
    ]
