import re
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


class PromptForm(forms.Form):
    title = forms.CharField(help_text="One line.")
    kind = forms.ChoiceField(choices=[("1", "A"), ("2", "B")], widget=forms.RadioSelect)
    body = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(required=False)


def draw(source, *, query="", **context):
    request = RequestFactory().get(f"/prompts/{query}")
    with override("en"):
        return " ".join(Template(source).render(Context({"request": request, **context})).split())


def test_url_with_changes_one_value_and_goes_to_page_one():
    assert draw("{% url_with sort='new' %}", query="?q=세무&page=3") == "?q=%EC%84%B8%EB%AC%B4&amp;sort=new"


def test_url_with_none_removes():
    assert draw("{% url_with sort=None %}", query="?sort=new") == "?"


def test_url_toggle_adds_and_removes_one_of_several():
    assert draw("{% url_toggle 'field' 'b' %}", query="?field=a&page=2") == "?field=a&amp;field=b"
    assert draw("{% url_toggle 'field' 'a' %}", query="?field=a&field=b") == "?field=b"


def test_pagination_keeps_the_query_and_marks_the_page():
    page = Paginator(range(100), 10).get_page(2)
    html = draw("{% include 'components/pagination.html' %}", query="?q=a", page_obj=page)
    assert 'href="?q=a&amp;page=3" rel="next"' in html
    assert 'href="?q=a&amp;page=2" aria-current="page"' in html


def test_pagination_of_one_page_draws_nothing():
    page = Paginator(range(3), 10).get_page(1)
    assert draw("{% include 'components/pagination.html' %}", page_obj=page).strip() == ""


def test_form_ties_help_and_error_to_the_field():
    html = draw("{% include 'components/form.html' %}", form=PromptForm({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert '<p class="field-error" id="id_title_error">This field is required.</p>' in html
    assert 'class="krds-input medium"' in html
    assert 'aria-invalid="true"' in html


def test_error_summary_jumps_to_each_field():
    html = draw("{% include 'components/error_summary.html' %}", form=PromptForm({}))
    html = re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html)
    assert '<a href="#id_title">Title: This field is required.</a>' in html
    assert '<a href="#id_kind_0">Kind: This field is required.</a>' in html


def test_error_summary_without_errors_draws_nothing():
    form = PromptForm({"title": "a", "kind": "1"})
    assert draw("{% include 'components/error_summary.html' %}", form=form).strip() == ""


def test_form_escapes_what_was_typed():
    html = draw(
        "{% include 'components/form.html' %}", form=PromptForm({"title": "<script>", "body": "</textarea>"})
    )
    assert "<script>" not in html
    assert html.count("</textarea>") == 1


@pytest.mark.parametrize(
    ("name", "kind"), [("title", "text"), ("kind", "choices"), ("body", "textarea"), ("agreed", "checkbox")]
)
def test_field_kind(name, kind):
    assert draw("{{ field|field_kind }}", field=PromptForm()[name]) == kind


def test_effect_bars_are_in_proportion():
    html = draw("{% effect_bars '30' after %}", after=Decimal("5.0"))
    assert '<rect width="100.00" height="1" />' in html
    assert '<rect width="16.67" height="1" />' in html
    assert "5 min" in html


def test_effect_bars_missing_is_not_zero():
    html = draw("{% effect_bars '30' None %}")
    assert html.count("<rect") == 1
    assert "not known" in html


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "a"])
def test_effect_bars_nonsense_is_not_known(value):
    assert "not known" in draw("{% effect_bars '30' value %}", value=value)


def test_state_badge_unknown_state_is_neutral():
    assert draw("{% state_badge 'x' 'X' %}").strip() == '<span class="krds-badge bg-light-gray">X</span>'


def test_when_of_nothing_is_empty():
    assert draw("{% when None %}") == ""
