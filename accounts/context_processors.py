"""What every page shows: whose site this is, and how it is displayed."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Government
from accounts.permissions import grants_of, unread_of
from accounts.roles import Role

# Chosen mode -> KRDS's own mode. KRDS has one dark palette, which it calls high-contrast;
# static/css/modes.css softens it for "dark" and sharpens it for "high-contrast".
DISPLAY_MODES = {"auto": "theme", "light": "light", "dark": "high-contrast", "high-contrast": "high-contrast"}

# Who sees which room in the account menu. The names of other rooms are text, so nothing is imported upwards.
WORK = [
    ({Role.RESIDENT}, gettext_noop("My entries"), "competitions:my_entries"),
    ({Role.STAFF, Role.EDITOR, Role.ADMINISTRATOR}, gettext_noop("My prompts"), "casebook:write"),
    ({Role.RESIDENT}, gettext_noop("Favourites"), "casebook:favourites"),
    ({Role.JUDGE}, gettext_noop("Judging"), "competitions:judging"),
    ({Role.ORGANISER, Role.ADMINISTRATOR}, gettext_noop("Organise competitions"), "competitions:organise"),
    ({Role.STAFF, Role.EDITOR, Role.ADMINISTRATOR}, gettext_noop("Proposed changes"), "casebook:proposals"),
    ({Role.EDITOR, Role.ADMINISTRATOR}, gettext_noop("Editor's desk"), "casebook:desk"),
    ({Role.EDITOR, Role.ADMINISTRATOR}, gettext_noop("Problem reports"), "casebook:problem_reports"),
    ({Role.STAFF, Role.EDITOR, Role.ADMINISTRATOR}, gettext_noop("Casebook files"), "casebook:editions"),
    ({Role.ADMINISTRATOR}, gettext_noop("Tools to open"), "casebook:tools"),
    ({Role.ADMINISTRATOR}, gettext_noop("People"), "people"),
    ({Role.ADMINISTRATOR}, gettext_noop("Departments"), "departments"),
    ({Role.ADMINISTRATOR}, gettext_noop("Audit trail"), "audit_log"),
]


def site(request):
    government = SimpleLazyObject(own_government)
    mode = display_mode(request)
    return {
        "government": government,
        "site_name": SimpleLazyObject(lambda: _site_name(government)),
        "masthead": settings.GOVERNMENT_MASTHEAD,
        "contact_email": settings.CONTACT_EMAIL,
        "languages": settings.LANGUAGES,
        "display_mode": mode,
        "krds_mode": DISPLAY_MODES[mode],
        "unread_count": SimpleLazyObject(lambda: unread_of(request.user)),
        "work_links": SimpleLazyObject(lambda: work_links(request.user)),
    }


def work_links(user):
    """The rooms of a person's roles, as (label, address)."""
    roles = {role for role, _scope in grants_of(user)}
    return [(_(label), reverse(name)) for needed, label, name in WORK if needed & roles]


def display_mode(request):
    mode = request.COOKIES.get("display_mode", "auto")
    return mode if mode in DISPLAY_MODES else "auto"


def own_government():
    return Government.objects.filter(is_self=True).first() or Government(name="")


def _site_name(government):
    if not government.name:
        return _("Prompt Casebook")
    return _("%(government)s Prompt Casebook") % {"government": government}
