import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.models import User
from casebook.actions.import_file import SomeRefused, import_file, refusals
from casebook.imports.problems import ImportRefused
from casebook.jobs import import_summary


class Command(BaseCommand):
    help = (
        "Bring prompts and cases in: a casebook (JSON), a table (CSV, XLSX, JSON list), prompts of other tools, "
        "a zip or a folder of such files. All or nothing, unless --skip-refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH")
        parser.add_argument(
            "--kind", choices=["prompt", "case"], default="prompt", help="for rows that name none"
        )
        parser.add_argument("--map", default="", metavar="OURS=THEIRS,...", help="title=act,user=prompt")
        parser.add_argument("--publish", action="store_true", help="publish what an editor vouches for")
        parser.add_argument("--by", metavar="EMAIL", help="the editor who vouches")
        parser.add_argument("--skip-refused", action="store_true", help="bring in the rest of many prompts")
        parser.add_argument("--dry-run", action="store_true", help="report, but store nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args, path, **options):
        self.as_json = options["json"]
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
                skip_refused=options["skip_refused"],
            )
        except SomeRefused as refusal:
            self.refuse_some(refusal.reading)
        except ImportRefused as refusal:
            self.refuse([problem.text(_) for problem in refusal.problems])
        except Refusal as refusal:
            self.refuse([str(refusal)])
        for sentence in sentences(report.refused):
            self.stderr.write(sentence)
        self.stdout.write(
            report_json(report) if self.as_json else import_summary(report, dry_run=options["dry_run"])
        )

    def refuse_some(self, reading):
        """Name what can come in as well, so that the list is whole."""
        found = refusals(reading, _)
        ready = [{"title": each.content["title"], "place": each.place} for each in reading.records]
        if reading.records:
            self.stderr.write(_("Nothing was imported. Mend these, or leave them out with --skip-refused:"))
        self.refuse(sentences(found), refused_items=as_items(found), ready=ready)

    def refuse(self, problems, **more):
        if self.as_json:
            self.stdout.write(json.dumps({"refused": True, "problems": problems, **more}, **AS_TEXT))
        for sentence in problems:
            self.stderr.write(sentence)
        sys.exit(1)


AS_TEXT = {"ensure_ascii": False, "indent": 1}


def person(email):
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("Nobody has the account %(email)s.") % {"email": email}, returncode=2)
    return user


def sentences(found):
    """One line for each reason against each prompt."""
    return [f"{place or title}: {reason}" for title, place, reasons in found for reason in reasons]


def as_items(found):
    return [{"title": title, "place": place, "reasons": reasons} for title, place, reasons in found]


def report_json(report):
    return json.dumps(
        {
            "refused": False,
            "counts": report.counts(),
            "notices": report.notices,
            "records": [vars(item) for item in report.items],
            "refused_items": as_items(report.refused),
        },
        **AS_TEXT,
    )
