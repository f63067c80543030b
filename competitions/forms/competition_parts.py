"""The other parts of a call that are one record each: plan, files, keeping, contact."""

from dataclasses import replace
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.actions.calls.gate_words import PLAN_WORDS
from competitions.contest_files.call_records import FILE_KINDS, PLAN_ITEMS, ContactRecord, FilesRecord
from competitions.contest_files.call_yaml import MOST_FILES, MOST_LINKS, MOST_MB
from competitions.contest_files.competition_yaml import LONGEST_GRACE, LONGEST_VERIFICATION
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.words import LONGEST_TEXT, LONGEST_TITLE
from competitions.forms.competition_fields import LineField, LongText, ManyField, whole_field
from competitions.forms.competition_help import PLAN_HELP
from competitions.forms.competition_part_base import PartForm, in_order_of, is_above
from competitions.forms.competition_rule import RuleForm
from competitions.forms.competition_who import EligibilityForm


class PlanForm(PartForm):
    name = "plan"
    default = {}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for item in PLAN_ITEMS:
            self.fields[item] = LongText(
                label=_(PLAN_WORDS[item]),
                help_text=PLAN_HELP[item],
                most=LONGEST_TEXT,
                rows=3,
                required=False,
            )

    def initial_of(self, record):
        return dict(record)

    def written(self):
        return {item: text for item in PLAN_ITEMS if (text := self.cleaned_data[item])}


class FilesForm(PartForm):
    name = "files"
    default = FilesRecord()

    most = whole_field(_("Files of one entry"), most=MOST_FILES, help_text=_("0: no files."))
    max_mb = whole_field(_("MB of one file"), least=1, most=MOST_MB)
    total_mb = whole_field(_("MB of all files of an entry"), least=1, most=MOST_MB)
    links = whole_field(_("Web addresses of one entry"), most=MOST_LINKS, help_text=_("0: none."))
    kinds = ManyField(label=_("Kinds of files"), choices=[(kind, kind.upper()) for kind in FILE_KINDS])

    def clean(self):
        cleaned = super().clean()
        if is_above(cleaned, "max_mb", "total_mb"):
            self.add_error("total_mb", _("One file may have more MB than all together. Write more."))
        if "kinds" in cleaned and not cleaned["kinds"]:
            self.add_error("kinds", _("Tick at least one kind. For no files, write 0 files of one entry."))
        return cleaned

    def written(self):
        record = super().written()
        return replace(record, kinds=in_order_of(record.kinds, self.before.kinds))


class KeepingForm(PartForm):
    """Numbers of the competition itself; its record is a mapping of them."""

    name = "keeping"
    default = {"grace_seconds": 0, "is_sealed": False, "keep_days": 365, "verification_days": 10}

    is_sealed = forms.BooleanField(
        label=_("Contents stay sealed until entries close"),
        required=False,
        help_text=_("Until then organisers see codes, tracks and states alone."),
    )
    grace_minutes = forms.DecimalField(
        label=_("Minutes of grace after closing"),
        min_value=0,
        max_value=LONGEST_GRACE,
        max_digits=10,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For everybody, and said in the call. 0: none."),
    )
    keep_days = whole_field(
        _("Days that personal data is kept"), help_text=_("After the end of the contest; then it is erased.")
    )
    verification_days = whole_field(
        _("Days of verification"),
        most=LONGEST_VERIFICATION,
        help_text=_("By the full rules candidates are public for at least 10 days (Article 9(3))."),
    )

    def initial_of(self, record):
        minutes = (Decimal(record["grace_seconds"]) / 60).quantize(Decimal("0.000001"))
        return record | {"grace_minutes": plain_text(minutes)}

    def written(self):
        given = self.cleaned_data
        names = ("is_sealed", "keep_days", "verification_days")
        return {"grace_seconds": round(given["grace_minutes"] * 60)} | {name: given[name] for name in names}


class ContactForm(PartForm):
    name = "contact"
    default = ContactRecord()

    office = LineField(
        label=_("Office"), max_length=LONGEST_TITLE, required=False, help_text=_("No person is named.")
    )
    phone = LineField(label=_("Telephone"), max_length=LONGEST_TITLE, required=False)
    email = LineField(label=_("E-mail"), max_length=LONGEST_TITLE, required=False)


PART_FORMS = (EligibilityForm, PlanForm, FilesForm, KeepingForm, RuleForm, ContactForm)
