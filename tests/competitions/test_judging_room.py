"""The judge's queue with its filters, saving by script, signing several sheets, proofs, and what is seen of others."""

import json
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casebook.content import content_sha256
from competitions.actions.judging.marks import Comments
from competitions.actions.judging.sheets import reopen_sheet, save_sheet
from competitions.models import Assignment, Conflict, Judge, Score
from competitions.states import CompetitionState, SheetState
from tests.competitions.jury import make_accepted_entry, make_judging_competition, make_sheet, marks, sign
from tests.competitions.test_judging_views import QUEUE, make_sheets, page, typed
from tests.competitions.test_sheet_signing import correct, make_calibrated
from tests.factories import AT, make_assignment, make_judge, make_user

pytestmark = pytest.mark.django_db
MANY = reverse("competitions:judging_sign_many")
SCRIPT = {"headers": {"accept": "application/json"}}
SAVE_QUERIES = 15


def begin(sheet, *points, **options):
    save_sheet(sheet, marks(sheet, *points), by=sheet.judge.user, at=AT, seen_at=sheet.saved_at, **options)


def listed(response):
    groups = response.context["groups"]
    return [sheet for _competition, rounds in groups for _round, _done, some in rounds for sheet in some]


# The queue


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["E1", "E2", "E3"]),
        ("?state=started", ["E2"]),
        ("?state=signed", ["E1"]),
        ("?state=nonsense", ["E1", "E2", "E3"]),
        ("?q=e3", ["E3"]),
        ("?q=특별한", ["E2"]),
        ("?q=특별한&state=signed", []),
        ("?page=x", ["E1", "E2", "E3"]),
    ],
)
def test_queue_filters_by_state_and_words(as_user, query, codes):
    first, second, _third = make_sheets(3)
    type(second.entry).objects.filter(pk=second.entry_id).update(title="특별한 제목")
    sign(first, "30", "40")
    begin(second, "30", None)

    response = as_user(first.judge.user).get(QUEUE + query)

    assert [sheet.entry.code for sheet in listed(response)] == codes
    assert [(value, count) for value, _label, count in response.context["states"]] == [
        ("", 3), ("assigned", 1), ("started", 1), ("signed", 1),
    ]  # fmt: skip


def test_queue_puts_the_calibration_entry_first_and_shuts_the_others(as_user):
    first, other = make_calibrated()

    response = as_user(first.judge.user).get(QUEUE)

    assert listed(response) == [first, other]
    assert [sheet.is_shut for sheet in listed(response)] == [False, True]
    assert response.context["next_sheet"] == first


def test_queue_before_the_pledge_lists_nothing_and_leads_to_it(as_user):
    (sheet,) = make_sheets(1)
    Judge.objects.update(pledged_at=None)
    client = as_user(sheet.judge.user)

    response = client.get(QUEUE)
    pledge = reverse("competitions:judge_ties", args=[sheet.entry.competition.slug])

    assert listed(response) == []
    assert pledge in response.content.decode()
    assert sheet.entry.title not in response.content.decode()
    assert client.get(page(sheet)).url == pledge
    assert client.get(page(sheet, "judging_sign")).url == page(sheet)


def test_sheet_behind_the_calibration_entry_shows_no_entry_and_takes_no_points(as_user):
    first, other = make_calibrated()
    client = as_user(first.judge.user)

    text = client.get(page(other)).content.decode()
    response = client.post(page(other), typed(other, "1", "1"))

    assert other.entry.title not in text
    assert response.status_code == 422
    assert other.entry.title not in response.content.decode()
    assert not Score.objects.exists()


# Saving by script


def post(client, sheet, *points, **fields):
    return client.post(page(sheet), typed(sheet, *points) | fields, **SCRIPT)


def test_save_by_script_answers_what_the_next_save_needs(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)

    first = post(client, sheet, "12.5", "", comment_committee="좋음").json()
    second = post(client, sheet, "13", "", revision=first["revision"])

    assert first["address"] == page(sheet)
    assert (second.status_code, [row.points for row in Score.objects.order_by("criterion__position")]) == (
        200,
        [Decimal(13), None],
    )


def test_save_by_script_takes_few_queries(as_user, django_assert_max_num_queries):
    sheets = make_sheets(3)
    client = as_user(sheets[0].judge.user)
    post(client, sheets[1], "1", "1")

    with django_assert_max_num_queries(SAVE_QUERIES):
        assert post(client, sheets[0], "12", "30").status_code == 200


