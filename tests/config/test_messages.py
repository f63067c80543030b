import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts import catalogue

HANGUL = re.compile("[가-힣]")
BLANK = re.compile(r"\{\{\w+\}\}")  # names of blanks are Korean in examples too


@pytest.fixture
def site(tmp_path):
    """A small project: one module, one template, no catalogue yet."""
    (tmp_path / "app").mkdir()
    (tmp_path / "templates").mkdir()
    return tmp_path


def extracted(site, *, code="", template=""):
    (site / "app" / "views.py").write_text(code, "utf-8")
    (site / "templates" / "page.html").write_text(template, "utf-8")
    return catalogue.extract(site, folders=["app"], templates="templates")


def ids(found):
    return [
        (message.id, message.context) if message.context else message.id for message in found if message.id
    ]


def fragment(tmp_path, text, name="fragment.po"):
    path = tmp_path / name
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text, "utf-8")
    return catalogue.read(path, locale="ko")


@pytest.mark.parametrize("name", ["_", "N_", "gettext", "gettext_lazy", "gettext_noop"])
def test_extract_finds_plain_calls(site, name):
    assert ids(extracted(site, code=f'x = {name}("Open " "it.")')) == ["Open it."]


def test_extract_finds_plurals_and_contexts(site):
    code = 'ngettext("%(n)s day", "%(n)s days", n); pgettext("menu", "Open"); ngettext_lazy("a", "b", "n")'

    assert ids(extracted(site, code=code)) == [("%(n)s day", "%(n)s days"), ("Open", "menu"), ("a", "b")]


def test_extract_skips_what_is_no_literal(site):
    assert ids(extracted(site, code="_(name); ngettext(one, many, n); pgettext(where, what)")) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{% translate "Open" %}', ["Open"]),
        ('<p>\n   {% translate "Open" %}\n {% if a %}</p>{% endif %}', ["Open"]),
        ('{% translate "Open" context "menu" %}', [("Open", "menu")]),
        ('{% include "a.html" with label=_("Recommended") %}', ["Recommended"]),
        ('{{ name|default:_("Nobody") }}', ["Nobody"]),
        ("{% blocktranslate trimmed %}\n  Two\n  lines.\n{% endblocktranslate %}", ["Two lines."]),
        ("{% blocktranslate with a=b.c %}100% {{ a }}{% endblocktranslate %}", ["100%% %(a)s"]),
        (
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            [("%(n)s day", "%(n)s days")],
        ),
        ("{% comment %}{% translate 'Never' %}{% endcomment %}", []),
    ],
)
def test_extract_reads_templates(site, template, expected):
    assert ids(extracted(site, template=template)) == expected


def test_update_keeps_translations_and_drops_the_unused(site):
    kept = fragment(site, 'msgid "Open"\nmsgstr "열기"\n\nmsgid "Gone"\nmsgstr "없음"\n')

    new = catalogue.update(extracted(site, code='_("Open"); _("New")'), kept)

    assert [(message.id, message.string) for message in new if message.id] == [
        ("Open", "열기"),
        ("New", None),
    ]


def test_update_never_takes_a_fuzzy_translation(site):
    kept = fragment(site, '#, fuzzy\nmsgid "Open"\nmsgstr "닫기"\n')

    assert catalogue.update(extracted(site, code='_("Open")'), kept).get("Open").string is None


def test_update_fills_gaps_from_fragments_only(site):
    found = extracted(site, code='_("Open"); _("Close")')
    kept = fragment(site, 'msgid "Open"\nmsgstr "열기"\n', name="kept.po")
    given = fragment(site, 'msgid "Open"\nmsgstr "펼치기"\n\nmsgid "Close"\nmsgstr "닫기"\n')

    new = catalogue.update(found, kept, fragments=[given])

    assert [new.get("Open").string, new.get("Close").string] == ["열기", "닫기"]


def test_update_gives_a_plural_message_its_one_korean_form(site):
    found = extracted(site, code='ngettext("%(n)s day", "%(n)s days", n)')
    given = fragment(site, 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s일"\n')

    new = catalogue.update(found, given)

    assert new.get("%(n)s day").string == ("%(n)s일",)
    assert list(catalogue.problems(found, new)) == []


def test_written_catalogue_reads_the_same_and_has_no_line_numbers(site):
    found = extracted(site, code='\n_("Open %(name)s")', template='{% translate "100%" context "menu" %}')
    given = fragment(
        site,
        'msgid "Open %(name)s"\nmsgstr "%(name)s 열기"\n\nmsgctxt "menu"\nmsgid "100%%"\nmsgstr "100%%"\n',
    )
    path = site / "django.po"

    catalogue.write(catalogue.update(found, given), path)
    first = path.read_text("utf-8")
    catalogue.write(catalogue.update(found, catalogue.read(path, locale="ko")), path)

    assert path.read_text("utf-8") == first
    assert "#: app/views.py\n" in first
    assert "fuzzy" not in first
    assert list(catalogue.problems(found, catalogue.read(path, locale="ko"))) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("", "missing: 'Open %(name)s' (app/views.py)"),
        ('msgid "Open %(name)s"\nmsgstr ""\n', "without translation: 'Open %(name)s' (app/views.py)"),
        ('#, fuzzy\nmsgid "Open %(name)s"\nmsgstr "%(name)s"\n', "fuzzy: 'Open %(name)s' (app/views.py)"),
        (
            'msgid "Open %(name)s"\nmsgstr "%(title)s 열기"\n',
            "other placeholders in the translation: 'Open %(name)s' (app/views.py)",
        ),
    ],
)
def test_problems_names_each_message(site, entry, problem):
    found = extracted(site, code='_("Open %(name)s")')

    assert list(catalogue.problems(found, fragment(site, entry))) == [problem]


def test_problems_names_what_nothing_says(site):
    given = fragment(site, 'msgid "Gone"\nmsgstr "없음"\n')

    assert list(catalogue.problems(extracted(site), given)) == ["no longer used: 'Gone'"]
    assert [message.id for message in catalogue.unused(extracted(site), given)] == ["Gone"]


def test_command_refuses_with_what_is_wrong(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]

    with pytest.raises(CommandError, match=r"(?s)missing: .*problems in django\.po \(ko\)\."):
        call_command("messages", "--check")


def test_command_writes_the_catalogue(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    out = StringIO()

    call_command("messages", stdout=out)

    assert (tmp_path / "ko" / "LC_MESSAGES" / "django.po").exists()
    assert re.fullmatch(r"ko: \d+ messages, \d+ need attention \(messages --check\)\.\n", out.getvalue())


def test_catalogue_of_the_site_is_complete():
    call_command("messages", "--check", stdout=StringIO())


def test_messages_are_written_in_english():
    found = catalogue.extract(
        settings.BASE_DIR, folders=["accounts", "casebook", "learning", "competitions"], templates="templates"
    )

    assert [message.id for message in found if HANGUL.search(BLANK.sub("", str(message.id)))] == []
