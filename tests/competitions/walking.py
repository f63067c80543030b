"""Walks every address of the site as one person and says where words are shown that the person must not see.

An address is taken from tests/config/url_table.py, so a new page is walked as soon as it stands there. For each it is
tried with its own arguments and with those of the entry: its contest, its rounds, and the key of every row that hangs
on the entry, found by its foreign keys.
"""

import io
import json
import re
import unicodedata
import zipfile
from html import unescape
from itertools import product
from operator import attrgetter
from urllib.parse import unquote

from django.apps import apps
from django.db.models import ForeignKey
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from accounts.models import Message
from competitions.models import Entry
from tests.config.url_table import ROWS

OURS = ("competitions:", "api:")
UNSAFE = {"account_logout", "demo_login"}
LISTS = {"casebook:search", "casebook:cases", "casebook:prompts", "home"}
QUERIES = ("?q=은행나무", "?page=2", "?format=csv")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


class Walk:
    """leaks: [(address, what was shown)]; seen: every text that was shown."""

    def __init__(self, client, world, entry, words):
        self.client, self.world, self.entry = client, world, entry
        self.words = [unicodedata.normalize("NFC", word) for word in words]
        self.keys, self.codes = keys_of(entry), list(entry.competition.rounds.values_list("code", flat=True))
        self.heads = [entry.pk, *entry.assignments.values_list("pk", flat=True)]
        self.leaks, self.seen = [], []

    def everything(self, part=""):
        """part: only addresses with this in their name."""
        for key, row in ROWS.items():
            if part in key and key.split()[0] not in UNSAFE:
                self.row(key.split()[0], row)
        return self

    def row(self, name, row):
        """The row's own address, and those of the entry; a contest that is shut to the person is asked once."""
        is_ours = name.startswith(OURS) or name in LISTS
        own = {word: attrgetter(path)(self.world) for word, path in row.of.items()}
        self.visit(row.path or reverse(name, kwargs=own), is_ours=is_ours)
        if not name.startswith(OURS) or not own:
            return
        is_nested = len(own.keys() - {"slug", "code", "number", "format"}) + ("number" in own) > 1
        for values in product(*(self.choices(word, own[word], is_nested=is_nested) for word in own)):
            address = _reversed(name, dict(zip(own, values, strict=True)))
            if address and self.visit(address, is_ours=True) == 403 and "slug" in own:
                return

    def choices(self, word, value, *, is_nested):
        """What an argument is tried with. The first key of several is that of the entry or of a sheet."""
        if word in {"format", "number"}:
            return [value] if word == "format" else [1, 2]
        if word == "slug":
            return [self.entry.competition.slug]
        if word == "code":
            return self.codes
        return self.heads if word == "pk" and is_nested else self.keys

    def visit(self, address, *, is_ours):
        """One of the entry's own is asked for as a part and sent to as well, unless nobody is there."""
        status = self.look(address, self.client.get(address))
        if not is_ours or status in {403, 404}:
            return status
        if self.is_of_entry(address):
            self.look(f"{address} (sent)", self.client.post(address))
        if status == 405:
            return status
        self.look(f"{address} (part)", self.client.get(address, HTTP_HX_REQUEST="true"))
        for query in () if self.is_of_entry(address) else QUERIES:
            self.look(address + query, self.client.get(address + query))
        return status

    def is_of_entry(self, address):
        return any(f"/{key}/" in address or f"/{key}." in address for key in self.keys)

    def look(self, address, response):
        where = [*response.headers.values(), *texts_of(body_of(response))]
        self.read(address, "\n".join(where))
        return response.status_code

    def messages_of(self, person):
        for message in Message.objects.filter(person=person):
            self.read(f"message {message.kind}", "\n".join([message.subject, message.body, message.link]))
        return self

    def read(self, address, text):
        text = plain(text)
        self.seen.append(text)
        self.leaks += [(address, word) for word in self.words if word in text]


def keys_of(entry):
    """The keys of the entry and of every row that points at it, and at those rows."""
    keys, pks = {entry.pk}, {Entry: {entry.pk}}
    for _step in range(2):
        for model in apps.get_app_config("competitions").get_models():
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey) and field.related_model in pks and model not in pks:
                    wanted = {f"{field.name}__in": pks[field.related_model]}
                    if found := set(model._base_manager.filter(**wanted).values_list("pk", flat=True)):
                        pks[model] = found
                        keys |= found
    return sorted(keys, key=str)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def texts_of(data):
    """What a body says: as text, as the parts of an archive or office file, as the text of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name))
    elif data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield json.dumps(dict(reader.metadata or {}), default=str, ensure_ascii=False)
        yield from (page.extract_text() for page in reader.pages)
    else:
        yield data.decode("utf-8", errors="ignore")


def plain(text):
    """The text as a person reads it, whether it was written in HTML, JSON or an address."""
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return unicodedata.normalize("NFC", unquote(unescape(text)))


def _reversed(name, arguments):
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:  # a key of another kind
        return None
