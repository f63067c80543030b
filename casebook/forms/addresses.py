"""Addresses of the tools that a prompt page may open."""

import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PLACE = "{prompt}"  # where the browser puts the text
_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9가-힣](?:[a-z0-9가-힣-]{0,62})(?:\.[a-z0-9가-힣-]{1,63})*", re.IGNORECASE
)
_INSIDE = (".local", ".internal", ".lan", ".intranet", ".home.arpa", ".localhost")


def check_address(address):
    """Refuse what is no address of a web page, or one that travels unprotected outside the own network."""
    if re.search(r"[\s\x00-\x1f\x7f\\]", address):
        raise ValidationError(_("An address holds no spaces. Copy it from the browser's address bar."))
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValidationError(
            _("This is not a web address. It looks like https://ai.example.go.kr/.")
        ) from error
    if parts.scheme not in {"https", "http"} or not (_is_ip(host) or _NAME.fullmatch(host)):
        raise ValidationError(_("This is not a web address. It looks like https://ai.example.go.kr/."))
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            _("Take the user name and password out of the address; everybody would read them.")
        )
    if PLACE in parts.netloc + parts.path:
        raise ValidationError(_("{prompt} may only stand after the question mark or the number sign."))
    if parts.scheme == "http" and not is_private(host):
        raise ValidationError(_("Use https. Plain http is for addresses inside your own network only."))


def is_private(host):
    """Whether a host lies inside the own network, as far as its name tells."""
    if _is_ip(host):
        address = ip_address(host)
        return address.is_private or address.is_loopback
    host = host.rstrip(".").lower()
    return "." not in host or host.endswith(_INSIDE)


def without_prompt(address):
    """The address to open when the text does not go into it."""
    if PLACE not in address:
        return address
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if PLACE not in value])
    fragment = "" if PLACE in parts.fragment else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


def _is_ip(host):
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
