import os

import pytest
from django.conf import settings
from django.utils import translation

from config.celery import app as celery_app


def pytest_configure():
    """Let two runs on one server keep apart databases."""
    suffix = os.environ.get("TEST_DB_SUFFIX")
    if suffix:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_casebook_{suffix}"


@pytest.fixture(autouse=True, scope="session")
def _own_broker():
    """A message sent in a test stays in its process."""
    celery_app.conf.broker_url = "memory://"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.STORAGES = settings.STORAGES | {
        "entries": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "entries"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def as_user(client):
    """Return a client logged in as the given person."""

    def login(user):
        client.force_login(user)
        return client

    return login


@pytest.fixture
def english():
    """Refusals in English, for tests that read them."""
    with translation.override("en"):
        yield
