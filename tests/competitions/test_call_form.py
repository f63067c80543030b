from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime, now

from accounts.models import AuditRecord
from accounts.roles import Role
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.calls.competitions import create_competition
from competitions.actions.calls.records import fingerprint, record_of
from competitions.actions.calls.templates import CODES, from_template, usual_terms
from competitions.contest_files.call_records import (
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FilesRecord,
    QuestionRecord,
)
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.records import TrackRecord
from competitions.contest_files.write_yaml import written
from competitions.forms.competition import KEPT_CALL
from competitions.models import Competition
from competitions.states import CompetitionState
from tests.competitions.contest_files.test_call_yaml import PARTS
from tests.competitions.contest_files.test_competition_yaml import FULL, SMALL
from tests.competitions.test_organise_views import address, organiser_of
from tests.factories import AT, make_competition, make_department, make_learning_group, make_user

pytestmark = pytest.mark.django_db
SAMPLES = {"small": SMALL, "full": FULL, "every part": FULL + PARTS.replace("[a]", "[life]")}
SAMPLES["track with its own end"] = SAMPLES["every part"].replace(
    "{code: life, name: 생활}",
    '{code: life, name: 생활, closes_at: 2026-05-10 18:00:30, most_entries: 3, description: "첫째\\n둘째"}',
)


