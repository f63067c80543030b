"""The whole form of a competition: the call, its parts and its rows, in and out of one CompetitionRecord."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from competitions.contest_files.call_records import PLAN_ITEMS
from competitions.forms.competition import CallForm
from competitions.forms.competition_parts import PART_FORMS
from competitions.forms.competition_record import initial_of, part_of, record_of_page
from competitions.forms.competition_rows import MAY_LACK, ROW_SETS
from competitions.forms.competition_rule import known_names, tie_steps
from competitions.forms.competition_steps import STEPS, Problem, step_of
from competitions.models import Round


class CompetitionPage:
    """call: the form of the call; parts: of one record each; rows: of lists; notice: of a call that is announced."""

    def __init__(
        self, posted=None, *, record=None, competition=None, start="", notice=None, writer="", is_judged=True
    ):
        """record: what it begins with. start: its signed text, when the competition is a new one.

        writer: whose text it is, signed. is_judged: False shows what is typed without judging it.
        """
        self.base, self.notice, self.is_judged = record, notice, is_judged
        given = initial_of(record) if record else new_initial()
        given["call"] |= {"writer": writer}
        if start or not record:
            given["call"] |= {"idempotency_key": uuid4(), "seen": "", "start": start}
        self.is_typed = posted is not None
        self.call = CallForm(posted, initial=given["call"], competition=competition)
        self.parts = {
            form.name: form(posted, record=part_of(record, form.name) if record else form.default)
            for form in PART_FORMS
        }
        self.rows = {}
        for name in ROW_SETS:
            self.rows[name] = self._row_set(name, posted, given)
        if not is_judged:
            self._forget_errors()

    def _row_set(self, name, posted, given):
        rows, initial = ROW_SETS[name], given.get(name, [])
        sent = posted is not None and (name not in MAY_LACK or f"{name}-TOTAL_FORMS" in posted)
        named = {each: self.rows[each].named() for each in ("tracks", "rounds") if each in self.rows}
        made = rows(
            posted if sent else None,
            prefix=name,
            initial=initial,
            form_kwargs={"label_suffix": "", **named},
        )
        made.extra = 0 if initial else rows.begin_with
        return made

    @property
    def forms(self):
        """Every form that counts; rows taken out do not."""
        notice = [self.notice] if self.notice else []
        rows = [form for formset in self.rows.values() for form in formset.standing()]
        return [*notice, self.call, *self.parts.values(), *rows]

    @property
    def plan_fields(self):
        return [self.parts["plan"][item] for item in PLAN_ITEMS]

    @property
    def has_errors(self):
        in_rows = any(formset.is_bound and formset.non_form_errors() for formset in self.rows.values())
        return in_rows or any(form.is_bound and form.errors for form in self.forms)

    def is_valid(self):
        bound = [part for part in (self.notice, self.call, *self.rows.values()) if part and part.is_bound]
        valid = [part.is_valid() for part in bound] + [part.is_right for part in self.parts.values()]
        checks = [
            self._rounds_have_criteria(),
            self._some_round_counts(),
            self._tracks_close_in_time(),
            self._ties_are_known(),
        ]
        return all(valid) and all(checks)

    def _rounds_have_criteria(self):
        """Tell a criterion of a round that is not there, and a round without criterion."""
        rounds = dict(self.rows["rounds"].filled())
        chosen = self.rows["criteria"].filled()
        for number, row in chosen:
            if row["round"] not in rounds:
                self.rows["criteria"].forms[number - 1].add_error("round", _("There is no such round."))
        judged = {number for number, row in rounds.items() if row["kind"] != Round.Kind.PUBLIC_VOTE}
        for number in judged - {row["round"] for _number, row in chosen}:
            self.rows["rounds"].forms[number - 1].add_error(
                "name", _("This round has no criterion. Write at least one.")
            )
        return not self.has_errors

    def _some_round_counts(self):
        """Tell rounds of which none counts."""
        rounds = self.rows["rounds"].filled()
        if not rounds:
            return True
        last, _row = rounds[-1]
        if all(each["only_decides"] for _number, each in rounds):
            self.rows["rounds"].forms[last - 1].add_error(
                "only_decides", _("No round counts in the total. Leave this empty for at least one.")
            )
        return not self.has_errors

    def _tracks_close_in_time(self):
        closes_at = self.call.cleaned_data.get("closes_at")
        late = [
            number
            for number, row in self.rows["tracks"].filled()
            if closes_at and row["closes_at"] and row["closes_at"] > closes_at
        ]
        for number in late:
            self.rows["tracks"].forms[number - 1].add_error(
                "closes_at",
                _("The track closes after the competition. Set it earlier, or the competition's later."),
            )
        return not late

    def _ties_are_known(self):
        """Tell a step of the tie chain that is no criterion or round of the contest."""
        rule = self.parts["rule"]
        if not rule.is_bound or not rule.is_valid():
            return True
        rounds = record_of_page(self).rounds
        _steps, unknown = tie_steps(rule.cleaned_data["tie_break"], rounds)
        if unknown:
            params = {"line": unknown[0], "known": known_names(rounds)}
            rule.add_error("tie_break", _("“%(line)s” is not known. Write one of: %(known)s.") % params)
        return not unknown

    def record(self, *, announced_at=None):
        """What is written, over the record it began with. Ask is_valid() first."""
        return record_of_page(self, announced_at=announced_at)

    def sketch(self):
        """What is written so far; what is wrong is left out or as it was, a time not given is None."""
        if self.is_typed:
            self.is_valid()
        return record_of_page(self)

    def add_error(self, message):
        self.call.add_error(None, ValidationError(message))

    def _forget_errors(self):
        for form in self.forms:
            form._errors = ErrorDict()
        for formset in self.rows.values():
            formset._errors, formset._non_form_errors = [{} for _form in formset], []

    # For the template

    @property
    def problems(self):
        """What is refused, in the order of the page: where it stands and in which step."""
        if not self.is_judged:
            return []
        found = []
        for form in self.forms:
            found += Problem.all_of(form)
        for name, rows in self.rows.items():
            if rows.is_bound:
                found += [
                    Problem(each, target=f"rows-{name}", step=step_of(name))
                    for each in rows.non_form_errors()
                ]
        places = [step.code for step in STEPS]
        return sorted(found, key=lambda each: places.index(each.step) if each.step else -1)

    @property
    def steps(self):
        """The steps with the number of what is refused in each."""
        steps = [each.step for each in self.problems]
        return [{"code": step.code, "label": step.label, "errors": steps.count(step.code)} for step in STEPS]


def new_initial():
    return {
        "call": {},
        "rounds": [{"code": "written", "name": _("Written judging"), "kind": "written", "weight": 100}],
    }
