"""Test cases of prompts: what is put in, and what a good answer holds. Runs: casebook/actions/runs.py."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content.text import normal_text, one_line
from casebook.errors import CasebookError
from casebook.evidence.assertions import clean_assertions
from casebook.evidence.texts import personal_kinds
from casebook.models import Prompt, PromptTest

MOST_TESTS = 200  # of one prompt
MOST_QUESTION = 10_000
FIELDS = ("name", "inputs", "assertions", "expected", "judgement")


def tests_of(prompt):
    """The test cases of a prompt as they travel in files."""
    return list(prompt.tests.filter(removed_at=None).values(*FIELDS))


@transaction.atomic
def add_test(prompt, values, *, by, at):
    """Store a test case; the same one sent twice is one. values: FIELDS. Returns it."""
    values = _clean(values)
    kept = _locked_tests(prompt)
    known = next((test for test in kept if _says(test) == values), None)
    if known:
        return known
    if len(kept) >= MOST_TESTS:
        raise CasebookError(
            _("A prompt has at most %(most)s test cases. Remove one that says little.") % {"most": MOST_TESTS}
        )
    test = _new(prompt, values, by=by, at=at, position=_next_position(prompt))
    audit.record("test.added", by=by, target=test, prompt=prompt.slug)
    return test


@transaction.atomic
def change_test(test, values, *, by, at):
    """Put a new test case in the place of one; its runs stay with what was asked then. Returns the new one."""
    values = _clean(values)
    if _says(test) == values:
        return test
    _take_out(test, at)
    changed = _new(test.prompt, values, by=by, at=at, position=test.position)
    audit.record("test.changed", by=by, target=changed, prompt=test.prompt.slug, before=test.pk)
    return changed


@transaction.atomic
def remove_test(test, *, by, at):
    _take_out(test, at)
    audit.record("test.removed", by=by, target=test, prompt=test.prompt.slug)


def bring_tests(prompt, tests, *, by, at):
    """Add the test cases of a file that the prompt lacks. Returns (how many were added, [(name, why left out)]).

    Left out: what holds identity numbers or a wrong check, and what is over the limit.
    """
    if not tests:
        return 0, []
    cleaned, left_out = _cleaned_each(tests)
    with transaction.atomic():
        kept = [_says(test) for test in _locked_tests(prompt)]
        new = []
        for values in cleaned:
            if values not in kept and values not in new:
                new.append(values)
        room = max(0, MOST_TESTS - len(kept))
        left_out += [
            (each["name"], _("The prompt has as many test cases as it may have.")) for each in new[room:]
        ]
        new = new[:room]
        first = _next_position(prompt)
        PromptTest.objects.bulk_create(
            PromptTest(prompt=prompt, created_by=by, created_at=at, position=first + index, **values)
            for index, values in enumerate(new)
        )
        if new:
            audit.record("tests.brought_in", by=by, target=prompt, count=len(new))
    return len(new), left_out


def _cleaned_each(tests):
    """(cleaned tests, [(name, why)] of those that are refused)."""
    cleaned, refused = [], []
    for values in tests:
        try:
            cleaned.append(_clean(values))
        except CasebookError as refusal:
            refused.append((one_line(values["name"])[:200], str(refusal)))
    return cleaned, refused


def refuse_identity_numbers(*texts):
    kinds = list(dict.fromkeys(kind for text in texts for kind in personal_kinds(text)[0]))
    if kinds:
        raise CasebookError(
            _("There is personal data in it that may not be stored here: %(kinds)s. Use made-up values.")
            % {"kinds": ", ".join(kinds)}
        )


def _clean(values):
    """FIELDS in their one form. Raises CasebookError."""
    assertions, wrong = clean_assertions(values["assertions"])
    inputs = {key: normal_text(value).strip() for key, value in values["inputs"].items()}
    cleaned = {
        "name": one_line(values["name"])[:200],
        "inputs": {key: value for key, value in inputs.items() if value},
        "assertions": assertions,
        "expected": normal_text(values["expected"]).strip(),
        "judgement": _shortened(one_line(values["judgement"]), MOST_QUESTION),
    }
    if wrong:
        raise CasebookError(_(wrong[0][1]))
    if not (assertions or cleaned["expected"] or cleaned["judgement"]):
        raise CasebookError(
            _("Say what a good answer must hold: add a check, an expected answer or a question.")
        )
    refuse_identity_numbers(*cleaned["inputs"].values(), cleaned["expected"], cleaned["judgement"])
    return cleaned


def _shortened(text, most):
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _says(test):
    return {name: getattr(test, name) for name in FIELDS}


def _locked_tests(prompt):
    """The test cases as nobody else changes them before this transaction ends."""
    Prompt.objects.select_for_update(of=("self",)).get(pk=prompt.pk)
    return list(prompt.tests.filter(removed_at=None))


def _next_position(prompt):
    return (prompt.tests.aggregate(last=Max("position"))["last"] or 0) + 1


def _new(prompt, values, *, by, at, position):
    return PromptTest.objects.create(prompt=prompt, created_by=by, created_at=at, position=position, **values)


def _take_out(test, at):
    if not PromptTest.objects.filter(pk=test.pk, removed_at=None).update(removed_at=at):
        raise IllegalMove(_("Somebody has changed or removed this test case. Open the list again."))
