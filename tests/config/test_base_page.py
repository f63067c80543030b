import re
from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage, Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils.translation import override

from accounts.models import Government, User

pytestmark = pytest.mark.django_db


class Shown(BaseStorage):
    def __init__(self, *shown):
        self.shown = shown

    def __iter__(self):
        return iter(self.shown)

    def __len__(self):
        return len(self.shown)


def draw(*, template="base.html", path="/", user=None, mode=None, shown=(), language="ko", **context):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request._messages = Shown(*shown)
    with suppress(Resolver404):
        request.resolver_match = resolve(request.path)
    if mode:
        request.COOKIES["display_mode"] = mode
    with override(language):
        return " ".join(render_to_string(template, context, request=request).split())


@pytest.fixture
def government():
    Government.objects.filter(is_self=True).delete()
    return Government.objects.create(name="가람시", is_self=True, is_fictional=True)


def test_base_page_starts_with_a_skip_link_to_the_content():
    html = draw()
    assert '<a class="skip-link" href="#main">본문 바로가기</a>' in html
    assert '<main id="main"' in html


@pytest.mark.parametrize("language", ["ko", "en"])
def test_base_page_says_its_language(language):
    assert f'<html lang="{language}"' in draw(language=language)


@pytest.mark.parametrize(
    ("mode", "krds"),
    [("auto", "theme"), ("light", "light"), ("dark", "high-contrast"), ("high-contrast", "high-contrast")],
)
def test_base_page_follows_the_chosen_display(mode, krds):
    assert f'data-krds-mode="{krds}" data-display="{mode}"' in draw(mode=mode)


@pytest.mark.parametrize("mode", [None, "x", '"><script>'])
def test_base_page_unknown_display_follows_the_system(mode):
    assert 'data-krds-mode="theme" data-display="auto"' in draw(mode=mode)


def test_base_page_names_the_government_and_says_it_is_fictional(government):
    html = draw()
    assert '<a class="site-name" href="/">가람시 프롬프트 사례집</a>' in html
    assert 'class="fictional"' in html


def test_base_page_of_a_real_government_has_no_demo_notice(government):
    Government.objects.update(is_fictional=False)
    assert 'class="fictional"' not in draw()


@pytest.mark.parametrize("shown", [True, False])
def test_base_page_masthead_is_a_setting(settings, shown):
    settings.GOVERNMENT_MASTHEAD = shown
    assert ('id="krds-masthead"' in draw()) == shown


def test_base_page_has_no_inline_script_or_style():
    html = draw()
    assert all('src="' in tag for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


def test_base_page_search_box_keeps_the_words():
    assert 'name="q" value="민원 &lt;답변&gt;"' in draw(path="/search/?q=민원 <답변>")


def test_base_page_search_box_leaves_the_words_of_other_lists_alone():
    assert 'name="q" value=""' in draw(path="/competitions/?q=민원")


def test_base_page_marks_the_entry_of_the_menu_one_is_in():
    assert '<a href="/prompts/" aria-current="page">' in draw(path="/prompts/")
    assert '<a href="/prompts/" aria-current="true">' in draw(path="/prompts/abc/")
    assert '<a href="/cases/">' in draw(path="/prompts/")


def test_base_page_counts_waiting_work_only_when_there_is_some():
    user = User.objects.create(email="a@example.org", name="가")
    assert '<span class="count">' not in draw(user=user, waiting_count=0)
    assert '<span class="count">2' in draw(user=user, waiting_count=2)


def test_base_page_shows_messages_escaped():
    html = draw(shown=[Message(40, "<b>늦었습니다")])
    assert '<p class="notice notice-error" role="alert">&lt;b&gt;늦었습니다</p>' in html


@pytest.mark.parametrize("code", [403, 404])
def test_error_page_keeps_the_frame(code):
    assert '<form class="search-box"' in draw(template=f"{code}.html")


@pytest.mark.parametrize("code", [400, 500])
def test_error_page_needs_neither_request_nor_database(code, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<h1>" in render_to_string(f"{code}.html")