class Sent(HTMLParser):
    """What a browser sends of the call's form: every field that is not inside a template."""

    def __init__(self, text):
        super().__init__()
        self.values, self.inside, self.area, self.select = {}, [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in {"form", "template"}:
            self.inside.append(given.get("id") if tag == "form" else "template")
        if self.inside != ["call-form"]:
            return
        if tag == "textarea":
            self.area = given["name"]
            self.values[self.area] = [""]
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and ("selected" in given or self.select not in self.values):
            self.values[self.select] = [given["value"]]
        elif tag == "input" and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self.values.setdefault(given["name"], []).append(
                given.get("value", "on" if given.get("type") == "checkbox" else "")
            )

    def handle_data(self, data):
        if self.area:
            self.values[self.area] = [self.values[self.area][0] + data]

    def handle_endtag(self, tag):
        if tag in {"form", "template"} and self.inside:
            self.inside.pop()
        if tag == "textarea" and self.area:
            # A browser drops the line break after the tag and sends the others as two signs.
            self.values[self.area] = [self.values[self.area][0].removeprefix("\n").replace("\n", "\r\n")]
            self.area = None


def sent(response, **changes):
    return Sent(response.text).values | changes


def uploaded(text):
    return {"file": SimpleUploadedFile("call.yaml", text.encode())}


def organiser(as_user):
    return as_user(make_user(Role.ORGANISER))


def began(client, code="resident"):
    return client.get(address("organise_new"), {"template": code})


def draft(**fields):
    record = replace(from_template("resident", now()), slug="call", **fields)
    return create_competition(record, by=make_user(Role.ORGANISER), at=now())


# What comes in goes out


@pytest.mark.parametrize("code", CODES)
def test_template_sent_as_it_is_shown_is_stored_as_it_is(as_user, code):
    client = organiser(as_user)
    response = began(client, code)
    base = response.context["page"].base

    client.post(address("organise_new"), sent(response))

    stored = record_of(Competition.objects.get())
    assert stored == replace(base, slug=stored.slug)


@pytest.mark.parametrize("name", SAMPLES)
def test_file_sent_as_it_is_shown_is_stored_as_it_is(as_user, name):
    client = organiser(as_user)
    response = client.post(address("organise_start"), uploaded(SAMPLES[name]))

    client.post(address("organise_new"), sent(response))

    expected = replace(read_competition(SAMPLES[name].encode()), judges=(), announced_at=None, notices=())
    stored = record_of(Competition.objects.get())
    assert stored == expected
    assert read_competition(written(stored).encode()) == expected


def test_draft_saved_unchanged_changes_nothing(as_user):
    competition = bring_in_competition(read_competition(SAMPLES["every part"].encode()), by=None, at=AT)[0]
    Competition.objects.update(state=CompetitionState.DRAFT, announced_at=None)
    before, client = record_of(competition), organiser(as_user)
    response = client.get(address("organise_edit", competition.slug))

    client.post(address("organise_edit", competition.slug), sent(response))

    competition.refresh_from_db()
    assert replace(record_of(competition), announced_at=None) == replace(before, announced_at=None)
    assert AuditRecord.objects.get(verb="competition.changed").detail["fields"] == []


def test_every_part_is_written(as_user):
    department, group = make_department(), make_learning_group(slug="ai")
    client = organiser(as_user)
    response = client.get(address("organise_new"))
    fields = {
        "title": "새 공모전", "opens_at": "2099-01-01T09:00", "closes_at": "2099-02-01T18:00",
        "who-who": ["staff"], "who-departments": [department.code], "who-groups": [group.slug],
        "who-districts": "가온구\r\n\r\n 나온구 ", "who-invited": "a@example.org", "who-min_age": "19",
        "who-entrants": "team", "who-team_max": "6",
        "plan-purpose": "목적", "files-most": "0", "files-kinds": ["pdf"],
        "keeping-grace_minutes": "1.5", "keeping-is_sealed": "on", "keeping-verification_days": "20",
        "contact-office": "담당부서",
        "tracks-TOTAL_FORMS": "2", "tracks-0-name": "하나", "tracks-0-closes_at": "2099-01-20T18:00",
        "tracks-1-name": "둘", "tracks-1-most_entries": "2",
        "criteria-0-name": "창의", "criteria-0-max": "40", "criteria-0-track": "2",
        "questions-TOTAL_FORMS": "1", "questions-0-name": "경로", "questions-0-kind": "choice",
        "questions-0-choices": "누리집\r\n게시판", "questions-0-required": "draft", "questions-0-tracks": ["2"],
        "questions-0-is_personal": "on",
        "terms-TOTAL_FORMS": "1", "terms-0-is_required": "on",
        "terms-0-title": "서약", "terms-0-text": "합니다.", "terms-0-covers": ["copyright"],
        "dates-TOTAL_FORMS": "1", "dates-0-name": "발표", "dates-0-at": "2099-03-01T09:00",
        "faq-TOTAL_FORMS": "1", "faq-0-question": "왜?", "faq-0-answer": "그래서",
    }  # fmt: skip

    client.post(address("organise_new"), sent(response, **fields))

    record = record_of(Competition.objects.get())
    assert record.eligibility == EligibilityRecord(
        who=("staff",), departments=(department.code,), groups=("ai",), districts=("가온구", "나온구"),
        invited=("a@example.org",), min_age=19, entrants="team", team_max=6,
    )  # fmt: skip
    assert (record.plan, record.files) == ({"purpose": "목적"}, FilesRecord(kinds=("pdf",), most=0))
    assert (record.grace_seconds, record.is_sealed, record.verification_days) == (90, True, 20)
    assert record.contact == ContactRecord(office="담당부서")
    assert record.tracks == (
        TrackRecord(code="t1", name="하나", closes_at=datetime(2099, 1, 20, 9, tzinfo=UTC)),
        TrackRecord(code="t2", name="둘", most_entries=2),
    )
    assert record.rounds[0].criteria[0].track == "t2"
    question = QuestionRecord(
        code="q1", name="경로", kind="choice", choices=("누리집", "게시판"), required="draft", tracks=("t2",),
        is_personal=True,
    )  # fmt: skip
    assert record.questions == (question,)
    assert [(each.purpose, each.is_required, each.covers) for each in record.terms] == [
        ("term1", True, ("copyright",))
    ]
    assert record.dates == (DateRecord(name="발표", at=datetime(2099, 3, 1, tzinfo=UTC)),)
    assert [each.answer for each in record.faq] == ["그래서"]


def test_changed_consent_is_a_new_version(as_user):
    competition, client = draft(), organiser(as_user)
    response = client.get(address("organise_edit", competition.slug))

    client.post(address("organise_edit", competition.slug), sent(response, **{"terms-0-text": "다른 글"}))

    versions = competition.consent_terms.filter(purpose="privacy").order_by("version")
    assert [(row.version, row.replaced_at is None) for row in versions] == [(1, False), (2, True)]
    assert competition.consent_terms.filter(replaced_at=None).count() == 4


# Refusals


@pytest.mark.parametrize(
    ("field", "value", "step"),
    [
        ("title", "", "basics"),
        ("dates-0-until", "2020-01-01T00:00", "dates"),
        ("dates-0-at", "", "dates"),
        ("who-team_max", "1", "who"),
        ("who-invited", "nobody", "who"),
        ("who-districts", "가" * 201, "who"),
        ("who-entries_per_person", "0", "who"),
        ("plan-purpose", "가" * 20_001, "plan"),
        ("plan-other", "a\x07", "plan"),
        ("tracks-0-closes_at", "2099-01-01T00:00", "tracks"),
        ("tracks-0-description", "가" * 2001, "tracks"),
        ("tracks-0-most_entries", "0", "tracks"),
        ("questions-0-choices", "", "questions"),
        ("questions-0-tracks", ["9"], "questions"),
        ("questions-1-kind", "colour", "questions"),
        ("terms-1-purpose", "privacy", "consents"),
        ("terms-0-text", "", "consents"),
        ("files-total_mb", "1", "files"),
        ("files-kinds", [], "files"),
        ("keeping-grace_minutes", "1441", "files"),
        ("criteria-0-description", "가" * 2001, "judging"),
        ("criteria-0-track", "9", "judging"),
        ("faq-0-question", "", "contact"),
    ],
)
def test_refused_field_stands_in_its_step_and_keeps_what_was_typed(as_user, field, value, step):
    client = organiser(as_user)

    response = client.post(address("organise_new"), sent(began(client), **{field: value, "slug": "mine"}))

    assert response.status_code == 422
    assert not Competition.objects.exists()
    problems = response.context["page"].problems
    assert [each.step for each in problems] == [step]
    assert f'id="{problems[0].target}"' in response.text
    assert f'href="#{problems[0].target}"' in response.text
    assert Sent(response.text).values["slug"] == ["mine"]
    assert [each["code"] for each in response.context["page"].steps if each["errors"]] == [step]


def test_ages_the_wrong_way_round_are_refused(as_user):
    client = organiser(as_user)
    ages = {"who-min_age": "30", "who-max_age": "20"}

    response = client.post(address("organise_new"), sent(began(client), **ages))

    assert [each.target for each in response.context["page"].problems] == ["id_who-max_age"]


def test_numbers_of_a_question_the_wrong_way_round_are_refused(as_user):
    client = organiser(as_user)
    limits = {"questions-0-least": "3", "questions-0-most": "2.5"}

    response = client.post(address("organise_new"), sent(began(client), **limits))

    assert [each.target for each in response.context["page"].problems] == ["id_questions-0-most"]


def test_stale_form_is_refused_with_both_texts(as_user):
    competition, client = draft(), organiser(as_user)
    page = address("organise_edit", competition.slug)
    first, second = client.get(page), client.get(page)
    client.post(page, sent(first, title="먼저 바꾼 이름"))

    refused = client.post(page, sent(second, title="나중 이름"))

    assert refused.status_code == 422
    assert [(row["field"], row["before"], row["after"]) for row in refused.context["differences"]] == [
        ("title", "먼저 바꾼 이름", "나중 이름")
    ]
    assert Competition.objects.get().title == "먼저 바꾼 이름"
    assert client.post(page, sent(refused)).status_code == 302
    assert Competition.objects.get().title == "나중 이름"


def test_form_says_when_it_was_last_saved(as_user):
    competition, client = draft(), organiser(as_user)

    response = client.get(address("organise_edit", competition.slug))

    assert response.context["saved_at"] == AuditRecord.objects.get(verb="competition.created").at


@pytest.mark.parametrize("name", ["organise_new", "organise_edit"])
def test_text_typed_over_an_ended_session_comes_back(as_user, client, name):
    user = make_user(Role.ORGANISER)
    competition = draft()
    page = address(name, *([competition.slug] if name == "organise_edit" else []))
    as_user(user)
    typed = sent(client.get(page), title="아직 저장하지 않은 이름")
    client.logout()

    answer = client.post(page, typed)
    client.force_login(user)
    response = client.get(page)

    assert answer.status_code == 302
    assert Sent(response.text).values["title"] == ["아직 저장하지 않은 이름"]
    assert response.context["page"].problems == []
    assert Competition.objects.count() == 1


def test_text_of_a_stranger_is_not_kept(client):
    client.post(address("organise_new"), {"title": "남의 글", "writer": "forged"})

    assert KEPT_CALL.key not in client.session


# Rows without script


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("down-tracks-0", ["t2", "t1"]),
        ("up-tracks-1", ["t2", "t1"]),
        ("up-tracks-0", ["t1", "t2"]),
        ("down-tracks-1", ["t1", "t2"]),
        ("out-tracks-0", ["t2"]),
        ("out-tracks-9", ["t1", "t2"]),
        ("away-tracks-0", ["t1", "t2"]),
        ("up-nothing-0", ["t1", "t2"]),
        ("", ["t1", "t2"]),
    ],
)
def test_row_is_moved_and_taken_out_without_script(as_user, act, expected):
    competition, client = (
        draft(tracks=(TrackRecord(code="t1", name="하나"), TrackRecord(code="t2", name="둘"))),
        organiser(as_user),
    )
    page = address("organise_edit", competition.slug)

    shown = client.post(page, sent(client.get(page), act=act))
    client.post(page, sent(shown))

    assert shown.status_code == 200
    assert list(competition.tracks.values_list("code", flat=True)) == expected