def test_save_by_script_of_wrong_points_names_the_field(as_user):
    (sheet,) = make_sheets(1)

    response = post(as_user(sheet.judge.user), sheet, "41", "")

    assert response.status_code == 422
    assert [each["target"] for each in response.json()["errors"]] == [
        f"id_points_{sheet.round.criteria.first().pk}"
    ]
    assert not Score.objects.exists()


def test_save_by_script_over_another_window_tells_both_texts(as_user):
    (sheet,) = make_sheets(1)
    client = as_user(sheet.judge.user)
    post(client, sheet, "1", "1", comment_private="첫째 창")

    response = post(client, sheet, "2", "1", comment_private="둘째 창")
    told = response.json()

    assert response.status_code == 409
    assert "첫째 창" in told["conflict"]
    assert "둘째 창" in told["conflict"]
    assert post(client, sheet, "2", "1", revision=told["revision"]).status_code == 200


def test_save_by_script_after_the_session_ended(client):
    (sheet,) = make_sheets(1)

    response = post(client, sheet, "1", "1")

    assert (response.status_code, "login" in response.json()) == (401, True)


def test_what_was_posted_after_the_session_ended_comes_back(client):
    (sheet,) = make_sheets(1)
    client.force_login(sheet.judge.user)
    writer = client.get(page(sheet)).context["form"]["writer"].value()
    client.logout()

    client.post(page(sheet), typed(sheet, "17", "3") | {"writer": writer})
    client.force_login(sheet.judge.user)
    form = client.get(page(sheet)).context["form"]

    assert [points for _criterion, points in form.typed_points] == ["17", "3"]


def test_save_of_a_signed_sheet_by_script_is_refused(as_user):
    (sheet,) = make_sheets(1)
    sign(sheet, "30", "40")

    assert post(as_user(sheet.judge.user), sheet, "1", "1").status_code == 422


