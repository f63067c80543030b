"""What a call is called, when it is open and its text; its parts and rows are in the modules beside this one."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.kept_text import KeptText
from competitions.actions.calls.record_checks import RESERVED_SLUGS
from competitions.forms.competition_fields import AddressField, LineField, LongText, MomentField, longest
from competitions.models import Competition
from competitions.models.competition import CALL_MAX_LENGTH

KEPT_CALL = KeptText("kept_call", salt="call-writer", most=1_000_000)


class CallTextField(LongText):
    too_long = _("The call has %(length)s characters; at most %(most)s are taken. Shorten it.")


class CallForm(forms.Form):
    title = LineField(label=_("Title"), max_length=longest(Competition, "title"))
    slug = AddressField(
        label=_("Address"),
        max_length=longest(Competition, "slug"),
        required=False,
        allow_unicode=True,
        help_text=_(
            "The last part of the page's address; Hangul is fine. Left empty, it is made from the title."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Competition.Kind.choices)
    profile = forms.ChoiceField(
        label=_("Rule profile"),
        choices=Competition.Profile.choices,
        initial=Competition.Profile.LIGHT,
        help_text=_("Contests open to residents follow the full rules; contests among staff the light ones."),
    )
    opens_at = MomentField(label=_("Opens"), help_text=_("Korean time (Asia/Seoul)."))
    closes_at = MomentField(
        label=_("Closes"), help_text=_("Korean time (Asia/Seoul). At this minute no entry is taken any more.")
    )
    call = CallTextField(
        label=_("Call"),
        most=CALL_MAX_LENGTH,
        rows=10,
        required=False,
        help_text=_(
            "Purpose, who may enter, prizes, how entries are used. "
            "Markdown: “## Heading”, “- list”, “**bold**”. "
            "At most 50,000 characters; it may stay empty until you announce."
        ),
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    start = forms.CharField(widget=forms.HiddenInput, required=False)  # what it began with, signed
    writer = forms.CharField(widget=forms.HiddenInput, required=False)  # whose text it is, signed

    def __init__(self, *args, competition=None, **options):
        super().__init__(*args, **options)
        self.competition = competition

    def clean(self):
        cleaned = super().clean()
        self._clean_dates(cleaned)
        self._clean_slug(cleaned)
        return cleaned

    def _clean_dates(self, cleaned):
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error(
                "closes_at",
                _("The competition closes before it opens. Set the closing time after the opening time."),
            )

    def _clean_slug(self, cleaned):
        if "slug" not in cleaned or "title" not in cleaned:
            return
        if not cleaned["slug"]:
            cleaned["slug"] = self._free_slug(cleaned["title"])
        elif cleaned["slug"] in RESERVED_SLUGS:
            self.add_error("slug", _("This address is used by the site itself. Choose another."))
        elif self._is_taken(cleaned["slug"]):
            self.add_error("slug", _("Another competition already has this address. Choose another one."))

    def _free_slug(self, title):
        base = slugify(title, allow_unicode=True)[:70] or "competition"
        names = (base if number == 1 else f"{base}-{number}" for number in range(1, 1000))
        return next(name for name in names if name not in RESERVED_SLUGS and not self._is_taken(name))

    def _is_taken(self, slug):
        """A repeated request meets the competition its first one made, which takes nothing from it."""
        others = Competition.objects.filter(slug=slug)
        if self.competition:
            others = others.exclude(pk=self.competition.pk)
        key = self.cleaned_data.get("idempotency_key")
        if key:
            others = others.exclude(idempotency_key=key)
        return others.exists()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason.")},
    )
