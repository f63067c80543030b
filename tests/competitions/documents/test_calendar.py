from datetime import UTC, datetime, timedelta

import icalendar

from competitions.documents.calendar import Event, calendar, fold

AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
TITLE = "공모전; 제목, 아주 \\ 긴 제목\n둘째 줄 " + "가" * 60


def read(*events):
    made = calendar(events, name="공모전", product="가온시", made_at=AT)
    return made, icalendar.Calendar.from_ical(made).walk("VEVENT")


def event(**fields):
    return Event(**{"uid": "competition-1-opens@casebook", "summary": TITLE, "at": AT} | fields)


def test_event_is_read_back_as_it_was():
    _made, (read_event,) = read(event(until=AT + timedelta(hours=2), url="https://casebook.example/공모전/"))

    assert read_event["SUMMARY"] == TITLE
    assert read_event["UID"] == "competition-1-opens@casebook"
    assert read_event.decoded("DTSTART") == AT
    assert read_event.decoded("DTEND") == AT + timedelta(hours=2)
    assert read_event["URL"] == "https://casebook.example/공모전/"


def test_lines_have_at_most_75_octets_and_end_in_crlf():
    made, _events = read(event())

    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_no_sign_is_cut_in_two():
    for piece in fold("가" * 100).split(b"\r\n"):
        piece.decode()


def test_time_of_another_zone_is_written_in_utc():
    kst = datetime.fromisoformat("2026-05-12T18:00:00+09:00")

    assert b"DTSTART:20260512T090000Z" in read(event(at=kst))[0]


def test_reminder_comes_one_day_before():
    _made, (reminding,) = read(event(reminds=True))

    (alarm,) = reminding.walk("VALARM")
    assert alarm.decoded("TRIGGER") == -timedelta(days=1)


def test_event_without_reminder_has_no_alarm():
    assert not read(event())[1][0].walk("VALARM")


def test_a_line_cannot_be_smuggled_in():
    made, events = read(event(url="https://x.example/\r\nBEGIN:VEVENT", summary="하나\r\nUID:다른"))

    assert len(events) == 1
    assert b"\r\nUID:\xeb" not in made