def test_row_taken_out_is_put_back(as_user):
    competition, client = draft(), organiser(as_user)
    page = address("organise_edit", competition.slug)

    out = client.post(page, sent(client.get(page), act="out-faq-0"))
    back = client.post(page, sent(out, act="back-faq-0"))
    client.post(page, sent(back))

    competition.refresh_from_db()
    assert "data-removed" in out.text
    assert len(competition.faq) == 4


def test_empty_row_taken_out_refuses_nothing(as_user):
    competition, client = draft(), organiser(as_user)
    page = address("organise_edit", competition.slug)
    emptied = {"faq-0-question": "", "faq-0-DELETE": "on"}

    client.post(page, sent(client.get(page), **emptied))

    competition.refresh_from_db()
    assert len(competition.faq) == 3


def test_order_of_criteria_of_one_track_follows_the_tracks(as_user):
    competition, client = draft(), organiser(as_user)
    page = address("organise_edit", competition.slug)
    moved = {"tracks-0-ORDER": "2", "tracks-1-ORDER": "1", "criteria-0-track": "1"}

    client.post(page, sent(client.get(page), **moved))

    record = record_of(competition)
    assert [each.code for each in record.tracks] == ["service", "living"]
    assert [each.track for each in record.rounds[0].criteria] == ["living", "", "", ""]


