import io
import json
import re
from datetime import timedelta

import icalendar
import pypdf
import pytest
from django.urls import reverse

from accounts.roles import Role
from competitions.states import CompetitionState
from tests.competitions.test_call_views import queries_of
from tests.factories import AT, make_competition, make_department, make_government, make_user

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script>&"
DAY = timedelta(days=1)
CONTACT = {"office": "디지털정책과", "phone": "031-000-0000", "email": "ai@gaon.example"}


def date(name, at, until=None):
    return {"name": name, "at": at.isoformat(), "until": until.isoformat() if until else None}


def whole_competition(**fields):
    values = {
        "plan": {
            "purpose": "좋은 프롬프트를 **찾습니다**.",
            "prizes": " ",
            "copyright": "응모자에게 있습니다.",
        },
        "eligibility": {"who": ["resident"], "min_age": 14},
        "files": {"kinds": ["pdf"], "most": 3, "max_mb": 7, "total_mb": 15, "links": 2},
        "contact": CONTACT,
        "faq": [{"question": "두 번 내도 됩니까?", "answer": "됩니다."}],
        "dates": [date("발표 심사", AT + 3 * DAY, AT + 4 * DAY), date("설명회", AT - 5 * DAY)],
        "closes_at": AT,
    }
    return make_competition(**values | fields)


def labels(response):
    return [stage["label"] for stage in response.context["timeline"]]


@pytest.mark.parametrize("name", ["poster", "calendar"])
def test_files_of_a_draft_do_not_exist_for_visitors(client, name):
    draft = make_competition(state=CompetitionState.DRAFT)

    assert client.get(reverse(f"competitions:{name}", args=[draft.slug])).status_code == 404


def test_poster_says_when_who_what_and_where(client):
    make_government(name="가온시청")
    competition = whole_competition()

    response = client.get(reverse("competitions:poster", args=[competition.slug]))

    made = pypdf.PdfReader(io.BytesIO(response.content))
    text = made.pages[0].extract_text()
    for said in (competition.title, "가온시청", "2026. 5. 12.", "대상", "창의성 40", "031-000-0000", "KST"):
        assert said in text
    assert len(made.pages) == 1
    assert made.metadata.title == competition.title
    assert response["Content-Type"] == "application/pdf"


def test_calendar_holds_every_date_and_reminds_of_the_deadline(client):
    competition = whole_competition()
    address = reverse("competitions:calendar", args=[competition.slug])

    response = client.get(address)

    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert [each.decoded("DTSTART") for each in events] == [
        competition.opens_at, AT, AT + 3 * DAY, AT - 5 * DAY,
    ]  # fmt: skip
    assert [bool(each.walk("VALARM")) for each in events] == [False, True, False, False]
    assert len({each["UID"] for each in events}) == 4
    assert response.content == client.get(address).content


def test_call_describes_itself_to_machines(client):
    page = client.get(make_competition(title=SCRIPT).get_absolute_url()).content.decode()

    (event,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(event)["name"] == SCRIPT
    assert json.loads(event)["@type"] == "Event"
    assert "<script>alert" not in page
    assert 'property="og:title"' in page


def test_draft_call_describes_itself_to_nobody(as_user):
    draft = make_competition(state=CompetitionState.DRAFT)
    organiser = as_user(make_user(Role.ORGANISER))

    page = organiser.get(draft.get_absolute_url()).content.decode()

    assert "ld+json" not in page
    assert "og:title" not in page


def test_call_shows_its_parts(client):
    page = client.get(whole_competition().get_absolute_url()).content.decode()

    for said in (
        "<strong>찾습니다</strong>",
        "응모자에게 있습니다.",
        "14",
        "PDF",
        "7 MB",
        "두 번 내도",
        CONTACT["email"],
    ):
        assert said in page
    assert (
        page.index("좋은 프롬프트를 찾습니다.") < page.index("찾습니다</strong>") < page.index("응모자에게")
    )


def test_call_leaves_out_plan_items_that_say_nothing(client):
    response = client.get(whole_competition().get_absolute_url())

    assert [item["text"][:4] for item in response.context["parts"]["plan"]] == ["좋은 프", "응모자에"]


def test_call_without_parts_says_nothing_of_them(client):
    parts = client.get(make_competition().get_absolute_url()).context["parts"]

    assert not any(parts.values())


def test_call_names_departments_who_may_enter(client):
    department = make_department()
    competition = make_competition(eligibility={"who": ["staff"], "departments": [department.code]})

    sentences = client.get(competition.get_absolute_url()).context["parts"]["eligibility"]

    assert any(department.name in sentence for sentence in sentences)


def test_call_that_takes_no_files_says_so(client):
    competition = make_competition(files={"most": 0, "links": 0})

    assert len(client.get(competition.get_absolute_url()).context["parts"]["file_rules"]) == 1


def test_timeline_holds_other_dates_in_order(client):
    found = labels(client.get(whole_competition().get_absolute_url()))

    assert found.index("설명회") < found.index("발표 심사") == len(found) - 2


@pytest.mark.parametrize(("name", "left"), [("발표 심사", 5), ("당선작 발표", 4)])
def test_timeline_announces_nothing_that_the_dates_tell(client, name, left):
    competition = whole_competition(dates=[date(name, AT + 3 * DAY, AT + 3 * DAY)])

    stages = client.get(competition.get_absolute_url()).context["timeline"]

    assert (len(stages), stages[-1]["label"] == name) == (left, left == 4)
    assert next(stage for stage in stages if stage["label"] == name)["ends_that_day"]


def test_timeline_marks_one_stage_as_current(client):
    stages = client.get(whole_competition().get_absolute_url()).context["timeline"]

    assert sum(stage["is_current"] for stage in stages) == 1


def test_call_tells_the_zone_of_its_deadline(client):
    assert "(KST, UTC+09:00)" in client.get(make_competition().get_absolute_url()).content.decode()


def test_call_query_count_with_one_and_three_dates(client):
    dates = [date(f"날짜 {number}", AT + number * DAY) for number in range(3)]
    one, three = (whole_competition(dates=dates[:count]).get_absolute_url() for count in (1, 3))

    assert queries_of(client, one) == queries_of(client, three) <= 12
