"""The notice centre, its settings, and switching a topic off without logging in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Message, User
from accounts.unsubscribing import unsubscribe_address
from tests.factories import make_message, make_user

pytestmark = pytest.mark.django_db
LIST = "/accounts/messages/"
SETTINGS = "/accounts/messages/settings/"


@pytest.fixture
def me():
    return make_user()


def read(message):
    Message.objects.filter(pk=message.pk).update(read_at=timezone.now())
    return message


def test_messages_need_login(client):
    assert client.get(LIST).url == f"/accounts/login/?next={LIST}"


def test_list_shows_mine_unread_first_then_newest(as_user, me):
    make_message(make_user())
    oldest, older, newer = (make_message(me) for _number in range(3))
    newest = read(make_message(me))

    response = as_user(me).get(LIST)

    assert list(response.context["page_obj"]) == [newer, older, oldest, newest]


def test_list_shows_the_unread_alone(as_user, me):
    unread = make_message(me)
    read(make_message(me))

    assert list(as_user(me).get(LIST, {"show": "unread"}).context["page_obj"]) == [unread]


def test_list_shows_one_topic(as_user, me):
    duty = make_message(me, topic="duty")
    make_message(me)

    assert list(as_user(me).get(LIST, {"topic": "duty"}).context["page_obj"]) == [duty]


@pytest.mark.parametrize("query", [{"topic": "x"}, {"show": "x"}, {"page": "x"}])
def test_list_of_a_broken_address_shows_all(as_user, me, query):
    message = make_message(me)

    assert list(as_user(me).get(LIST, query).context["page_obj"]) == [message]


def test_list_has_pages_of_twenty(as_user, me):
    for _number in range(21):
        make_message(me)

    assert len(as_user(me).get(LIST, {"page": 2}).context["page_obj"]) == 1


@pytest.mark.parametrize("query", [{}, {"show": "unread"}])
def test_list_empty(as_user, me, query):
    page = as_user(me).get(LIST, query).content.decode()

    assert 'class="empty"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(as_user, me, count, django_assert_num_queries):
    for _number in range(count):
        make_message(me)
    client = as_user(me)

    with django_assert_num_queries(6):
        client.get(LIST)


def test_opening_a_message_reads_it_and_takes_it_off_the_count(as_user, me):
    message, _other = make_message(me, body="본문 <b>", link="/prompts/"), make_message(me)

    response = as_user(me).get(reverse("message", args=[message.pk]))

    page = response.content.decode()
    message.refresh_from_db()
    assert message.read_at is not None
    assert response.context["unread_count"] == 1
    assert "본문 &lt;b&gt;" in page
    assert 'href="/prompts/"' in page


def test_opening_a_message_again_keeps_when_it_was_read(as_user, me):
    message = read(make_message(me))
    message.refresh_from_db()

    as_user(me).get(reverse("message", args=[message.pk]))

    assert Message.objects.get().read_at == message.read_at


def test_asking_for_the_head_reads_nothing(as_user, me):
    message = make_message(me)

    as_user(me).head(reverse("message", args=[message.pk]))

    assert Message.objects.get().read_at is None


def test_a_strangers_message_is_not_found_and_stays_unread(as_user, me):
    message = make_message(me)

    response = as_user(make_user()).get(reverse("message", args=[message.pk]))

    assert response.status_code == 404
    assert Message.objects.get().read_at is None


def test_all_of_mine_are_marked_as_read(as_user, me):
    make_message(me)
    others = make_message(make_user())

    response = as_user(me).post(reverse("messages_read"))

    assert response.url == LIST
    assert list(Message.objects.unread()) == [others]


def test_marking_needs_a_post(as_user, me):
    assert as_user(me).get(reverse("messages_read")).status_code == 405


# The number in the header


@pytest.mark.parametrize("role", [(), ("editor", "staff")], ids=["resident", "with roles"])
def test_header_counts_the_unread(as_user, role):
    person = make_user(*role)
    make_message(person)
    read(make_message(person))
    make_message(make_user())

    assert as_user(person).get("/help/").context["unread_count"] == 1


def test_header_counts_to_ninety_nine(as_user, me):
    rows = [Message(person=me, email=me.email, topic="duty", kind="t", key=f"k{n}") for n in range(100)]
    Message.objects.bulk_create(rows)

    page = as_user(me).get("/help/").content.decode()

    assert '<span class="count">99+' in page


def test_header_of_a_visitor_counts_nothing(client):
    response = client.get("/help/")

    assert response.context["unread_count"] == 0
    assert LIST not in response.content.decode()


@pytest.mark.parametrize("count", [0, 3])
def test_counting_asks_nothing_more(as_user, me, count, django_assert_num_queries):
    for _number in range(count):
        make_message(me)
    client = as_user(me)

    with django_assert_num_queries(4):  # session, person, standing, government
        client.get("/help/")


# Settings


def test_settings_are_stored(as_user, me):
    response = as_user(me).post(SETTINGS, {"language": "en", "topics": ["reminder"]})

    me.refresh_from_db()
    assert response.url == SETTINGS
    assert (me.language, me.muted) == ("en", ["call", "casebook"])


def test_settings_show_what_is_stored(as_user):
    person = make_user(language="en", muted=["call"])

    form = as_user(person).get(SETTINGS).context["form"]

    assert form.initial == {"language": "en", "topics": ["reminder", "casebook"]}


@pytest.mark.parametrize(
    "values",
    [{"language": "xx"}, {"language": "ko", "topics": ["duty"]}, {}],
    ids=["language", "a duty", "empty"],
)
def test_settings_that_cannot_be_are_refused(as_user, me, values):
    response = as_user(me).post(SETTINGS, values)

    me.refresh_from_db()
    assert response.status_code == 422
    assert me.muted == []


# Without logging in


def test_unsubscribe_asks_first(client, me):
    response = client.get(unsubscribe_address(me, "call"))

    assert response.status_code == 200
    assert User.objects.get().muted == []


@pytest.mark.parametrize("values", [{}, {"List-Unsubscribe": "One-Click"}], ids=["person", "mail program"])
def test_unsubscribe_mutes_the_topic_without_login_or_cookie(me, values):
    response = Client(enforce_csrf_checks=True).post(unsubscribe_address(me, "call"), values)

    assert response.status_code == 200
    assert User.objects.get().muted == ["call"]


def test_unsubscribe_says_when_it_is_done_already(client):
    person = make_user(muted=["call"])

    page = client.get(unsubscribe_address(person, "call")).content.decode()

    assert "notice-success" in page


@pytest.mark.parametrize("act", ["get", "post"])
@pytest.mark.parametrize("broken", ["changed", "duty", "gone"])
def test_unsubscribe_with_a_broken_address_is_not_found(client, me, act, broken):
    address = unsubscribe_address(me, "duty" if broken == "duty" else "call")
    if broken == "changed":
        address = address[:-3] + "x/"
    if broken == "gone":
        me.delete()

    assert getattr(client, act)(address).status_code == 404
    assert not User.objects.exclude(muted=[]).exists()
