"""Telling the people of a competition: who is told, in which words, once."""

import pytest

from accounts.models import Message, Topic
from accounts.roles import Role
from competitions.actions.calls.follows import follow_call
from competitions.actions.committee.jury import name_judge
from competitions.actions.letters import tell_entrant, tell_followers, tell_organisers, tell_person
from competitions.actions.wordings import save_words
from competitions.letters import KINDS
from competitions.models import TeamMember
from tests.factories import AT, grant, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
ENTRANT_KINDS = [
    code for code in KINDS if code.split(".")[0] in {"entry", "award"} or code == "call.deadline"
]
CALLS = ["call.announced", "call.changed", "call.cancelled", "call.results"]


def join(entry, user, state="accepted"):
    answered = None if state == "invited" else AT
    return TeamMember.objects.create(entry=entry, user=user, state=state, invited_at=AT, answered_at=answered)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ENTRANT_KINDS)
def test_entrant_is_told_with_two_queries(kind, language, django_assert_num_queries):
    person = make_user(language=language)
    entry = make_entry(make_competition(), entrant=person)
    entry.has_team = False

    with django_assert_num_queries(2):
        tell_entrant(entry, kind, at=AT, by=person, key=f"entry:{entry.pk}:x")

    message = Message.objects.get()
    assert (message.kind, message.person, message.language) == (kind, person, language)
    assert (message.about, message.created_at) == (f"competition:{entry.competition_id}", AT)
    assert (message.key, message.link) == (f"entry:{entry.pk}:x:{person.pk}", entry.get_absolute_url())
    assert "{" not in message.subject + message.body


def test_facts_are_said_in_the_language_of_each_person():
    competition = make_competition(contact={"office": "디지털정책과", "phone": "02-000-0000"})
    leader, member = make_user(name="이가온"), make_user(name="Kim", language="en")
    entry = make_entry(competition, entrant=leader)
    join(entry, member)

    tell_entrant(entry, "entry.returned", at=AT, key="k", note="표를 고쳐 주세요.", due=AT)

    korean, english = (Message.objects.get(person=person).body for person in (leader, member))
    assert "2026. 5. 12.(화) 18:00" in korean
    assert "Tue 12 May 2026 18:00" in english
    for body in (korean, english):
        assert "표를 고쳐 주세요." in body
        assert "디지털정책과 · 02-000-0000" in body


def test_everybody_in_the_team_is_told_and_nobody_who_did_not_accept():
    leader, member = make_user(), make_user()
    entry = make_entry(make_competition(), entrant=leader)
    join(entry, leader)
    join(entry, member)
    for state in ("invited", "declined", "removed"):
        join(entry, make_user(), state=state)

    tell_entrant(entry, "entry.accepted", at=AT, key="k")

    assert set(Message.objects.values_list("person", flat=True)) == {leader.pk, member.pk}


def test_the_same_event_is_told_once():
    entry = make_entry(make_competition(), entrant=make_user())

    for _time in range(2):
        tell_entrant(entry, "entry.accepted", at=AT, key="entry:1:accepted")
    tell_entrant(entry, "entry.accepted", at=AT, key="entry:1:accepted again")

    assert Message.objects.count() == 2


@pytest.mark.parametrize("entrant", [None, "blocked"])
def test_nobody_to_tell_is_no_error(entrant):
    entry = make_entry(make_competition(), entrant=entrant and make_user(is_active=False))

    tell_entrant(entry, "entry.accepted", at=AT, key="k")

    assert not Message.objects.exists()


def test_own_words_go_out_in_their_language_only():
    competition = make_competition(title="가온 공모전")
    entry = make_entry(competition, entrant=make_user(name="이가온"), title="민원 요약")
    entry.draft = {}
    words = {"ko": ("{entry} 접수", "{name}님, 번호 {receipt_number}")}
    save_words(competition, "entry.received", words, by=make_user(), at=AT)
    join(entry, make_user(language="en"))

    tell_entrant(entry, "entry.received", at=AT, key="k", receipt_number="R-{title}")

    korean = Message.objects.get(language="ko")
    assert (korean.subject, korean.body) == ("민원 요약 접수", "이가온님, 번호 R-{title}")
    assert Message.objects.get(language="en").subject == "Received: 민원 요약 (가온 공모전)"


