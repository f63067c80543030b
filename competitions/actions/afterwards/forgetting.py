"""What is forgotten of certificates and appeals with the people of a contest."""

from competitions.models import Appeal, Certificate
from competitions.names import masked


def forget_after(keys):
    """Numbers, hashes and outcomes stay, so that a certificate can be checked; who and what was written goes."""
    Appeal.objects.filter(entry__in=keys).update(text="", by=None)
    Appeal.objects.filter(entry__in=keys).exclude(answer="").update(
        answer="–"
    )  # a constraint wants some answer
    rows = list(Certificate.objects.filter(award__entry__in=keys))
    for row in rows:
        row.name, row.person = masked(row.name), None
    Certificate.objects.bulk_update(rows, ["name", "person"])
