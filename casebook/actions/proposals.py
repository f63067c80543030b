"""Changes that colleagues propose against a published prompt; an editor accepts, edits or declines them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.review import publish_checked
from casebook.actions.versions import add_version, ask_review
from casebook.content import ContentRefused, clean_prompt, content_sha256
from casebook.diff.merge import Conflict, merge_contents
from casebook.errors import CasebookError
from casebook.models import Prompt, PromptVersion, Proposal
from casebook.states import VersionState


@dataclass(frozen=True)
class Rebased:
    """A proposal put onto the version that is shown now. `problems` say why the result cannot stand as it is."""

    current: PromptVersion
    content: dict
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_clean(self):
        return not self.conflicts and not self.problems

    @property
    def changes_nothing(self):
        return self.content == self.current.content


@transaction.atomic
def propose(base, content, *, by, at, note, idempotency_key):
    """Keep a proposed content against a published version; sent twice, it is one proposal."""
    known = Proposal.objects.filter(idempotency_key=idempotency_key, by=by).first()
    if known:
        return known
    if base.state != VersionState.PUBLISHED or not base.record.is_published:
        raise IllegalMove(_("Changes are proposed against published prompts only."))
    if content == base.content:
        raise CasebookError(_("Nothing is changed yet. Change something first."))
    if not note.strip():
        raise CasebookError(_("Write what changes and why; the editors read it first."))
    proposal = Proposal.objects.create(
        prompt=base.record,
        base=base,
        content=content,
        note=note.strip(),
        by=by,
        at=at,
        idempotency_key=idempotency_key,
    )
    audit.record("proposal.made", by=by, target=proposal, prompt=str(base.record.uid), number=base.number)
    return proposal


def rebased(proposal):
    """Put a proposal onto the shown version of its prompt, line by line where both changed a text."""
    current = proposal.prompt.current
    if current.pk == proposal.base_id:
        return Rebased(current, proposal.content)
    merged = merge_contents(proposal.base.content, proposal.content, current.content)
    try:
        return Rebased(current, clean_prompt(merged.content), merged.conflicts)
    except ContentRefused as refused:
        problems = tuple(problem.text(_) for problem in refused.problems)
        return Rebased(current, merged.content, merged.conflicts, problems)


@transaction.atomic
def accept_proposal(proposal, *, by, at, against, content=None, reply=""):
    """Make a proposal the next version, with credit to who proposed it. Returns the version.

    against: id of the version it was read against. As it is, it is published at once. content: what an editor made
    of it; that waits for another editor.
    """
    proposal, prompt = _open(proposal, by)
    if not prompt.is_published:
        raise IllegalMove(_("The prompt is retired. Decline the proposal."))
    if prompt.current_id != against:
        raise IllegalMove(_("A newer version was published meanwhile. Compare with that one."))
    own = rebased(proposal)
    edited = content is not None and content != own.content
    if not edited and not own.is_clean:
        raise CasebookError(_("The proposal no longer fits the shown version. Edit it before you accept it."))
    content = content if edited else own.content
    if content == prompt.current.content:
        raise CasebookError(_("The shown version says this already. Decline the proposal and say so."))
    version = add_version(prompt, content, by=proposal.by, at=at, note=proposal.note)
    if edited:
        PromptVersion.objects.filter(pk=version.pk).update(edited_by=by)
        version.edited_by = by
    ask_review(version, by=by, at=at)
    if not edited:
        publish_checked(version, by=by, at=at, note=reply)
    _decide(proposal, Proposal.State.ACCEPTED, by=by, at=at, reply=reply, result=version)
    detail = {"number": version.number, "sha256": content_sha256(content), "edited": edited}
    audit.record("proposal.accepted", by=by, target=proposal, about=proposal.by, **detail)
    return version


@transaction.atomic
def decline_proposal(proposal, *, by, at, reply):
    """Answer no; the reply says why."""
    if not reply.strip():
        raise CasebookError(_("Write a reply, so that your colleague knows why."))
    proposal, _prompt = _open(proposal, by)
    _decide(proposal, Proposal.State.DECLINED, by=by, at=at, reply=reply)
    audit.record("proposal.declined", by=by, target=proposal, about=proposal.by)


@transaction.atomic
def withdraw_proposal(proposal, *, by, at):
    """Who proposed a change takes it back while nobody has decided."""
    if proposal.by_id != by.pk:
        raise CasebookError(_("Only who proposed a change may withdraw it."))
    _decide(proposal, Proposal.State.WITHDRAWN, by=by, at=at)
    audit.record("proposal.withdrawn", by=by, target=proposal)


def _open(proposal, by):
    """Lock the prompt, so that two decisions on it come one after the other. Returns fresh rows."""
    if proposal.by_id == by.pk:
        raise CasebookError(_("You proposed this change, so another editor decides on it."))
    locked = Prompt.objects.select_for_update(of=("self",)).select_related("current")
    prompt = locked.get(pk=proposal.prompt_id)
    proposal = Proposal.objects.select_related("base", "by").get(pk=proposal.pk)
    if proposal.state != Proposal.State.OPEN:
        raise IllegalMove(_decided())
    proposal.prompt = prompt
    return proposal, prompt


def _decide(proposal, state, *, by, at, reply="", result=None):
    values = {"state": state, "decided_by": by, "decided_at": at, "reply": reply.strip(), "result": result}
    if not Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN).update(**values):
        raise IllegalMove(_decided())


def _decided():
    return _("This proposal has been decided or withdrawn already.")
