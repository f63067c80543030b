import pytest
from django.conf import settings
from django.utils.module_loading import import_string


@pytest.mark.parametrize("name", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_what_the_clock_asks_for_is_there(name):
    task = settings.CELERY_BEAT_SCHEDULE[name]["task"]

    assert import_string(task).name == task