def test_question_of_a_track_taken_out_goes_with_it(as_user):
    asked = QuestionRecord(code="q", name="물음", tracks=("living",))
    competition, client = draft(questions=(asked,)), organiser(as_user)
    page = address("organise_edit", competition.slug)

    client.post(page, sent(client.get(page), **{"tracks-0-DELETE": "on"}))

    assert record_of(competition).questions == ()


@pytest.mark.parametrize("name", ["dates", "questions", "terms", "faq", "criteria"])
def test_more_rows_without_script(as_user, name):
    client = organiser(as_user)
    response = began(client)
    before = len(response.context["page"].rows[name].forms)

    more = client.post(address("organise_new"), sent(response, more=name))

    assert more.status_code == 200
    assert len(more.context["page"].rows[name].forms) > before
    assert client.post(address("organise_new"), sent(more)).status_code == 302


def test_usual_consents_are_added_once(as_user):
    client = organiser(as_user)
    page = address("organise_new")

    first = client.post(page, sent(client.get(page), act="terms"))
    second = client.post(page, sent(first, act="terms"))

    purposes = [form["purpose"].value() for form in second.context["page"].rows["terms"]]
    assert purposes == [each.purpose for each in usual_terms()]


def test_part_that_was_not_sent_stays(as_user):
    competition, client = draft(), organiser(as_user)
    page = address("organise_edit", competition.slug)
    before = record_of(competition)
    lacking = ("who-", "plan-", "files-", "keeping-", "contact-", "questions-", "terms-", "dates-", "faq-")
    values = {name: value for name, value in sent(client.get(page)).items() if not name.startswith(lacking)}

    client.post(page, values | {"title": "다른 이름"})

    competition.refresh_from_db()
    assert record_of(competition) == replace(before, title="다른 이름")


# Beside the form


def previewed(client, response, **changes):
    return client.post(address("organise_preview"), sent(response, **changes), headers={"HX-Request": "true"})


def states(response):
    return {row["gate"].code: row["is_open"] for row in response.context["gates"]}


def test_preview_shows_what_is_written_and_stores_nothing(as_user):
    client = organiser(as_user)

    shown = previewed(client, began(client), title="새 <b>이름</b>", **{"plan-purpose": "**바뀐** 목적"})

    assert "새 &lt;b&gt;이름&lt;/b&gt;" in shown.text
    assert "<strong>바뀐</strong> 목적" in shown.text
    assert "생활불편 해결" in shown.text
    assert 'id="call-line"' in shown.text
    assert not Competition.objects.exists()


