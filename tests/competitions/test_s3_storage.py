"""Files of entries in a bucket instead of a folder: the same acts, the same bytes."""

from uuid import uuid4

import boto3
import pytest
from django.core.files.storage import storages
from moto import mock_aws

from competitions.actions.entries.attachments import begin_upload, receive, remove_attachment
from competitions.entry_files import storage
from competitions.examination import examine
from tests.competitions.files.made import WORDS, make_docx
from tests.factories import make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
BUCKET = "entries"


@pytest.fixture
def bucket(settings):
    settings.STORAGES = settings.STORAGES | {
        "entries": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": BUCKET,
                "region_name": "us-east-1",
                "access_key": "test",
                "secret_key": "test",
                "default_acl": "private",
                "querystring_auth": True,
            },
        }
    }
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=BUCKET)
        yield boto3.resource("s3", region_name="us-east-1").Bucket(BUCKET)


def test_file_goes_into_the_bucket_and_out_of_it(bucket, django_capture_on_commit_callbacks):
    person, data = make_user(), make_docx()
    entry = make_entry(make_competition(), entrant=person)
    attachment = begin_upload(entry, id=uuid4(), name="제안서.docx", size=len(data), by=person)

    attachment = receive(attachment, offset=0, data=data, by=person)
    examine(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.examination) == ("ready", "done")
    assert WORDS in attachment.text
    assert [each.key for each in bucket.objects.all()] == [attachment.path]
    assert storage().open(attachment.path).read() == data
    assert "제안서" not in attachment.path
    assert storage() is storages["entries"]

    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment, by=person)

    assert list(bucket.objects.all()) == []


def test_object_is_private(bucket):
    person, data = make_user(), make_docx()
    entry = make_entry(make_competition(), entrant=person)
    attachment = begin_upload(entry, id=uuid4(), name="제안서.docx", size=len(data), by=person)

    receive(attachment, offset=0, data=data, by=person)

    (stored,) = bucket.objects.all()
    readers = {grant["Grantee"].get("URI") for grant in stored.Object().Acl().grants}
    assert readers == {None}  # the owner alone, no group of everybody
