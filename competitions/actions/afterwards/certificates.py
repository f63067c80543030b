"""Certificates of awards: issued after the publication, issued anew with another name, withdrawn with the award."""

import secrets
import unicodedata

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions.messages import tell_many
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.afterwards.certificate_holders import holders_without
from competitions.actions.afterwards.certificate_numbers import next_numbers
from competitions.actions.calls.changes import locked
from competitions.actions.letters import letter_to
from competitions.actions.wordings import Wording
from competitions.errors import CompetitionError
from competitions.models import Award, Certificate
from competitions.states import CompetitionState

LONGEST_NAME = Certificate._meta.get_field("name").max_length
CODE_BYTES = 18


class NameMissing(CompetitionError):
    """A name on a certificate is missing or cannot be printed; `key` is the holder's."""

    def __init__(self, message, *, key):
        self.key = key
        super().__init__(message)


@transaction.atomic
def issue_certificates(competition, *, by, at, names=None, award=None):
    """Give a numbered certificate to everybody who has none, of all awards or of one. Returns the Certificates.

    names: by Holder.key, where a name differs from the account's; kept in the record.
    """
    competition = locked(competition)
    _require_published(competition)
    holders = holders_without(competition, award=award)
    if not holders:
        raise CompetitionError(_("Everybody with an award has a certificate already."))
    named = [(holder, _checked((names or {}).get(holder.key, holder.name), holder)) for holder in holders]
    numbers = next_numbers(len(named), at=at)
    made = Certificate.objects.bulk_create(
        _certificate(holder.award, holder.person, name, number, by=by, at=at)
        for (holder, name), number in zip(named, numbers, strict=True)
    )
    renamed = [row.number for row, holder in zip(made, holders, strict=True) if row.name != holder.name]
    audit.record(
        "certificates.issued",
        by=by,
        target=competition,
        numbers=[made[0].number, made[-1].number],
        count=len(made),
        renamed=renamed,
    )
    _tell(competition, made, by=by, at=at)
    return made


@transaction.atomic
def reissue_certificate(certificate, *, name, by, at):
    """Withdraw a certificate and give a new one with another name and number; the old one stays known as withdrawn."""
    competition = locked(certificate.award.tier.competition)
    certificate = Certificate.objects.select_related("award__tier", "award__entry", "person").get(
        pk=certificate.pk
    )
    if certificate.withdrawn_at:
        raise IllegalMove(_("This certificate is withdrawn already. Open the page again."))
    _require_standing(certificate.award)
    name = _checked(name)
    if name == certificate.name:
        raise CompetitionError(
            _("The name is the same as before. Correct it, or leave the certificate as it is.")
        )
    Certificate.objects.filter(pk=certificate.pk).update(withdrawn_at=at)
    (number,) = next_numbers(1, at=at)
    new = _certificate(certificate.award, certificate.person, name, number, by=by, at=at)
    new.save(force_insert=True)
    audit.record(
        "certificate.reissued",
        by=by,
        target=competition,
        about=certificate.person,
        before=certificate.number,
        after=number,
    )
    _tell(competition, [new], by=by, at=at)
    return new


def withdraw_certificates(award, *, by, at):
    """Withdraw what was given for an award that is cancelled. Returns how many; call in the act's transaction."""
    rows = Certificate.objects.filter(award=award, withdrawn_at=None)
    numbers = sorted(rows.values_list("number", flat=True))
    if numbers:
        rows.update(withdrawn_at=at)
        audit.record("certificates.withdrawn", by=by, target=award, numbers=numbers)
    return len(numbers)


def _require_published(competition):
    if competition.state != CompetitionState.PUBLISHED:
        raise IllegalMove(_("Publish the results first. Then certificates can be issued."))


def _require_standing(award):
    if Award.objects.filter(pk=award.pk, revocation__is_upheld=True).exists():
        raise IllegalMove(_("The award was cancelled, so there is no certificate for it."))


def _checked(name, holder=None):
    name = " ".join(unicodedata.normalize("NFC", name).split())
    key = holder.key if holder else ""
    if not name:
        where = f"{holder.award.tier.name} {holder.award.entry.code}" if holder else ""
        raise NameMissing(
            _("Write the name that stands on the certificate. %(where)s") % {"where": where}, key=key
        )
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise NameMissing(
            _("A name has at most %(most)s characters, and only such that can be printed.")
            % {"most": LONGEST_NAME},
            key=key,
        )
    return name


def _certificate(award, person, name, number, *, by, at):
    facts = {
        "award": award.tier.code,
        "entry": award.entry.code,
        "name": name,
        "number": number,
        "at": at.isoformat(),
    }
    return Certificate(
        award=award,
        person=person,
        name=name,
        number=number,
        check_code=secrets.token_urlsafe(CODE_BYTES),
        content_sha256=content_sha256(facts | {"competition": award.tier.competition_id}),
        issued_at=at,
        issued_by=by,
    )


def _tell(competition, certificates, *, by, at):
    wording = Wording(competition, "certificate.issued")
    tell_many(
        letter_to(row.person, wording, key=f"certificate:{row.number}", link=_link(row), at=at, by=by)
        for row in certificates
        if row.person and row.person.is_active
    )


def _link(certificate):
    return reverse("competitions:entry", args=[certificate.award.entry_id])
