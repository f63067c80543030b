"""erase_expired: forget the people of competitions whose declared period is over; the clock does it every night."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.committee.forgetting import forget_candidates, forgotten_candidates
from competitions.actions.erasure import erase_expired, expired, require_expired, to_forget
from competitions.management.files import competition_named


class Command(BaseCommand):
    help = "Anonymise the entrants of competitions that ended longer ago than they declared to keep people."

    def add_arguments(self, parser):
        parser.add_argument("--competition", metavar="SLUG", help="only this competition")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, erase nothing")

    def handle(self, *args, competition, dry_run, **options):
        try:
            only = competition_named(competition) if competition else None
            if dry_run:
                due = [require_expired(only)] if only else expired()
                counted = [(each, to_forget(each)) for each in due]
            else:
                counted = erase_expired(at=timezone.now(), only=only)
        except Refusal as error:
            raise CommandError(str(error)) from error
        if dry_run:
            self.stdout.write(_("This is a trial; nothing is erased."))
        for each, counts in counted:
            self.stdout.write(
                _(
                    "“%(title)s”: entries %(entries)s, files %(files)s, consents %(consents)s, "
                    "messages %(messages)s."
                )
                % {
                    "title": each.title,
                    "entries": counts.entries,
                    "files": counts.files,
                    "consents": counts.consents,
                    "messages": counts.messages,
                }
            )
        if not counted:
            self.stdout.write(_("No competition is due."))
        if not competition:
            self._forget_candidates(dry_run=dry_run)

    def _forget_candidates(self, *, dry_run):
        """People of the pool of judges who were not asked for three years."""
        at = timezone.now()
        count = forgotten_candidates(at=at).count() if dry_run else forget_candidates(at=at)
        if count:
            self.stdout.write(_("People of the pool of judges: %(count)s.") % {"count": count})
