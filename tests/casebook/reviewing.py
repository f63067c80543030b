"""Versions ready for review, and people who decide on them."""

from casebook.actions.versions import add_version, ask_review, publish_version
from casebook.reviewing.points import POINTS
from tests.factories import AT, make_prompt, prompt_content

ALL_POINTS = list(POINTS["prompt"])
READY = {"variables": [{"key": "민원요지"}]}  # nothing stands against publishing it


def ready_content(**fields):
    return prompt_content(**(READY | fields))


def published_prompt(**fields):
    return make_prompt(published=True, **(READY | fields))


def next_version(record, *, by=None, **fields):
    """A further version in review."""
    version = add_version(record, ready_content(**fields), by=by, at=AT, note="고침")
    ask_review(version, by=by, at=AT)
    return version


def next_published(record, *, by=None, **fields):
    version = next_version(record, by=by, **fields)
    publish_version(version, by=None, at=AT)
    record.refresh_from_db()
    return version


def waiting_prompt(*, by=None, **fields):
    version = make_prompt(by=by, **(READY | fields)).versions.get()
    ask_review(version, by=by, at=AT)
    return version
