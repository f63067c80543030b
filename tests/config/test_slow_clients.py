import io

from config.slow_clients import BodyFirst


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def call(body, *, length):
    statuses = []
    environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(body)}
    pieces = BodyFirst(echo, places=1)(environ, lambda status, headers: statuses.append(status))
    return statuses, b"".join(pieces)


def test_body_arrives_whole():
    body = b"x" * 1_500_000

    assert call(body, length=str(len(body))) == (["200 OK"], body)


def test_body_that_broke_off_is_refused():
    assert call(b"half", length="8") == (["400 Bad Request"], b"")


def test_request_without_a_body_passes():
    assert call(b"", length="") == (["200 OK"], b"")
