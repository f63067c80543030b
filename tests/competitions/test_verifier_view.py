"""The public address of the script that checks a result; no test here may use the database."""

import subprocess
import sys
from pathlib import Path

from django.urls import reverse

from competitions.verifying import verify_results
from tests.competitions.verifying.test_results_file import GOLDEN

ADDRESS = "/competitions/verify_results.py"


def test_the_script_comes_byte_for_byte_to_anybody(client):
    response = client.get(ADDRESS)

    assert reverse("competitions:verify_results") == ADDRESS
    assert response.content == Path(verify_results.__file__).read_bytes()
    assert response["Content-Type"] == "text/x-python; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="verify_results.py"'


def test_the_script_may_be_kept_and_is_not_sent_again(client):
    response = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"if-none-match": response["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert {"public", "max-age=3600"} <= {part.strip() for part in response["Cache-Control"].split(",")}


def test_the_script_as_downloaded_checks_a_file(client, tmp_path):
    script = tmp_path / "verify_results.py"
    script.write_bytes(client.get(ADDRESS).content)

    answer = subprocess.run(
        [sys.executable, "-I", "-S", script, GOLDEN], capture_output=True, check=False, cwd=tmp_path, env={}
    )

    assert (answer.returncode, answer.stderr) == (0, b"")


def test_the_script_takes_no_post(client):
    assert client.post(ADDRESS).status_code == 405
