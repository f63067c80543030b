"""Who wants to hear of a call, and of every new one."""

from django.db.models import Q

from competitions.models import CallFollow


def follow_call(user, competition=None, *, at):
    """Tell the person what happens to the competition; without one, of every new call. Twice is once."""
    CallFollow.objects.bulk_create(
        [CallFollow(user=user, competition=competition, at=at)], ignore_conflicts=True
    )


def stop_following(user, competition=None):
    """Following every new call and following one are apart: ending one leaves the other."""
    CallFollow.objects.filter(user=user).filter(_of(competition)).delete()


def is_following(user, competition=None):
    return CallFollow.objects.filter(user=user).filter(_of(competition)).exists()


def _of(competition):
    return Q(competition=competition) if competition else Q(competition__isnull=True)
