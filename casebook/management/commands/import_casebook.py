import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.models import User
from casebook.actions.import_file import import_file
from casebook.imports.problems import ImportRefused
from casebook.jobs import import_summary


class Command(BaseCommand):
    help = (
        "Bring prompts and cases in from a casebook (JSON) or a table (CSV, XLSX, JSON list). All or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH")
        parser.add_argument(
            "--kind", choices=["prompt", "case"], default="prompt", help="for rows that name none"
        )
        parser.add_argument("--map", default="", metavar="OURS=THEIRS,...", help="title=act,user=prompt")
        parser.add_argument("--publish", action="store_true", help="publish what an editor vouches for")
        parser.add_argument("--by", metavar="EMAIL", help="the editor who vouches")
        parser.add_argument("--dry-run", action="store_true", help="report, but store nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args, path, **options):
        try:
            report = import_file(
                path,
                kind=options["kind"],
                mapping=options["map"],
                translate=_,
                by=person(options["by"]),
                at=now(),
                publish=options["publish"],
                dry_run=options["dry_run"],
            )
        except ImportRefused as refusal:
            self.refuse([problem.text(_) for problem in refusal.problems], as_json=options["json"])
        except Refusal as refusal:
            self.refuse([str(refusal)], as_json=options["json"])
        self.stdout.write(
            as_json(report) if options["json"] else import_summary(report, dry_run=options["dry_run"])
        )

    def refuse(self, sentences, *, as_json):
        if as_json:
            self.stdout.write(
                json.dumps({"refused": True, "problems": sentences}, ensure_ascii=False, indent=1)
            )
        for sentence in sentences:
            self.stderr.write(sentence)
        sys.exit(1)


def person(email):
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("Nobody has the account %(email)s.") % {"email": email}, returncode=2)
    return user


def as_json(report):
    items = [vars(item) for item in report.items]
    return json.dumps(
        {"refused": False, "counts": report.counts(), "notices": report.notices, "records": items},
        ensure_ascii=False,
        indent=1,
    )
