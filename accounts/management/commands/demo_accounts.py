from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DEMO_PASSWORD, demo_people, is_demo, role_labels


class Command(BaseCommand):
    help = "Lists the accounts of the demo: e-mail address, roles, name, and where and how to log in."

    def handle(self, *args, **options):
        if not is_demo():
            raise CommandError("There is no demo here. Start with DEMO=1 and run manage.py load_demo.")
        self.stdout.write(f"{settings.SITE_URL}/accounts/login/  password: {DEMO_PASSWORD}")
        for person in demo_people():
            self.stdout.write(f"  {person.email}  {', '.join(role_labels(person))}  {person.name}")
