"""Entries of the demo in their short form: a case of five texts, one prompt, answers."""

from competitions.actions.bringing_in.entries import store_entries
from competitions.actions.demo.files import office_time
from competitions.entry_content import clean_entry
from competitions.models import Entry
from competitions.states import EntryState


def bring_short_entries(competition, rows, *, record, people, at, **fields):
    """Store rows of a demo file, each with its snapshot. record: of the contest file. fields: of every Entry."""
    tracks = {track.code: track for track in competition.tracks.all()}
    questions = {question.code: question for question in record.questions}
    store_entries(
        [
            Entry(
                competition=competition,
                track=tracks[row["track"]],
                entrant=people.get(row.get("account")),
                draft=_content(row, questions),
                **_named(row, at=at),
                **fields,
            )
            for row in rows
        ]
    )


def accepted(*, by, at):
    """The fields of entries that somebody has accepted."""
    return {"state": EntryState.ACCEPTED, "decided_by": by, "decided_at": at}


def _named(row, *, at):
    submitted_at = office_time(at, row["submitted_in_days"], hour=15)
    return {
        "code": row["code"],
        "team": row["team"],
        "title": row["case"]["title"],
        "summary": row["case"]["summary"],
        "submitted_at": submitted_at,
        "created_at": submitted_at,
        "saved_at": submitted_at,
    }


def _content(row, questions):
    prompt = row["prompt"]
    message = {"role": "user", "content": prompt["text"]}
    content = {
        "case": row["case"],
        "prompts": [{"title": prompt["title"], "messages": [message]}],
        "answers": row["answers"],
    }
    return clean_entry(content, questions=[questions[code] for code in row["answers"]])
