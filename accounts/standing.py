"""What every page wants to know of a person, asked in one query: their roles, and how much they have not read."""

from django.db import connection

# Written out: every page of everybody who is logged in asks it, and building it anew costs more than its answer.
STANDING = """
SELECT ARRAY(SELECT role || '/' || scope FROM accounts_rolegrant WHERE user_id = %(person)s AND revoked_at IS NULL),
    (SELECT count(*) FROM accounts_message WHERE person_id = %(person)s AND read_at IS NULL)
"""


def standing_of(user):
    """Return the active grants as a set of (role, scope), and the number of unread messages."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"person": user.pk})
        grants, unread = cursor.fetchone()
    return {tuple(grant.split("/", 1)) for grant in grants}, unread
