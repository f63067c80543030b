"""What shows that a prompt works: test cases, recorded runs, and where runs may be sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casebook.content.choices import CHANNELS


class PromptTest(models.Model):
    """A test case of a prompt: inputs for its blanks and what the answer must hold.

    It belongs to the prompt, so that versions are compared on the same cases. A changed test is a new row and
    the old one is removed, because recorded runs refer to what was asked.
    """

    prompt = models.ForeignKey("casebook.Prompt", models.CASCADE, related_name="tests")
    name = models.CharField(_("Name"), max_length=200)
    inputs = models.JSONField(default=dict)  # {blank key: text}
    assertions = models.JSONField(
        default=list
    )  # [{"kind": "contains", "value": "..."}], casebook/evidence/assertions.py
    expected = models.TextField(_("Expected answer"), blank=True)
    judgement = models.TextField(_("Question for the person who judges"), blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.name


class PromptRun(models.Model):
    """One answer of a model to one test case of one version, pasted by a person or fetched by the runner."""

    class Mode(models.TextChoices):
        PASTED = "pasted", _("Pasted by a person")
        RUNNER = "runner", _("Fetched by this site")

    class Judgement(models.TextChoices):
        PASS = "pass", _("Good")
        FAIL = "fail", _("Not good")

    version = models.ForeignKey("casebook.PromptVersion", models.CASCADE, related_name="runs")
    test = models.ForeignKey(PromptTest, models.CASCADE, related_name="runs")
    model = models.CharField(_("Model"), max_length=100)
    model_version = models.CharField(_("Version of the model"), max_length=100, blank=True)
    ran_on = models.DateField(_("Date of the run"))
    mode = models.CharField(max_length=10, choices=Mode)
    tester = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    output = models.TextField(_("Answer"))
    verdicts = models.JSONField(default=list)  # [{"kind", "value", "passed"}] in the order of the assertions
    judgement = models.CharField(max_length=4, choices=Judgement, blank=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    passed = models.BooleanField(null=True)  # None: a person has yet to judge
    at = models.DateTimeField()
    job = models.ForeignKey("accounts.Job", models.SET_NULL, null=True, related_name="+")
    idempotency_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["version", "test"], name="run_of_version")]

    def __str__(self):
        return f"{self.model} {self.ran_on}"


class ModelEndpoint(models.Model):
    """An OpenAI-compatible service that the runner may call. The key itself stands in the environment."""

    name = models.CharField(_("Name"), max_length=100, unique=True)
    base_url = models.CharField(_("Address"), max_length=300)
    model = models.CharField(_("Model"), max_length=100)
    channel = models.CharField(_("Where it runs"), max_length=20, choices=list(CHANNELS.items()))
    key_variable = models.CharField(_("Environment variable of the key"), max_length=100, blank=True)
    is_enabled = models.BooleanField(_("In use"), default=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            # Official data goes to the agency or stays on the device; a public service is never called.
            models.CheckConstraint(condition=~Q(channel="public_ai"), name="endpoint_is_not_public")
        ]

    def __str__(self):
        return self.name


class OpenTool(models.Model):
    """A tool that a prompt page may offer to open, allowed by an administrator."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    url = models.CharField(
        _("Address"), max_length=300
    )  # {prompt} stands for the text, filled in the browser
    channel = models.CharField(_("Where it runs"), max_length=20, choices=list(CHANNELS.items()))
    is_enabled = models.BooleanField(_("In use"), default=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
