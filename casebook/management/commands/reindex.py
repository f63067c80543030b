from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from casebook.actions.fingerprints import remember_all
from casebook.search.index import reindex


class Command(BaseCommand):
    help = "Write the search documents of all published prompts and cases, and the fingerprints of prompts, anew."

    @transaction.atomic
    def handle(self, *args, **options):
        self.stdout.write(_("%(number)s records are searchable.") % {"number": reindex()})
        remember_all()