def test_preview_of_an_unfinished_form_shows_what_there_is(as_user):
    client = organiser(as_user)
    half = {"title": "", "opens_at": "", "closes_at": "x", "criteria-0-max": "", "who-team_max": "-1"}

    shown = previewed(client, client.get(address("organise_new")), **half)

    assert shown.status_code == 200
    assert states(shown) == {"call": True, "track": True, "criterion": True, "closing": True}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plan-copyright": ""}, "plan"),
        ({"terms-3-DELETE": "on"}, "agreed"),
        ({"call": " "}, "call"),
        ({f"criteria-{row}-DELETE": "on" for row in range(4)}, "criterion"),
    ],
)
def test_preview_tells_what_the_rules_still_ask(as_user, changes, code):
    client = organiser(as_user)
    response = began(client)

    whole, lacking = states(previewed(client, response)), states(previewed(client, response, **changes))

    assert not whole[code]
    assert lacking[code]
    assert whole["similar"]


def test_preview_of_the_light_profile_asks_only_for_common_sense(as_user):
    client = organiser(as_user)

    shown = previewed(client, began(client), profile="light")

    assert states(shown) == {"call": False, "track": False, "criterion": False, "closing": False}


def test_preview_counts_the_days_of_the_notice(as_user):
    client = organiser(as_user)
    response = began(client)
    soon = localtime(now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    sooner = localtime(now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    shown = previewed(client, response, opens_at=sooner, closes_at=soon)

    assert states(shown)["notice_period"]
    assert "3" in shown.context["dates"]["notes"][0]


def test_preview_of_an_announced_call_says_what_changes(as_user):
    competition = make_competition()
    client = as_user(organiser_of(competition))
    response = client.get(address("organise_edit", competition.slug))

    same, changed = previewed(client, response), previewed(client, response, title="새 이름")

    assert same.context["changes"] == []
    assert [(row["field"], row["after"]) for row in changed.context["changes"]] == [("title", "새 이름")]
    assert "renotice" not in states(changed)


def test_preview_never_shows_a_competition_of_others(as_user):
    foreign = draft()
    client = as_user(organiser_of(make_competition()))

    shown = client.post(address("organise_preview"), {"of": foreign.slug, "start": "forged"})

    assert shown.status_code == 200
    assert foreign.title not in shown.text


def test_preview_without_script_is_a_page(as_user):
    client = organiser(as_user)

    shown = client.post(address("organise_preview"), sent(began(client)))

    assert "<h1>" in shown.text
    assert 'class="call-dates"' in shown.text


# Counting


@pytest.mark.parametrize("count", [1, 3])
def test_edit_query_count(as_user, count, django_assert_num_queries):
    questions = tuple(QuestionRecord(code=f"q{number}", name="물음") for number in range(count))
    tracks = tuple(TrackRecord(code=f"t{number}", name="부문") for number in range(count))
    competition = draft(questions=questions, tracks=tracks)
    client = organiser(as_user)
    client.get(address("organise_edit", competition.slug))

    with django_assert_num_queries(16):
        response = client.get(address("organise_edit", competition.slug))

    assert len(response.context["page"].rows["questions"].forms) == count


@pytest.mark.parametrize("count", [1, 3])
def test_preview_query_count(as_user, count, django_assert_num_queries):
    questions = tuple(QuestionRecord(code=f"q{number}", name="물음") for number in range(count))
    tracks = tuple(TrackRecord(code=f"t{number}", name="부문") for number in range(count))
    competition = draft(questions=questions, tracks=tracks)
    client = organiser(as_user)
    response = client.get(address("organise_edit", competition.slug))
    previewed(client, response)

    with django_assert_num_queries(15):
        shown = previewed(client, response)

    assert len(shown.context["tracks"]) == count


def test_fingerprint_of_the_form_is_that_of_the_rows(as_user):
    competition, client = draft(), organiser(as_user)
    competition.refresh_from_db()

    response = client.get(address("organise_edit", competition.slug))

    assert Sent(response.text).values["seen"] == [fingerprint(record_of(competition))]
    assert Decimal(Sent(response.text).values["criteria-0-max"][0]) == 35


@pytest.mark.parametrize("given", [{}, {"template": "resident"}])
def test_rule_of_a_round_is_folded_while_it_says_nothing(as_user, given):
    page = organiser(as_user).get(address("organise_new"), given).context["page"]

    assert [row.has_more for row in page.rows["rounds"].forms] == [False]


def test_rule_of_a_round_that_says_something_stands_open(as_user):
    client = organiser(as_user)
    typed = sent(began(client), **{"rounds-0-floor": "60", "rounds-0-weight": "x"})

    page = client.post(address("organise_new"), typed).context["page"]

    assert [row.has_more for row in page.rows["rounds"].forms] == [True]