@pytest.mark.parametrize("kind", CALLS)
def test_followers_and_entrants_are_told_of_a_call(kind):
    competition, other = make_competition(), make_competition()
    follower, entrant, elsewhere = make_user(), make_user(), make_user()
    follow_call(follower, competition, at=AT)
    follow_call(entrant, competition, at=AT)
    follow_call(elsewhere, other, at=AT)
    make_entry(competition, entrant=entrant)

    for _time in range(2):
        tell_followers(competition, kind, at=AT, key="k", text="알림")

    told = dict(Message.objects.values_list("person", "topic"))
    assert told == {follower.pk: Topic.CALL, entrant.pk: Topic.DUTY}


def test_only_a_new_call_goes_to_followers_of_every_call():
    competition, everything = make_competition(), make_user()
    follow_call(everything, at=AT)

    tell_followers(competition, "call.changed", at=AT, key="1", text="알림")
    tell_followers(competition, "call.announced", at=AT, key="2")

    assert Message.objects.get().kind == "call.announced"


def test_who_mutes_calls_still_finds_them_on_the_site():
    competition, person = make_competition(), make_user(muted=["call"])
    follow_call(person, competition, at=AT)

    tell_followers(competition, "call.results", at=AT, key="k")

    assert Message.objects.get().mail == Message.Mail.NONE


def test_withdrawn_and_blocked_people_hear_nothing():
    competition = make_competition()
    make_entry(competition, entrant=make_user(), state="withdrawn")
    follow_call(make_user(is_active=False), competition, at=AT)

    tell_followers(competition, "call.results", at=AT, key="k")

    assert not Message.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_telling_followers_takes_the_same_queries(count, django_assert_num_queries):
    competition = make_competition()
    for _number in range(count):
        follow_call(make_user(), competition, at=AT)
        make_entry(competition, entrant=make_user())

    with django_assert_num_queries(4):
        tell_followers(competition, "call.changed", at=AT, key="k", text="알림")

    assert Message.objects.count() == 2 * count


def test_organisers_are_told_but_not_who_did_it():
    competition = make_competition()
    one, other = make_user(), make_user()
    for person in (one, other):
        grant(person, Role.ORGANISER, competition)
    grant(make_user(), Role.ORGANISER, make_competition())

    tell_organisers(
        competition, "question.asked", key="k", by=one, question="팀도 되나요?", link="/organise/"
    )

    message = Message.objects.get()
    assert (message.person, message.topic, message.link) == (other, Topic.DUTY, "/organise/")
    assert "팀도 되나요?" in message.body


def test_without_organisers_the_maker_is_told():
    maker = make_user()
    competition = make_competition(created_by=maker)

    tell_organisers(competition, "correction.received", key="k", entry="요약", code="E1")

    assert Message.objects.get().person == maker


def test_a_person_is_told():
    competition, person = make_competition(), make_user()

    tell_person(person, competition, "question.answered", key="k", question="팀도 되나요?", answer="됩니다.")
    tell_person(None, competition, "question.answered", key="k", answer="됩니다.")
    tell_person(make_user(is_active=False), competition, "question.answered", key="k", answer="됩니다.")

    message = Message.objects.get()
    assert (message.person, message.link) == (person, competition.get_absolute_url())
    assert "됩니다." in message.body


def test_a_judge_with_an_account_is_told_of_being_named():
    competition, judge = make_competition(), make_user()

    name_judge(competition, by=make_user(), at=AT, email=judge.email)
    name_judge(competition, by=make_user(), at=AT, name="종이 심사위원")

    message = Message.objects.get()
    assert (message.kind, message.person, message.link) == ("judge.named", judge, "/judging/")
