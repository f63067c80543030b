"""Favourites and collections."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditRecord
from casebook.actions.collections import MOST_ITEMS, add_item, create_collection, move_item
from casebook.actions.favourites import set_favourite
from casebook.actions.versions import retire_record
from casebook.errors import CasebookError
from casebook.models import Collection, CollectionItem, Favourite
from tests.casebook.talking import make_collection
from tests.factories import AT, make_case, make_prompt, make_user

pytestmark = pytest.mark.django_db
FORM = {"title": "민원 모음", "summary": "", "sharing": "private"}


def favourite_url(record):
    return f"{record.get_absolute_url()}favourite/"


def url(name, collection, *more):
    return reverse(f"casebook:{name}", args=[collection.uid, *more])


def titles(collection):
    return [(item.prompt or item.case).title for item in collection.items.select_related("prompt", "case")]


# Favourites


@pytest.mark.parametrize("make", [make_prompt, make_case])
def test_a_favourite_is_kept_and_let_go(as_user, make):
    record = make(published=True)
    client = as_user(make_user())

    kept = client.post(favourite_url(record))
    page = client.get("/favourites/").content.decode()
    client.post(favourite_url(record))

    assert kept.url == record.get_absolute_url()
    assert record.title in page
    assert not Favourite.objects.exists()


@pytest.mark.parametrize(("keep", "number"), [("yes", 1), ("no", 0)])
def test_a_press_sent_twice_says_the_same(as_user, keep, number):
    record, client = make_prompt(published=True), as_user(make_user())

    for _ in range(2):
        client.post(favourite_url(record), {"keep": keep})

    assert Favourite.objects.count() == number


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_keep_one_row():
    record, person = make_prompt(published=True), make_user()
    barrier = Barrier(2)

    def press(_number):
        try:
            barrier.wait()
            return set_favourite(record, by=person, at=AT, keep=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(2))) == [True, True]

    assert Favourite.objects.count() == 1


def test_htmx_gets_the_other_button(as_user):
    record, client = make_prompt(published=True), as_user(make_user())

    part = client.post(
        favourite_url(record), {"keep": "yes"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert 'value="no"' in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/favourites/", "/favourites/"), ("https://elsewhere.example/", None), ("//x.example", None)],
)
def test_a_press_leads_back_to_this_site_only(as_user, asked, leads):
    record = make_prompt(published=True)

    response = as_user(make_user()).post(favourite_url(record), {"next": asked})

    assert response.url == (leads or record.get_absolute_url())


def test_a_visitor_keeps_nothing(client):
    response = client.post(favourite_url(make_prompt(published=True)))

    assert response.url.startswith("/accounts/login/")
    assert not Favourite.objects.exists()


def test_what_is_hidden_is_not_kept(as_user):
    assert as_user(make_user()).post(favourite_url(make_prompt())).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_favourites_query_count(as_user, count, django_assert_num_queries):
    person = make_user("staff")
    for make in (make_prompt, make_case):
        for _ in range(count):
            set_favourite(make(published=True), by=person, at=AT, keep=True)
    client = as_user(person)

    with django_assert_num_queries(6):
        response = client.get("/favourites/")

    assert len(response.context["page_obj"].object_list) == 2 * count


def test_favourites_are_ones_own(as_user):
    set_favourite(make_prompt(published=True), by=make_user(), at=AT, keep=True)

    assert as_user(make_user()).get("/favourites/").context["page_obj"].object_list == []


def test_a_retired_favourite_is_named_and_does_not_open(as_user):
    record, person = make_prompt(published=True), make_user()
    set_favourite(record, by=person, at=AT, keep=True)
    retire_record(record, by=None, at=AT, reason="낡음")

    page = as_user(person).get("/favourites/").content.decode()

    assert record.title in page
    assert f'href="{record.get_absolute_url()}"' not in page


# Who sees a collection


@pytest.mark.parametrize(
    ("sharing", "owner", "stranger", "listed"),
    [("private", 200, 404, False), ("link", 200, 200, False), ("public", 200, 200, True)],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_who_sees_a_collection(client, sharing, owner, stranger, listed, signed_in):
    person = make_user("staff")
    collection = make_collection(by=person, sharing=sharing)
    if signed_in:
        client.force_login(make_user("editor"))
    seen = client.get(collection.get_absolute_url()).status_code
    rows = client.get("/collections/").context["page_obj"].object_list
    client.force_login(person)

    assert (seen, collection in rows) == (stranger, listed)
    assert client.get(collection.get_absolute_url()).status_code == owner
    assert collection in client.get("/collections/?whose=mine").context["page_obj"].object_list


@pytest.mark.parametrize("role", ["editor", "administrator", "resident"])
def test_only_its_owner_changes_a_collection(as_user, role):
    collection = make_collection(make_prompt(published=True), by=make_user("staff"), sharing="public")
    item, client = collection.items.get(), as_user(make_user(role))

    assert client.get(url("collection_edit", collection)).status_code == 404
    assert client.post(url("collection_edit", collection), FORM).status_code == 404
    assert client.post(url("collection_delete", collection)).status_code == 404
    assert client.post(url("collection_item", collection, item.pk), {"op": "remove"}).status_code == 404
    assert CollectionItem.objects.exists()


def test_an_item_of_another_collection_is_not_found(as_user):
    person = make_user("staff")
    mine = make_collection(by=person)
    theirs = make_collection(make_prompt(published=True), by=make_user("staff")).items.get()

    response = as_user(person).post(url("collection_item", mine, theirs.pk), {"op": "remove"})

    assert response.status_code == 404


@pytest.mark.parametrize(("role", "status"), [("staff", 302), ("resident", 422)])
def test_members_of_staff_list_collections_for_everybody(as_user, role, status):
    form = FORM | {"sharing": "public", "idempotency_key": uuid4()}

    assert as_user(make_user(role)).post("/collections/new/", form).status_code == status
    assert Collection.objects.count() == (1 if status == 302 else 0)


@pytest.mark.parametrize("count", [1, 3])
def test_collections_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        make_collection(make_prompt(published=True), by=make_user("staff"), sharing="public")
    client = as_user(make_user("staff"))

    with django_assert_num_queries(6):
        response = client.get("/collections/")

    assert [each.size for each in response.context["page_obj"].object_list] == [1] * count


@pytest.mark.parametrize("count", [1, 3])
def test_collection_query_count(as_user, count, django_assert_num_queries):
    records = [make(published=True) for make in (make_prompt, make_case) for _ in range(count)]
    collection = make_collection(*records, by=make_user("staff"), sharing="link")
    client = as_user(make_user("staff"))

    with django_assert_num_queries(6):
        response = client.get(collection.get_absolute_url())

    assert [row.record for row in response.context["rows"]] == records


def test_what_was_never_published_keeps_its_title(client):
    author = make_user("staff")
    collection = make_collection(make_prompt(title="비밀 초안", by=author), by=author, sharing="public")

    strangers = client.get(collection.get_absolute_url()).content.decode()
    client.force_login(author)

    assert "비밀 초안" not in strangers
    assert "비밀 초안" in client.get(collection.get_absolute_url()).content.decode()


def test_what_was_retired_is_named_as_gone(client):
    record = make_prompt(published=True, title="옛 프롬프트")
    collection = make_collection(record, by=make_user("staff"), sharing="public")
    retire_record(record, by=None, at=AT, reason="낡음")

    page = client.get(collection.get_absolute_url(), headers={"cookie": "language=en"}).content.decode()

    assert "옛 프롬프트" in page
    assert "No longer available" in page
    assert f'href="{record.get_absolute_url()}"' not in page


# Changing one


def test_a_collection_sent_twice_is_one(as_user):
    client, form = as_user(make_user("staff")), FORM | {"idempotency_key": uuid4()}

    addresses = {client.post("/collections/new/", form).url for _ in range(2)}

    assert len(addresses) == 1
    assert AuditRecord.objects.filter(verb="collection.created").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_once_make_one_collection():
    person, key, barrier = make_user("staff"), uuid4(), Barrier(2)

    def press(_number):
        try:
            barrier.wait()
            return create_collection(by=person, at=AT, title="모음", idempotency_key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(press, range(2)))) == 1


def test_an_untitled_collection_is_refused(as_user):
    form = FORM | {"title": " ", "summary": "적은 설명", "idempotency_key": uuid4()}

    response = as_user(make_user("staff")).post("/collections/new/", form)

    assert response.status_code == 422
    assert "적은 설명" in response.content.decode()


def test_sharing_is_audited(as_user):
    person = make_user("staff")
    collection = make_collection(by=person)
    form = FORM | {"sharing": "public", "idempotency_key": uuid4()}

    as_user(person).post(url("collection_edit", collection), form)

    collection.refresh_from_db()
    assert collection.sharing == "public"
    assert AuditRecord.objects.get(verb="collection.shared").detail == {"sharing": "public"}


def test_deleting_asks_first_and_leaves_the_records(as_user):
    person, record = make_user("staff"), make_prompt(published=True)
    collection = make_collection(record, by=person)
    client = as_user(person)

    asked = client.get(url("collection_delete", collection))
    client.post(url("collection_delete", collection))

    assert collection.title in asked.content.decode()
    assert not Collection.objects.exists()
    record.refresh_from_db()


@pytest.mark.parametrize(
    ("which", "way", "order"),
    [
        (0, "up", "가나다"),
        (0, "down", "나가다"),
        (1, "up", "나가다"),
        (2, "up", "가다나"),
        (2, "down", "가나다"),
    ],
)
def test_moving(as_user, which, way, order):
    person = make_user("staff")
    collection = make_collection(*[make_prompt(published=True, title=name) for name in "가나다"], by=person)
    item = collection.items.all()[which]

    response = as_user(person).post(url("collection_item", collection, item.pk), {"op": way})

    assert titles(collection) == list(order)
    assert response.url.endswith(f"?moved={item.pk}&way={way}#item-{item.pk}")


def test_the_moved_button_keeps_the_focus(as_user):
    person = make_user("staff")
    collection = make_collection(*[make_prompt(published=True) for _ in range(3)], by=person)
    item = collection.items.all()[1]

    page = (
        as_user(person).get(f"{url('collection_edit', collection)}?moved={item.pk}&way=up").content.decode()
    )

    assert re.findall(r'value="(up|down)"\s+autofocus', page) == ["up"]


def test_moving_what_somebody_took_out_changes_nothing():
    collection = make_collection(
        *[make_prompt(published=True, title=name) for name in "가나"], by=make_user()
    )
    item = collection.items.first()
    CollectionItem.objects.filter(pk=item.pk).delete()

    move_item(item, "down", at=AT)

    assert titles(collection) == ["나"]


@pytest.mark.parametrize("op", ["note", "down"])
def test_a_note_is_kept_with_any_button(as_user, op):
    person = make_user("staff")
    collection = make_collection(make_prompt(published=True), by=person)
    item = collection.items.get()

    as_user(person).post(url("collection_item", collection, item.pk), {"op": op, "note": "먼저 읽을 것"})

    item.refresh_from_db()
    assert item.note == "먼저 읽을 것"


def test_taking_out(as_user):
    person = make_user("staff")
    collection = make_collection(*[make_prompt(published=True, title=name) for name in "가나"], by=person)

    as_user(person).post(url("collection_item", collection, collection.items.first().pk), {"op": "remove"})

    assert titles(collection) == ["나"]


# Adding from a record's page


@pytest.mark.parametrize("make", [make_prompt, make_case])
def test_adding_to_one_of_mine(as_user, make):
    person, record = make_user("staff"), make(published=True)
    collection = make_collection(make_prompt(published=True, title="먼저"), by=person)

    form = {"collection": str(collection.uid), "note": "참고", "idempotency_key": uuid4()}
    response = as_user(person).post(f"{record.get_absolute_url()}collect/", form)

    assert response.url == collection.get_absolute_url()
    assert titles(collection) == ["먼저", record.title]


def test_adding_to_a_new_one(as_user):
    person, record = make_user(), make_prompt(published=True)
    form = {"collection": "new", "title": "새 모음", "idempotency_key": uuid4()}

    as_user(person).post(f"{record.get_absolute_url()}collect/", form)

    made = Collection.objects.get()
    assert (made.title, made.sharing, titles(made)) == ("새 모음", "private", [record.title])


@pytest.mark.parametrize("given", [{"collection": "new"}, {"collection": str(uuid4()), "title": "x"}, {}])
def test_adding_nowhere_is_refused(as_user, given):
    record = make_prompt(published=True)

    response = as_user(make_user()).post(
        f"{record.get_absolute_url()}collect/", given | {"idempotency_key": uuid4()}
    )

    assert response.status_code == 422
    assert not Collection.objects.exists()


def test_adding_to_somebody_elses_is_refused(as_user):
    record, theirs = make_prompt(published=True), make_collection(by=make_user(), sharing="public")

    response = as_user(make_user()).post(
        f"{record.get_absolute_url()}collect/", {"collection": str(theirs.uid), "idempotency_key": uuid4()}
    )

    assert response.status_code == 422
    assert titles(theirs) == []


def test_adding_twice_keeps_one():
    record = make_prompt(published=True)
    collection = make_collection(record, by=make_user())

    add_item(collection, record, at=AT)

    assert titles(collection) == [record.title]


def test_a_full_collection_takes_no_more():
    collection, record = make_collection(by=make_user()), make_prompt(published=True)
    others = [make_prompt(title=f"제목 {number}") for number in range(3)]
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, prompt=other, position=number)
        for number, other in enumerate(others)
    )

    add_item(collection, record, at=AT)
    full = make_collection(by=make_user())
    prompts = [make_prompt(title=f"다른 제목 {number}") for number in range(MOST_ITEMS)]
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=full, prompt=other, position=number) for number, other in enumerate(prompts)
    )
    with pytest.raises(CasebookError):
        add_item(full, record, at=AT)


def test_a_hidden_record_is_not_added(as_user):
    record = make_prompt()

    assert as_user(make_user()).get(f"{record.get_absolute_url()}collect/").status_code == 404
