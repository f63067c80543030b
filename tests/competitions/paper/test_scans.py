"""Scans of signed sheets: kept clean, opened on record, removed with a reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions import private_files
from competitions.actions.paper import scans
from competitions.actions.paper.scans import keep_scan, open_scan, remove_scan
from competitions.entry_files import sha256_of, storage
from competitions.errors import CompetitionError
from competitions.files import sandbox
from competitions.models import Competition, SheetScan
from competitions.states import CompetitionState
from tests.competitions.files.clamd import clamd
from tests.competitions.files.made import make_docx, make_pdf, make_picture
from tests.competitions.paper.making import address, make_paper_contest, organiser_of
from tests.factories import AT, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def kept(competition, raw=None, *, name="서명.jpg", judge=None, round_=None):
    return keep_scan(
        competition,
        SimpleUploadedFile(name, raw or make_picture("jpeg")),
        judge=judge or competition.judges.first(),
        round_=round_,
        by=None,
        at=AT,
    )


def refusal(competition, raw, **more):
    with pytest.raises(CompetitionError) as error:
        kept(competition, raw, **more)
    assert not SheetScan.objects.exists()
    return str(error.value)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "pdf"])
def test_a_scan_is_kept_without_what_it_says_of_people_and_places(kind, tmp_path):
    competition = make_paper_contest()

    scan = kept(competition, make_pdf() if kind == "pdf" else make_picture(kind), name="C:\\서명.exe")

    with storage().open(scan.path) as file:
        data = file.read()
    path = tmp_path / "stored"
    path.write_bytes(data)
    assert sandbox.read(path, kind).findings == []
    assert (scan.kind, scan.size, scan.sha256) == (kind, len(data), sha256_of(path))
    assert scan.name == {"jpeg": "서명.jpg"}.get(kind, f"서명.{kind}")
    assert AuditRecord.objects.get(verb="scan.kept").detail["sha256"] == scan.sha256


def test_the_same_scan_again_is_one():
    competition = make_paper_contest()

    assert kept(competition) == kept(competition)
    assert SheetScan.objects.count() == 1


def test_another_kind_is_refused():
    assert "PDF, JPEG, PNG or WebP" in refusal(make_paper_contest(), make_docx())


def test_what_claims_to_be_a_picture_is_looked_into():
    assert refusal(make_paper_contest(), b"<html></html>", name="scan.jpg")


def test_a_damaged_picture_is_refused():
    assert refusal(make_paper_contest(), make_picture("jpeg")[:200])


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(private_files, "LARGEST", 100)

    assert "larger than" in refusal(make_paper_contest(), make_picture("png"))


def test_too_many_scans_of_a_judge_are_refused(monkeypatch):
    monkeypatch.setattr(scans, "MOST_OF_JUDGE", 1)
    competition = make_paper_contest()
    kept(competition)

    with pytest.raises(CompetitionError, match="at most 1 scans"):
        kept(competition, make_pdf())


def test_judge_and_round_of_another_competition_are_refused():
    competition, other = make_paper_contest(), make_paper_contest()

    assert "of this competition" in refusal(competition, None, judge=other.judges.get())
    assert "of this competition" in refusal(competition, None, round_=other.rounds.get())


def test_after_the_decision_nothing_is_added_or_removed():
    competition = make_paper_contest()
    scan = kept(competition)
    Competition.objects.update(state=CompetitionState.DECIDED)

    with pytest.raises(IllegalMove):
        kept(competition, make_pdf())
    with pytest.raises(IllegalMove):
        remove_scan(scan, "잘못 올림", by=None, at=AT)


def test_a_virus_is_refused(settings):
    with clamd(b"stream: Eicar FOUND\0") as (scanner, _received):
        settings.CLAMD = scanner

        assert "virus was found in the file (Eicar)" in refusal(make_paper_contest(), make_picture("png"))


def test_without_an_answer_of_the_scanner_nothing_is_kept(settings):
    settings.CLAMD = "unix:/nowhere/clamd.sock"

    assert "Try again" in refusal(make_paper_contest(), make_picture("png"))


def test_removing_forgets_the_file_and_keeps_its_fingerprint(django_capture_on_commit_callbacks):
    scan = kept(make_paper_contest())

    with django_capture_on_commit_callbacks(execute=True):
        remove_scan(scan, " 다른 위원의 것 ", by=None, at=AT)

    scan.refresh_from_db()
    assert (bool(scan.erased_at), storage().exists(scan.path)) == (True, False)
    detail = AuditRecord.objects.get(verb="scan.removed").detail
    assert (detail["reason"], detail["sha256"]) == ("다른 위원의 것", scan.sha256)


def test_removing_needs_a_reason_and_happens_once():
    scan = kept(make_paper_contest())

    with pytest.raises(CompetitionError, match="Write why"):
        remove_scan(scan, " ", by=None, at=AT)
    remove_scan(scan, "잘못 올림", by=None, at=AT)
    with pytest.raises(CompetitionError, match="already"):
        remove_scan(scan, "잘못 올림", by=None, at=AT)


def test_a_removed_scan_is_not_opened():
    scan = kept(make_paper_contest())
    remove_scan(scan, "잘못 올림", by=None, at=AT)
    scan.refresh_from_db()

    with pytest.raises(CompetitionError, match="no longer kept"):
        open_scan(scan, by=None, at=AT)


# Pages


def test_the_organiser_keeps_opens_and_removes(as_user):
    competition = make_paper_contest()
    client, judge = as_user(organiser_of(competition)), competition.judges.get()
    raw = SimpleUploadedFile("서명.png", make_picture("png"))

    done = client.post(address("add_scan", competition), {"judge": judge.pk, "round": "", "file": raw})

    scan = SheetScan.objects.get()
    assert done.url == address("paper", competition)
    assert list(client.get(address("paper", competition)).context["scans"]) == [scan]
    opened = client.get(address("scan", competition, scan.pk))
    assert len(b"".join(opened.streaming_content)) == scan.size
    assert opened["Content-Type"] == "application/octet-stream"
    assert AuditRecord.objects.filter(verb="scan.opened").count() == 1
    page = address("remove_scan", competition, scan.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "잘못 올림"}).url == address("paper", competition)
    assert client.post(page, {"reason": "잘못 올림"}).status_code == 422
    assert client.get(address("scan", competition, scan.pk)).url == address("paper", competition)


def test_a_refused_scan_keeps_the_form(as_user):
    competition = make_paper_contest()
    given = {"judge": competition.judges.get().pk, "file": SimpleUploadedFile("a.pdf", b"plain")}

    response = as_user(organiser_of(competition)).post(address("add_scan", competition), given)

    assert response.status_code == 422
    assert response.context["scan_form"].errors["file"]
    assert not SheetScan.objects.exists()


def test_a_judge_of_another_competition_is_no_choice(as_user):
    competition, other = make_paper_contest(), make_paper_contest()
    given = {
        "judge": other.judges.get().pk,
        "file": SimpleUploadedFile("a.png", make_picture("png")),
    }

    response = as_user(organiser_of(competition)).post(address("add_scan", competition), given)

    assert response.context["scan_form"].errors["judge"]


def test_scans_are_out_of_sight_for_others(as_user):
    scan = kept(make_paper_contest())
    competition, other = scan.judge.competition, make_paper_contest()

    assert as_user(make_user("staff")).get(address("scan", competition, scan.pk)).status_code == 403
    assert as_user(organiser_of(other)).get(address("scan", competition, scan.pk)).status_code == 403
    assert as_user(organiser_of(other)).get(address("scan", other, scan.pk)).status_code == 404
    assert not AuditRecord.objects.filter(verb="scan.opened").exists()