@pytest.mark.parametrize(
    ("saved", "typed_points", "level", "stored"),
    [
        (None, "", "25", 25),
        ("40", "40", "25", 25),
        ("40", "31", "40", 31),
        ("40", "", "40", None),
        (None, "12", "", 12),
        (None, "", "99", None),
    ],
)
def test_level_and_points_typed_beside_it(as_user, saved, typed_points, level, stored):
    (sheet,) = make_sheets(1)
    idea = sheet.round.criteria.get(code="idea")
    idea.levels = [{"points": "40", "text": "뛰어남"}, {"points": "25", "text": "좋음"}]
    idea.save()
    if saved:
        begin(sheet, saved, None)
    client = as_user(sheet.judge.user)
    revision = client.get(page(sheet)).context["form"]["revision"].value()

    client.post(page(sheet), typed(sheet, typed_points, "", revision=revision) | {f"level_{idea.pk}": level})

    assert Score.objects.get(criterion=idea).points == stored


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_store_one_and_refuse_the_other():
    (sheet,) = make_sheets(1)
    start, answers = Barrier(2), {}

    def save(points):
        client = Client()
        client.force_login(sheet.judge.user)
        start.wait(5)
        answers[points] = client.post(page(sheet), typed(sheet, points, ""), **SCRIPT).status_code
        connection.close()

    threads = [Thread(target=save, args=[points]) for points in ("1", "2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(answers.values()) == [200, 409]
    stored = Score.objects.get(criterion__code="idea").points
    assert answers[f"{stored:f}".split(".")[0]] == 200


# A corrected entry


def test_sheet_of_a_corrected_entry_shows_what_counts_and_the_older_one_on_demand(as_user):
    (sheet,) = make_sheets(1)
    begin(sheet, "30", "40")
    old = sheet.entry.snapshot
    correct(sheet.entry)
    client = as_user(sheet.judge.user)

    now, before = client.get(page(sheet)).context, client.get(page(sheet) + "?version=old").context

    assert (now["reading"].snapshot, now["reading"].was_corrected) == (sheet.entry.snapshot, True)
    assert (before["reading"].snapshot, before["reading"].is_old) == (old, True)


def test_points_are_said_to_be_for_the_corrected_entry(as_user):
    (sheet,) = make_sheets(1)
    begin(sheet, "30", "40")
    correct(sheet.entry)
    client = as_user(sheet.judge.user)
    assert client.get(page(sheet, "judging_sign")).url == page(sheet)
    form = client.get(page(sheet)).context["form"]
    given = {name: form[name].value() for name in ("revision", "snapshot")}

    client.post(page(sheet), typed(sheet, "30", "40", act="adopt") | given)

    assert Assignment.objects.get().snapshot == sheet.entry.snapshot
    assert client.get(page(sheet, "judging_sign")).status_code == 200


# Signing several


def test_several_sheets_are_signed_after_a_look_at_each(as_user):
    first, second, third = make_sheets(3)
    begin(first, "30", "40")
    begin(second, "20", "10")
    begin(third, "20", None)
    client = as_user(first.judge.user)

    look = client.get(MANY, {"sheets": [first.pk, second.pk, third.pk]})
    seen = {f"seen_at_{sheet.pk}": sheet.seen_at for sheet in look.context["sheets"]}
    response = client.post(MANY, {"sheets": [first.pk, second.pk]} | seen)

    assert look.context["sheets"] == [first, second]  # the third lacks a required criterion
    assert response.url == QUEUE
    states = list(Assignment.objects.order_by("entry__code").values_list("state", flat=True))
    assert states == [SheetState.SIGNED, SheetState.SIGNED, SheetState.STARTED]


def test_a_sheet_changed_after_the_look_is_not_signed_with_the_others(as_user):
    first, second = make_sheets(2)
    begin(first, "30", "40")
    begin(second, "20", "10")
    client = as_user(first.judge.user)
    look = client.get(MANY, {"sheets": [first.pk, second.pk]})
    seen = {f"seen_at_{sheet.pk}": sheet.seen_at for sheet in look.context["sheets"]}
    Assignment.objects.filter(pk=second.pk).update(saved_at=AT + timedelta(hours=1))

    response = client.post(MANY, {"sheets": [first.pk, second.pk]} | seen)

    assert response.status_code == 422
    assert response.context["refused"] == [second]
    assert Assignment.objects.signed().get() == first


def test_signing_nothing_stays_on_the_page(as_user):
    (sheet,) = make_sheets(1)

    assert as_user(sheet.judge.user).post(MANY, {}).status_code == 422


def test_sheets_of_another_judge_are_not_signed(as_user):
    (mine,), (other,) = make_sheets(1), make_sheets(1)
    begin(other, "30", "40")

    response = as_user(mine.judge.user).post(MANY, {"sheets": [other.pk]})

    assert response.status_code == 422
    assert response.context["sheets"] == response.context["refused"] == []
    assert not Assignment.objects.signed().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_look_before_signing_several_query_count(as_user, count, django_assert_max_num_queries):
    sheets = make_sheets(count)
    for sheet in sheets:
        begin(sheet, "30", "40")
    client = as_user(sheets[0].judge.user)

    with django_assert_max_num_queries(12):
        client.get(MANY, {"sheets": [sheet.pk for sheet in sheets]})


# The proof


def test_proof_holds_what_was_signed(as_user):
    (sheet,) = make_sheets(1)
    begin(sheet, "30", "40", comments=Comments("위원회에", "", "비밀"))
    sign(sheet, "30", "40")
    client = as_user(sheet.judge.user)

    proof = json.loads(
        client.get(reverse("competitions:judging_proof_file", args=[sheet.pk, "json"])).content
    )
    text = client.get(reverse("competitions:judging_proof_file", args=[sheet.pk, "txt"])).content.decode()
    shown = client.get(page(sheet, "judging_proof")).content.decode()

    assert content_sha256(proof) == sheet.signed_sha256
    assert sheet.signed_sha256 in text
    assert sheet.signed_sha256 in shown
    assert "비밀" not in text + shown + str(proof)


@pytest.mark.parametrize("address", ["judging_proof", "judging_proof_file"])
def test_proof_of_an_unsigned_sheet_is_not_found(as_user, address):
    (sheet,) = make_sheets(1)
    arguments = [sheet.pk, "json"] if address.endswith("file") else [sheet.pk]

    assert (
        as_user(sheet.judge.user).get(reverse(f"competitions:{address}", args=arguments)).status_code == 404
    )


def test_proof_in_an_unknown_format_is_not_found(as_user):
    (sheet,) = make_sheets(1)
    sign(sheet, "30", "40")
    address = reverse("competitions:judging_proof_file", args=[sheet.pk, "exe"])

    assert as_user(sheet.judge.user).get(address).status_code == 404


def test_proof_of_another_judge_is_not_found(as_user):
    (mine,), (other,) = make_sheets(1), make_sheets(1)
    sign(other, "30", "40")

    assert as_user(mine.judge.user).get(page(other, "judging_proof")).status_code == 404


# Others


def make_peers(shows="after_signing", **points):
    """An entry with a sheet of each judge by code, signed where points are given."""
    competition = make_judging_competition()
    competition.rounds.update(shows_peers=shows)
    entry = make_accepted_entry(competition, code="E1")
    sheets = {}
    for code, given in points.items():
        judge = make_judge(competition, user=make_user(name=f"숨은 {code}"), code=code)
        sheets[code] = make_assignment(judge, entry)
        if given:
            begin(
                sheets[code], *given, comments=Comments(f"{code}의 말", f"{code} 응모자에게", f"{code} 비밀")
            )
            sign(sheets[code], *given)
    return sheets


def test_peers_after_signing_are_totals_and_comments_without_names(as_user):
    sheets = make_peers(J1=("30", "40"), J2=("10", "20"), J3=None)

    response = as_user(sheets["J1"].judge.user).get(page(sheets["J1"]))

    (peer,) = response.context["peers"]
    assert (peer.code, peer.reached, peer.reachable, peer.comment) == ("J2", "30", "100", "J2의 말")
    text = response.content.decode()
    assert "숨은 J2" not in text
    assert "J2 비밀" not in text
    assert "J2 응모자에게" not in text


@pytest.mark.parametrize("kind", ["never", "unsigned", "reopened"])
def test_peers_are_not_shown_otherwise(as_user, kind):
    sheets = make_peers(
        shows="never" if kind == "never" else "after_signing",
        J1=None if kind == "unsigned" else ("30", "40"),
        J2=("10", "20"),
    )
    if kind == "reopened":
        reopen_sheet(sheets["J1"], "오타", by=make_user(), at=AT)

    response = as_user(sheets["J1"].judge.user).get(page(sheets["J1"]))

    assert response.context["peers"] is None
    assert "J2의 말" not in response.content.decode()


def test_peers_with_a_conflict_of_ones_own_are_out_of_sight(as_user):
    sheets = make_peers(J1=("30", "40"), J2=("10", "20"))
    mine = sheets["J1"]
    Conflict.objects.create(judge=mine.judge, entry=mine.entry, kind="exclusion", ground="department", at=AT)

    assert as_user(mine.judge.user).get(page(mine)).status_code == 404


def test_peers_leave_out_a_sheet_with_a_conflict(as_user):
    sheets = make_peers(J1=("30", "40"), J2=("10", "20"))
    other = sheets["J2"]
    Conflict.objects.create(
        judge=other.judge, entry=other.entry, kind="exclusion", ground="department", at=AT
    )

    assert as_user(sheets["J1"].judge.user).get(page(sheets["J1"])).context["peers"] == []


@pytest.mark.parametrize("shows", ["never", "after_signing"])
def test_calibration_shows_the_spread_once_everybody_signed(as_user, shows):
    sheets = make_peers(shows=shows, J1=("30", "40"), J2=("10", "40"), J3=None)
    sheets["J1"].round.calibration_entry = sheets["J1"].entry
    sheets["J1"].round.save()
    client = as_user(sheets["J1"].judge.user)

    before = client.get(page(sheets["J1"])).context["calibration"]
    sign(sheets["J3"], "20", "40")
    idea, effect = client.get(page(sheets["J1"])).context["calibration"]

    assert before == []
    assert idea.counts == [("10", 1, False), ("20", 1, False), ("30", 1, True)]
    assert (idea.least, idea.middle, idea.highest, idea.own, idea.distance) == ("10", "20", "30", "30", "+10")
    assert (effect.counts, effect.distance) == ([("40", 3, True)], "0")


def test_calibration_is_not_shown_before_the_own_signature(as_user):
    sheets = make_peers(J1=None, J2=("10", "40"))
    sheets["J1"].round.calibration_entry = sheets["J1"].entry
    sheets["J1"].round.save()

    assert as_user(sheets["J1"].judge.user).get(page(sheets["J1"])).context["calibration"] is None


def test_proof_after_publication_is_still_there(as_user):
    (sheet,) = make_sheets(1)
    sign(sheet, "30", "40")
    type(sheet.entry.competition).objects.update(state=CompetitionState.PUBLISHED, published_at=AT)

    assert as_user(sheet.judge.user).get(page(sheet, "judging_proof")).status_code == 200


def test_sheet_of_an_unpledged_judge_takes_no_points_by_script(as_user):
    sheet = make_sheet()
    Judge.objects.update(pledged_at=None)

    assert post(as_user(sheet.judge.user), sheet, "1", "1").status_code == 422
    assert not Score.objects.exists()
