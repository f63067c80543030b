from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from accounts.actions.tokens import (
    CALLS_A_MINUTE,
    MOST_VALID,
    TokenRefused,
    TooManyCalls,
    revoke_token,
    use_token,
)
from accounts.errors import IllegalMove, Refusal
from accounts.models import AccessToken, AuditRecord
from tests.factories import AT, make_token, make_user

pytestmark = pytest.mark.django_db
URL = "/accounts/tokens/"


def form(**fields):
    until = localdate() + timedelta(days=30)
    return {
        "name": "사무실 PC",
        "scopes": ["prompts:read"],
        "valid_until": until.isoformat(),
        "idempotency_key": uuid4(),
    } | fields


# Making


def test_tokens_need_login(client):
    assert client.get(URL).url == f"/accounts/login/?next={URL}"


def test_a_token_is_made_and_its_secret_shown_in_this_answer_only(as_user):
    user = make_user()
    client = as_user(user)

    response = client.post(URL, form())

    secret = response.context["secret"]
    token = AccessToken.objects.get()
    assert (response.status_code, secret in response.content.decode()) == (200, True)
    assert "no-store" in response["Cache-Control"]
    assert (token.user, token.scopes, token.prefix) == (user, ["prompts:read"], secret[:10])
    assert token.sha256 == sha256(secret.encode()).hexdigest()
    assert secret not in client.get(URL).content.decode()


def test_a_token_works_through_its_last_day(as_user):
    day = localdate() + timedelta(days=30)

    client = as_user(make_user())
    client.post(URL, form(valid_until=day.isoformat()))

    end = localtime(AccessToken.objects.get().expires_at)
    assert client.get(URL).context["page_obj"][0].last_day == day
    assert end == datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=end.tzinfo)


def test_making_is_recorded_without_the_secret(as_user):
    user = make_user()

    secret = as_user(user).post(URL, form()).context["secret"]

    record = AuditRecord.objects.get(verb="token.made")
    assert (record.by, record.about, record.detail["name"]) == (user, user, "사무실 PC")
    assert secret not in str(record.detail)
    assert sha256(secret.encode()).hexdigest() not in str(record.detail)


def test_a_form_sent_twice_makes_one_token_and_shows_no_second_secret(as_user):
    client, values = as_user(make_user()), form()
    client.post(URL, values)

    response = client.post(URL, values, follow=True)

    assert (AccessToken.objects.count(), response.redirect_chain) == (1, [(URL, 302)])
    assert "pcb_" not in str([str(message) for message in response.context["messages"]])


def test_a_form_of_somebody_else_is_refused(as_user):
    token, _secret = make_token(make_user())

    response = as_user(make_user()).post(URL, form(idempotency_key=token.idempotency_key))

    assert (response.status_code, AccessToken.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "가" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["prompts:write"]}, "scopes"),
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": (localdate() - timedelta(days=1)).isoformat()}, "valid_until"),
        ({"valid_until": (localdate() + timedelta(days=400)).isoformat()}, "valid_until"),
        ({"idempotency_key": "x"}, "idempotency_key"),
    ],
)
def test_a_wrong_form_is_refused_and_kept(as_user, fields, wrong):
    response = as_user(make_user()).post(URL, form(**fields))

    assert (response.status_code, AccessToken.objects.count()) == (422, 0)
    assert wrong in response.context["form"].errors
    assert response.context["form"]["name"].value() == fields.get("name", "사무실 PC")


def test_nobody_collects_valid_tokens_without_end():
    user = make_user()
    tokens = [make_token(user)[0] for _number in range(MOST_VALID)]
    with pytest.raises(Refusal):
        make_token(user)

    revoke_token(tokens[0], by=user, at=AT)

    assert make_token(user)[1].startswith("pcb_")


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_tokens_query_count(as_user, count, django_assert_num_queries):
    user = make_user()
    tokens = [make_token(user)[0] for _number in range(count)]
    make_token(make_user())
    client = as_user(user)
    client.get(URL)

    with django_assert_num_queries(6):
        response = client.get(URL)

    assert sorted(token.pk for token in response.context["page_obj"]) == [token.pk for token in tokens]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "valid"),
        ({"expires_at": AT}, "expired"),
        ({"revoked_at": AT}, "revoked"),
        ({"expires_at": AT, "revoked_at": AT}, "revoked"),
    ],
)
def test_states_of_a_token(fields, state):
    token, _secret = make_token(make_user())
    for name, value in fields.items():
        setattr(token, name, value)

    assert token.state(AT) == state


