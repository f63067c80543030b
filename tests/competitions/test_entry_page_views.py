"""One entry as its organiser reads it and decides on it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import AuditRecord
from accounts.roles import Role
from competitions.actions.screening.correction import return_entry
from competitions.entry_files import storage
from competitions.models import Attachment, Entry, FormField, SimilarityFinding, TeamMember
from competitions.states import EntryState
from tests.competitions.screening_pages import SCRIPT, address, of_entry, organiser_of
from tests.competitions.similar_entries import attached, content_with, handed_in, snapshot_of
from tests.factories import AT, make_closed_competition, make_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
ACTS = ["accept", "disqualify", "return", "take_back", "note", "contact", "open_sealed"]


def submitted(**fields):
    return make_entry(make_closed_competition(), state=EntryState.SUBMITTED, **fields)


@pytest.mark.parametrize("count", [1, 3])
def test_entry_page_query_count(as_user, count, django_assert_num_queries):
    entry = handed_in(content=content_with("글", answers={"q1": "답"}))
    FormField.objects.create(competition=entry.competition, code="q1", name="질문")
    for number in range(count):
        snapshot_of(entry, content_with("글"), number=2 + number)
        entry.notes.create(audience="organisers", text="가", by=make_user(), at=AT, idempotency_key=uuid4())
        other = handed_in()
        SimilarityFinding.objects.create(entry=entry, other=other, kind="copy", share=1, found_at=AT)
        TeamMember.objects.create(
            entry=entry, user=make_user(), state="accepted", invited_at=AT, answered_at=AT
        )
        AuditRecord.objects.create(verb="entry.accepted", target_kind="entry", target_id=str(entry.pk))
    files = [attached(entry) for _number in range(count)]
    content = entry.snapshot.content | {"files": files}
    entry.snapshot = snapshot_of(entry, content, number=9)
    entry.save()
    client = as_user(organiser_of(entry.competition))

    with django_assert_num_queries(17):
        page = client.get(of_entry("entry", entry))

    assert [len(page.context[name]) for name in ("similar", "notes", "files")] == [count] * 3


def test_entry_page_hides_who_entered_until_asked_and_records_the_look(as_user):
    entrant, member = make_user(email="secret@example.org", name="숨은이름"), make_user(name="숨은팀원")
    entry = submitted(entrant=entrant)
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    client = as_user(organiser_of(entry.competition))

    page = client.get(of_entry("entry", entry))
    shown = client.post(of_entry("contact", entry), {"purpose": "award"})
    again = client.get(of_entry("entry", entry))

    assert "secret@example.org" in shown.text
    assert "숨은팀원" in shown.text
    for hidden in (page, again):
        assert not any(word in hidden.text for word in ("secret@example.org", "숨은이름", "숨은팀원"))
    records = AuditRecord.objects.filter(verb="entry.contact_seen")
    assert {(row.about_id, row.detail["purpose"]) for row in records} == {
        (entrant.pk, "award"),
        (member.pk, "award"),
    }


@pytest.mark.parametrize("given", [{}, {"purpose": "other"}, {"purpose": "none"}])
def test_contact_needs_a_purpose(as_user, given):
    entry = submitted(entrant=make_user(email="secret@example.org"))

    answer = as_user(organiser_of(entry.competition)).post(of_entry("contact", entry), given)

    assert answer.status_code == 422
    assert "secret@example.org" not in answer.text
    assert not AuditRecord.objects.filter(verb="entry.contact_seen").exists()


def test_personal_answers_come_with_the_contact(as_user):
    entry = handed_in(content=content_with("글", answers={"phone": "전화 답", "why": "이유 답"}))
    FormField.objects.create(competition=entry.competition, code="phone", name="연락처", is_personal=True)
    FormField.objects.create(competition=entry.competition, code="why", name="이유")
    client = as_user(organiser_of(entry.competition))

    page = client.get(of_entry("entry", entry))
    shown = client.post(of_entry("contact", entry), {"purpose": "questions"})

    assert ("이유 답" in page.text, "전화 답" in page.text) == (True, False)
    assert "전화 답" in shown.text


def test_entry_page_never_shows_drafts_or_foreign_entries(as_user):
    competition = make_closed_competition()
    draft, foreign = make_entry(competition), submitted()
    client = as_user(organiser_of(competition))

    for entry in (draft, foreign):
        assert client.get(address("entry", competition, entry.pk)).status_code == 404
        assert client.get(address("versions", competition, entry.pk)).status_code == 404
        for act in ACTS:
            assert client.post(address(act, competition, entry.pk)).status_code == 404


@pytest.mark.parametrize("act", ["entry", "versions", *ACTS])
def test_everybody_else_is_refused(as_user, client, act):
    entry, judge = submitted(entrant=make_user()), make_user()
    make_judge(entry.competition, user=judge)
    place = of_entry(act, entry)

    assert client.post(place).status_code == 302
    for person in (entry.entrant, judge, make_user(Role.EDITOR), organiser_of(make_competition())):
        assert as_user(person).post(place).status_code in {403, 405}
        assert as_user(person).get(place).status_code in {403, 405}
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED


def test_what_was_handed_in_is_escaped(as_user):
    content = content_with(SCRIPT, answers={"q": SCRIPT}, links=["https://a.example/"])
    content["case"]["before_after"] = [{"task": SCRIPT, "before": SCRIPT, "after": SCRIPT}]
    content["prompts"] = [{"title": SCRIPT, "messages": [{"role": "user", "content": SCRIPT}]}]
    entry = handed_in(content=content, team=SCRIPT, correction_note=SCRIPT)
    FormField.objects.create(competition=entry.competition, code="q", name=SCRIPT)
    entry.notes.create(audience="organisers", text=SCRIPT, at=AT, idempotency_key=uuid4())

    page = as_user(organiser_of(entry.competition)).get(of_entry("entry", entry, query="q=%3Cscript%3E"))

    assert SCRIPT not in page.text
    assert page.text.count("alert(1)") >= 8


def test_a_link_that_is_no_web_address_is_left_out(as_user):
    entry = handed_in(content=content_with("글", links=["javascript:alert(1)", "https://good.example/"]))

    page = as_user(organiser_of(entry.competition)).get(of_entry("entry", entry))

    assert "javascript:" not in page.text
    assert "https://good.example/" in page.text


def test_a_withdrawn_entry_shows_no_text_and_no_file(as_user):
    entry = handed_in("비밀 본문", state=EntryState.WITHDRAWN)
    client = as_user(organiser_of(entry.competition))

    assert "비밀 본문" not in client.get(of_entry("entry", entry)).text
    assert client.get(of_entry("versions", entry)).status_code == 404


def test_each_decision_leads_back_to_the_entry_in_its_list(as_user):
    entry = submitted()
    client, query = as_user(organiser_of(entry.competition)), "state=submitted&sort=title"
    day = timezone.localdate() + timedelta(days=5)

    def decide(act, **words):
        answer = client.post(of_entry(act, entry, query=query), words)
        assert answer.url == of_entry("entry", entry, query=query)
        return Entry.objects.get(pk=entry.pk).state

    assert decide("return", note="동의서", due=f"{day}T18:00", seen="submitted") == "returned"
    assert decide("take_back", seen="returned") == "submitted"
    assert decide("accept", seen="submitted") == "accepted"
    assert decide("disqualify", reason="표절", article="제3조", seen="accepted") == "disqualified"
    assert decide("accept", reason="오해였습니다", seen="disqualified") == "accepted"


@pytest.mark.parametrize(
    ("act", "words", "kept"),
    [
        ("disqualify", {"reason": "", "article": "공고 제3조"}, "공고 제3조"),
        ("disqualify", {"reason": "가" * 501}, "가" * 501),
        ("return", {"note": "동의서를 올려 주십시오.", "due": ""}, "동의서를 올려 주십시오."),
        ("return", {"note": "동의서", "due": "2020-01-01T00:00"}, "2020-01-01T00:00"),
        ("return", {"note": "동의서", "due": "내일"}, "내일"),
        ("note", {"text": "적은 글", "audience": "everybody"}, "적은 글"),
    ],
)
def test_refused_words_stay_typed(as_user, act, words, kept):
    entry = submitted()

    answer = as_user(organiser_of(entry.competition)).post(of_entry(act, entry), words)

    assert answer.status_code == 422
    assert kept in answer.text
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED


def test_reinstating_without_a_reason_is_refused(as_user):
    entry = make_entry(make_closed_competition(), state=EntryState.DISQUALIFIED)

    answer = as_user(organiser_of(entry.competition)).post(of_entry("accept", entry), {"reason": " "})

    assert (answer.status_code, Entry.objects.get(pk=entry.pk).state) == (422, EntryState.DISQUALIFIED)


@pytest.mark.parametrize("act", ["accept", "disqualify", "return"])
def test_too_early_is_told_with_what_was_typed(as_user, act):
    entry = make_entry(make_competition(), state=EntryState.SUBMITTED)
    day = timezone.localdate() + timedelta(days=5)
    words = {"reason": "적은 까닭", "note": "적은 까닭", "due": f"{day}T18:00"}

    answer = as_user(organiser_of(entry.competition)).post(of_entry(act, entry), words)

    assert answer.status_code == 422
    assert act == "accept" or "적은 까닭" in answer.text
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED


def test_a_page_out_of_date_decides_nothing(as_user):
    entry = submitted(entrant=make_user())
    return_entry(entry, note="동의서", due=timezone.now() + timedelta(days=1), by=None, at=AT)

    answer = as_user(organiser_of(entry.competition)).post(
        of_entry("disqualify", entry), {"reason": "표절", "seen": "submitted"}
    )

    assert (answer.status_code, Entry.objects.get(pk=entry.pk).state) == (422, EntryState.RETURNED)


def test_a_note_is_kept_with_its_audience(as_user):
    entry, key = submitted(), uuid4()
    client = as_user(organiser_of(entry.competition))

    for _again in range(2):
        client.post(
            of_entry("note", entry), {"text": "확인", "audience": "committee", "idempotency_key": key}
        )

    assert list(entry.notes.values_list("text", "audience")) == [("확인", "committee")]


def test_previous_and_next_are_of_the_same_list(as_user):
    competition = make_closed_competition()
    titles = {"E1": "다", "E2": "가", "E3": "나", "E4": "가"}
    made = {
        code: make_entry(competition, state=EntryState.SUBMITTED, code=code, title=title)
        for code, title in titles.items()
    }
    make_entry(competition, state=EntryState.ACCEPTED, code="E25", title="가")
    client = as_user(organiser_of(competition))

    def walk(code, query):
        found = client.get(of_entry("entry", made[code], query=query)).context["walk"]
        by_address = {of_entry("entry", entry, query=query): name for name, entry in made.items()}
        return by_address.get(found["previous"]), by_address.get(found["next"])

    assert walk("E2", "state=submitted") == ("E1", "E3")
    assert walk("E1", "state=submitted") == (None, "E2")
    assert walk("E4", "state=submitted") == ("E3", None)
    assert walk("E4", "state=submitted&sort=title") == ("E2", "E3")
    assert walk("E3", "state=submitted&sort=newest") == ("E4", "E2")
    assert walk("E1", "state=accepted&sort=code") == (None, None)


def test_versions_are_compared_side_by_side(as_user):
    entry = handed_in("처음 글")
    entry.snapshot = snapshot_of(entry, content_with("고친 글"), number=2)
    entry.save()
    client = as_user(organiser_of(entry.competition))

    page = client.get(of_entry("versions", entry))
    same = client.get(of_entry("versions", entry, query="older=2&newer=2"))

    assert (page.context["older"].number, page.context["newer"].number) == (1, 2)
    assert ("<del>" in page.text, "<ins>" in page.text) == (True, True)
    assert "<del>" not in same.text


def with_file(**fields):
    """An entry with a file in what was handed in, and the row of the file."""
    competition = fields.pop("competition", None) or make_closed_competition()
    row = handed_in(competition=competition)
    file = attached(row)
    Attachment.objects.filter(pk=file["id"]).update(path=f"{row.pk}/{file['id']}", **fields)
    storage().save(f"{row.pk}/{file['id']}", ContentFile(b"hello"))
    row.snapshot = snapshot_of(row, row.snapshot.content | {"files": [file]}, number=2)
    row.save()
    return row, Attachment.objects.get(pk=file["id"])


def test_a_file_of_what_was_handed_in_is_downloaded(as_user):
    entry, file = with_file()
    client = as_user(organiser_of(entry.competition))

    answer = client.get(of_entry("file", entry, file.pk))

    assert b"".join(answer.streaming_content) == b"hello"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert file.name in client.get(of_entry("entry", entry)).text


def test_a_file_with_a_virus_is_not_handed_out(as_user):
    entry, file = with_file(virus="found")

    answer = as_user(organiser_of(entry.competition)).get(of_entry("file", entry, file.pk))

    assert answer.url == of_entry("entry", entry)


def test_files_of_drafts_and_of_sealed_entries_stay_closed(as_user):
    sealed, file = with_file(competition=make_competition(is_sealed=True))
    entry, _other = with_file()
    draft = attached(entry)
    client = as_user(organiser_of(sealed.competition))

    assert client.get(of_entry("file", sealed, file.pk)).status_code == 404
    assert client.get(of_entry("file", sealed, draft["id"])).status_code == 404
    assert (
        as_user(organiser_of(entry.competition)).get(of_entry("file", entry, draft["id"])).status_code == 404
    )
    assert as_user(make_user()).get(of_entry("file", entry, _other.pk)).status_code == 403


def sealed_entry():
    competition = make_competition(is_sealed=True)
    return handed_in(
        "비밀 본문", competition=competition, entrant=make_user(name="비밀 이름"), team="비밀 팀"
    )


def test_a_sealed_entry_shows_its_code_alone(as_user):
    entry = sealed_entry()
    client = as_user(organiser_of(entry.competition))

    page = client.get(of_entry("entry", entry))
    contact = client.post(of_entry("contact", entry), {"purpose": "award"})

    assert entry.code in page.text
    assert "비밀" not in page.text + contact.text
    assert entry.title not in page.text
    assert contact.status_code == 422
    assert client.get(of_entry("versions", entry)).status_code == 404


def test_opening_early_shows_this_answer_alone_and_is_recorded(as_user):
    entry = sealed_entry()
    client = as_user(organiser_of(entry.competition))

    shown = client.post(of_entry("open_sealed", entry), {"reason": "민원이 들어왔습니다."})
    after = client.get(of_entry("entry", entry))

    assert "비밀 본문" in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert "비밀" not in after.text
    record = AuditRecord.objects.get(verb="entry.opened_early")
    assert (record.about, record.detail) == (entry.entrant, {"reason": "민원이 들어왔습니다."})


def test_opening_early_without_a_reason_shows_nothing(as_user):
    entry = sealed_entry()

    answer = as_user(organiser_of(entry.competition)).post(of_entry("open_sealed", entry), {"reason": " "})

    assert (answer.status_code, "비밀" in answer.text) == (422, False)
    assert not AuditRecord.objects.filter(verb="entry.opened_early").exists()


def test_the_entrant_reads_that_the_entry_was_opened(as_user):
    entry = sealed_entry()
    as_user(organiser_of(entry.competition)).post(of_entry("open_sealed", entry), {"reason": "민원"})

    page = as_user(entry.entrant).get("/accounts/access/")

    assert [record.verb for record in page.context["records"]] == ["entry.opened_early"]
