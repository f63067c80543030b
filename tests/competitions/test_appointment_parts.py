"""What a letter of appointment says."""

from datetime import date

import pytest

from accounts.models import Government
from competitions.models import Judge
from competitions.views.judging.appointment_parts import head_of, term_words

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("가온시", "local", "Head of 가온시"),
        ("가온도", "metropolitan", "Governor of 가온도"),
        ("가온교육청", "education", "가온교육청"),
    ],
)
def test_who_signs(name, kind, head):
    assert head_of(Government(name=name, kind=kind)) == head


@pytest.mark.parametrize(
    ("term_from", "term_until", "words"),
    [
        (None, None, "Until the results are published"),
        (date(2026, 5, 1), None, "From Fri 1 May 2026 until the results are published"),
        (None, date(2026, 5, 1), "Until Fri 1 May 2026"),
        (date(2026, 5, 1), date(2026, 5, 2), "Fri 1 May 2026 to Sat 2 May 2026"),
    ],
)
def test_term(term_from, term_until, words):
    assert term_words(Judge(term_from=term_from, term_until=term_until)) == words
