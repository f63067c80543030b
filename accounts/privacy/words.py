"""Kinds of personal data, with their names for people."""


def N_(msgid: str) -> str:
    return msgid


KINDS = {
    "rrn": N_("Resident registration number"),
    "frn": N_("Foreigner registration number"),
    "passport": N_("Passport number"),
    "licence": N_("Driving licence number"),
    "card": N_("Card number"),
    "phone": N_("Telephone number"),
    "account": N_("Bank account number"),
    "business": N_("Business registration number"),
    "email": N_("E-mail address"),
    "address": N_("Postal address"),
}
# Identity numbers and cards stop what is being done; the rest is for a person to judge.
BLOCKING = frozenset({"rrn", "frn", "passport", "licence", "card"})
