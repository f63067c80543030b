"""Files of a report of a candidate."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditRecord
from competitions.actions import private_files
from competitions.actions.afterwards import evidence
from competitions.actions.afterwards.evidence import forget_evidence, open_evidence, remove_evidence_bytes
from competitions.actions.results.reports import report_candidate
from competitions.entry_files import storage
from competitions.errors import CompetitionError
from competitions.files.virus import ScannerUnavailable
from competitions.models import CandidateReport, ReportEvidence
from tests.competitions.test_candidate_reports import TEXT, make_verified
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def text_file(name="증거.txt", content="같은 문장입니다."):
    return SimpleUploadedFile(name, content.encode())


def reported(*files, competition=None, **fields):
    entry = (competition or make_verified()).entries.get(code="E1")
    values = {
        "kind": "copied",
        "text": TEXT,
        "by": make_user(),
        "idempotency_key": uuid4(),
        "evidence": files,
    }
    return report_candidate(entry, **values | fields)


def test_files_are_kept_as_they_were():
    report = reported(text_file(), text_file("둘.txt", "다른 글"))

    one, two = report.evidence.order_by("-name")
    assert (one.name, one.kind, one.size) == ("증거.txt", "txt", len("같은 문장입니다.".encode()))
    assert storage().open(two.path).read().decode() == "다른 글"
    assert "증거" not in one.path


def test_report_sent_twice_keeps_its_files_once():
    competition, key, by = make_verified(), uuid4(), make_user()

    for _time in range(2):
        reported(text_file(), competition=competition, idempotency_key=key, by=by)

    assert ReportEvidence.objects.count() == 1


def test_kind_is_decided_by_the_content():
    assert reported(text_file("사진.png")).evidence.get().kind == "txt"


def test_web_page_is_refused_and_nothing_kept():
    with pytest.raises(CompetitionError):
        reported(text_file(content="<!doctype html><script>1</script>"))

    assert not CandidateReport.objects.exists()


def test_too_many_or_too_large_are_refused(monkeypatch):
    with pytest.raises(CompetitionError):
        reported(*(text_file(f"{n}.txt") for n in range(4)))
    monkeypatch.setattr(private_files, "LARGEST", 3)
    with pytest.raises(CompetitionError):
        reported(text_file())


def test_virus_and_silent_scanner_refuse(monkeypatch, settings):
    settings.CLAMD = "unix:/nowhere"
    monkeypatch.setattr(private_files, "virus_in", lambda *_given: "Eicar")
    with pytest.raises(CompetitionError, match="Eicar"):
        reported(text_file())

    def silent(*_given):
        raise ScannerUnavailable

    monkeypatch.setattr(private_files, "virus_in", silent)
    with pytest.raises(CompetitionError):
        reported(text_file())


def test_refused_report_leaves_no_bytes(monkeypatch):
    saved = []
    monkeypatch.setattr(evidence.audit, "record", lambda *_a, **_k: None)

    def fail(*_given, **_more):
        raise RuntimeError

    keep = storage().save
    monkeypatch.setattr(
        type(storage()), "save", lambda _self, name, file: saved.append(keep(name, file)) or saved[-1]
    )
    monkeypatch.setattr(ReportEvidence, "save", fail)

    with pytest.raises(RuntimeError):
        reported(text_file())

    assert len(saved) == 1
    assert not storage().exists(saved[0])


def address(row, competition=None):
    slug = (competition or row.report.entry.competition).slug
    return reverse("competitions:organise_evidence", args=[slug, row.report_id, row.pk])


def test_organiser_downloads_and_it_is_recorded(as_user):
    row = reported(text_file()).evidence.get()

    response = as_user(organiser_of(row.report.entry.competition)).get(address(row))

    assert b"".join(response.streaming_content).decode() == "같은 문장입니다."
    assert response["Content-Type"] == "application/octet-stream"
    assert "attachment" in response["Content-Disposition"]
    assert AuditRecord.objects.filter(verb="report.evidence_opened").count() == 1


def test_reporter_stranger_and_other_organiser_do_not(as_user):
    report = reported(text_file())
    row, other = report.evidence.get(), make_verified()

    for person in (report.by, report.entry.entrant, make_user(), organiser_of(other)):
        assert as_user(person).get(address(row)).status_code == 403
    assert as_user(organiser_of(other)).get(address(row, other)).status_code == 404


def test_form_takes_files_and_keeps_the_text_when_one_is_refused(as_user):
    competition = make_verified()
    page = reverse("competitions:report_candidate", args=[competition.slug])
    given = {"entry": competition.entries.get(code="E1").pk, "kind": "copied", "text": TEXT}
    client = as_user(make_user())

    refused = client.post(
        page, given | {"idempotency_key": uuid4(), "evidence": [text_file(content="<html></html>")]}
    )
    kept = client.post(
        page, given | {"idempotency_key": uuid4(), "evidence": [text_file(), text_file("둘.txt")]}
    )

    assert refused.status_code == 422
    assert refused.context["form"]["text"].value() == TEXT
    assert kept.status_code == 302
    assert ReportEvidence.objects.count() == 2


def test_forgotten_evidence_leaves_its_fingerprint():
    row = reported(text_file()).evidence.get()
    keys, path = [row.report.entry_id], row.path

    remove_evidence_bytes(keys)
    forget_evidence(keys, at=AT)

    row.refresh_from_db()
    assert (row.name, row.path, row.by, row.erased_at) == ("", "", None, AT)
    assert len(row.sha256) == 64
    assert not storage().exists(path)
    with pytest.raises(CompetitionError):
        open_evidence(row, by=None)
