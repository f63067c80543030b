"""States of a version: name of the move -> (sources, target)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")


VERSION_MOVES = {
    "ask_review": ({VersionState.DRAFT}, VersionState.IN_REVIEW),
    "publish": ({VersionState.IN_REVIEW}, VersionState.PUBLISHED),
    "publish_earlier": ({VersionState.DRAFT, VersionState.IN_REVIEW}, VersionState.PUBLISHED),
    "send_back": ({VersionState.IN_REVIEW}, VersionState.DRAFT),
    "take_back": ({VersionState.IN_REVIEW}, VersionState.DRAFT),
    "decline": ({VersionState.IN_REVIEW}, VersionState.DECLINED),
}
