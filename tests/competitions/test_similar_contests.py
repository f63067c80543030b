import pytest

from competitions.actions.calls.similar_contests import similar_contests
from competitions.models import Award
from competitions.states import CompetitionState, EntryState
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
TITLE = "2026년 주민 인공지능 프롬프트 공모전"
CALL = "## 목적\n\n민원 답변에 쓰는 프롬프트를 주민에게서 모읍니다. 우수작은 프롬프트 사례집에 싣습니다."
OTHERS = [
    ("겨울 눈사람 사진 대회", "눈 오는 날 찍은 사진을 보내 주십시오. 가족이 함께 찍은 사진을 환영합니다."),
    ("청년 창업 경진대회", "청년이 세운 회사의 사업 계획을 겨룹니다. 투자자가 심사합니다."),
    ("도로 이름 짓기", "새로 난 도로의 이름을 지어 주십시오. 지역의 역사가 담긴 이름이 좋습니다."),
]


def found(title=TITLE, call=CALL, *, user=None, leave_out=None):
    return similar_contests(title, call, user=user or make_user(), leave_out=leave_out)


def make_others():
    return [make_competition(title=title, call=call) for title, call in OTHERS]


def test_last_years_contest_is_found_and_others_are_not():
    make_others()
    last_year = make_competition(title="2025년 주민 인공지능 프롬프트 공모전", call=CALL)

    (alike,) = found()

    assert (alike.competition, alike.percent) == (last_year, 100)


def test_the_same_call_under_another_title_is_found():
    make_others()
    same = make_competition(title="행정 아이디어 모집", call=CALL)

    assert [each.competition for each in found(call=CALL + " 많은 참여 바랍니다.")] == [same]


def test_the_same_title_in_other_endings_is_found():
    make_others()
    same = make_competition(title="인공지능 프롬프트를 주민이 겨루는 공모전", call="다른 글입니다.")

    assert same in [each.competition for each in found(call="")]


def test_the_likest_comes_first():
    half = make_competition(title="주민 인공지능 프롬프트 사진전", call="다른 글입니다.")
    whole = make_competition(title=TITLE, call=CALL)

    assert [each.competition for each in found(call="")] == [whole, half]


def test_a_draft_of_others_is_not_found_but_ones_own_is():
    draft = make_competition(title=TITLE, call=CALL, state=CompetitionState.DRAFT)

    assert found() == []
    assert [each.competition for each in found(user=make_user("organiser"))] == [draft]


def test_the_contest_itself_is_left_out():
    competition = make_competition(title=TITLE, call=CALL)

    assert found(leave_out=competition) == []


@pytest.mark.parametrize("title", ["", "2026", "!?", "\x00"])
def test_without_words_nothing_is_found(title):
    make_competition(title=TITLE, call=CALL)

    assert found(title, "") == []


def test_what_became_of_a_contest_is_counted():
    past = make_competition(title=TITLE, call=CALL, state=CompetitionState.PUBLISHED)
    entry = make_entry(past, state=EntryState.ACCEPTED)
    make_entry(past, state=EntryState.ACCEPTED)
    make_entry(past)
    Award.objects.create(tier=past.award_tiers.first(), entry=entry, decided_at=AT)

    (alike,) = found()

    assert (alike.entries, alike.awards) == (2, 1)


def test_awards_are_counted_only_once_they_are_published():
    judged = make_competition(title=TITLE, call=CALL, state=CompetitionState.DECIDED)
    entry = make_entry(judged, state=EntryState.ACCEPTED)
    Award.objects.create(tier=judged.award_tiers.first(), entry=entry, decided_at=AT)

    assert found()[0].awards == 0


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    user = make_user()
    for _number in range(count):
        make_competition(title=TITLE, call=CALL)

    with django_assert_num_queries(3):  # grants, beginnings, numbers
        rows = found(user=user)

    assert len(rows) == count


def test_only_beginnings_of_calls_are_read():
    make_competition(title="눈사람", call="가" * 700 + CALL)

    assert found(title="", call=CALL) == []