# Revoking


def revoke_url(token):
    return reverse("token_revoke", args=[token.pk])


def test_a_token_is_revoked_after_a_question(as_user):
    user = make_user()
    token, secret = make_token(user)
    client = as_user(user)

    assert client.get(revoke_url(token)).status_code == 200
    assert client.post(revoke_url(token)).url == URL

    with pytest.raises(TokenRefused):
        use_token(secret, at=now())
    record = AuditRecord.objects.get(verb="token.revoked")
    assert (record.by, record.target_id) == (user, str(token.pk))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_does_not_find_the_token(as_user, method):
    token, _secret = make_token(make_user())

    assert getattr(as_user(make_user()), method)(revoke_url(token)).status_code == 404
    assert AccessToken.objects.get().revoked_at is None


def test_revoking_twice_is_refused_and_recorded_once():
    user = make_user()
    token, _secret = make_token(user)
    revoke_token(token, by=user, at=AT)

    with pytest.raises(IllegalMove):
        revoke_token(token, by=user, at=AT + timedelta(days=1))

    token.refresh_from_db()
    assert (token.revoked_at, AuditRecord.objects.filter(verb="token.revoked").count()) == (AT, 1)


# Using


def test_a_used_token_gives_its_person_in_two_queries(django_assert_num_queries):
    user = make_user()
    _token, secret = make_token(user)

    with django_assert_num_queries(2):
        used = use_token(secret, at=AT)
        assert used.user == user


@pytest.mark.parametrize(
    "secret", ["", "x", "pcb_", "pcb_" + "가" * 43, "pcb_" + "a" * 43, "pcb_" + "a" * 44]
)
def test_unknown_secrets_are_refused(secret):
    make_token(make_user())

    with pytest.raises(TokenRefused):
        use_token(secret, at=AT)


def test_a_hash_is_no_secret():
    token, _secret = make_token(make_user())

    with pytest.raises(TokenRefused):
        use_token(token.sha256, at=AT)


def test_an_expired_token_is_refused():
    _token, secret = make_token(make_user(), expires_at=AT)

    assert use_token(secret, at=AT - timedelta(seconds=1))
    with pytest.raises(TokenRefused):
        use_token(secret, at=AT)


def test_the_token_of_a_closed_account_is_refused():
    user = make_user()
    _token, secret = make_token(user)
    type(user).objects.update(is_active=False)

    with pytest.raises(TokenRefused):
        use_token(secret, at=AT)


def test_calls_of_a_minute_are_counted_and_the_next_minute_begins_anew():
    token, secret = make_token(make_user())
    for _number in range(CALLS_A_MINUTE):
        use_token(secret, at=AT)

    with pytest.raises(TooManyCalls) as refused:
        use_token(secret, at=AT + timedelta(seconds=15))
    assert refused.value.seconds == 45
    use_token(secret, at=AT + timedelta(minutes=1))

    token.refresh_from_db()
    assert token.calls == 1


def test_a_clock_behind_gains_no_calls():
    token, secret = make_token(make_user())
    use_token(secret, at=AT + timedelta(minutes=1))

    use_token(secret, at=AT)

    token.refresh_from_db()
    assert (token.minute, token.calls) == (AT + timedelta(minutes=1), 2)


def test_last_use_is_written_once_a_minute():
    token, secret = make_token(make_user())
    seen = []

    for seconds in (5, 50, 65):
        use_token(secret, at=AT + timedelta(seconds=seconds))
        token.refresh_from_db()
        seen.append((token.last_used_at - AT).total_seconds())

    assert seen == [5, 5, 65]


def test_tokens_are_counted_apart():
    (_one, secret), (_other, other) = make_token(make_user()), make_token(make_user())
    for _number in range(CALLS_A_MINUTE):
        use_token(secret, at=AT)

    assert use_token(other, at=AT)
