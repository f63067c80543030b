from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from accounts.actions.roles import grant_role
from accounts.errors import Refusal
from accounts.models import User


class Command(BaseCommand):
    help = "Grants a role to an account: the way to the first administrator."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("role")
        parser.add_argument(
            "--scope", default="", help="competition:<id> or learninggroup:<id>; the whole site without"
        )

    def handle(self, *args, email, role, scope, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"No account has the e-mail address {email}. Sign up on the site first.")
        try:
            grant = grant_role(person, role, scope=scope, by=None, at=now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person.email}: {grant.role}{f' ({scope})' if scope else ''}")
