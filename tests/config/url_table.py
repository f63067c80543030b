"""What every URL answers to every role: the permissions of the site in one table.

A key is the name of a URL; a word after it tells rows of the same URL apart.
"""

from dataclasses import dataclass, field

from tests.config.world import ROLES

LOGIN = "login"  # a redirect to the login page
PEOPLE = set(ROLES) - {"visitor"}
ADMIN = {"administrator"}
EDITORS = {"editor", "administrator"}
EXPORTERS = {"staff", "editor", "administrator"}
ORGANISERS = {"organiser", "administrator"}
ANY_ORGANISER = {"organiser", "other_organiser", "administrator"}
ANY_JUDGE = {"judge", "other_judge"}
FACILITATORS = {"facilitator", "administrator"}
RUNNING = dict.fromkeys(ORGANISERS, 403)  # who runs a competition does not enter it


@dataclass(frozen=True)
class Row:
    """get: answer by role. post: answer to an empty POST by role, of those who may not act.

    of: arguments of the URL, as paths into the world. path: for a URL that cannot be reversed.
    """

    get: dict
    post: dict = field(default_factory=dict)
    of: dict = field(default_factory=dict)
    path: str = ""


def public(status=200, **of):
    return Row(dict.fromkeys(ROLES, status), of=of)


def seen_by(allowed, *, status=200, else_=403, **of):
    """A page for some; a visitor is asked to log in."""
    return Row(_answers(allowed, status=status, else_=else_), of=of)


def form_for(allowed, *, status=200, else_=403, **of):
    """A page that also takes a POST, with the same refusals."""
    get = _answers(allowed, status=status, else_=else_)
    return Row(get, post=_refusals(allowed, else_=else_), of=of)


def act_of(allowed, *, else_=403, **of):
    """A POST-only act."""
    return Row(_answers(PEOPLE, status=405), post=_refusals(allowed, else_=else_), of=of)


def guests_only(status=200, people=302, **of):
    return Row({role: people if role in PEOPLE else status for role in ROLES}, of=of)


def _answers(allowed, *, status, else_=403):
    return {role: _refusal(role, else_=else_) if role not in allowed else status for role in ROLES}


def _refusals(allowed, *, else_):
    return {role: _refusal(role, else_=else_) for role in ROLES if role not in allowed}


def _refusal(role, *, else_):
    return LOGIN if role == "visitor" else else_


CASEBOOK = {
    "home": public(),
    "casebook:search": public(),
    "casebook:prompts": public(),
    "casebook:prompt": public(slug="prompt.slug"),
    "casebook:prompt draft": Row(
        {role: 200 if role in EXPORTERS else 404 for role in ROLES},  # staff wrote it
        of={"slug": "draft_prompt.slug"},
    ),
    "casebook:prompt_text": public(slug="prompt.slug"),
    "casebook:used": public(405, slug="prompt.slug"),
    "casebook:tools": form_for(ADMIN),
    "casebook:tool": form_for(ADMIN, pk="tool.pk"),
    "casebook:tool_remove": act_of(ADMIN, pk="tool.pk"),
    "casebook:write": seen_by(EXPORTERS),
    "casebook:write_new": form_for(EXPORTERS),
    "casebook:write_find": seen_by(EXPORTERS),
    "casebook:draft": seen_by(EXPORTERS, else_=404, pk="own_draft.pk"),
    "casebook:draft_save": Row(
        dict.fromkeys(ROLES, 405), post=_refusals(EXPORTERS, else_=404), of={"pk": "own_draft.pk"}
    ),
    "casebook:draft_submit": Row(
        dict.fromkeys(ROLES, 405), post=_refusals(EXPORTERS, else_=404), of={"pk": "own_draft.pk"}
    ),
    "casebook:draft_discard": form_for(EXPORTERS, else_=404, pk="own_draft.pk"),
    "casebook:draft_take_back": act_of(EXPORTERS, else_=404, pk="own_draft.pk"),
    "casebook:edit": act_of(EDITORS, slug="prompt.slug"),
    "casebook:tests": public(slug="prompt.slug"),
    "casebook:tests draft": Row(
        {role: 200 if role in EXPORTERS else 404 for role in ROLES}, of={"slug": "draft_prompt.slug"}
    ),
    "casebook:test_new": form_for(EXPORTERS, slug="prompt.slug"),
    "casebook:test_compare": public(slug="prompt.slug"),
    "casebook:tests_run": act_of(EXPORTERS, slug="prompt.slug"),
    "casebook:test_edit": form_for(EXPORTERS, slug="prompt.slug", pk="test.pk"),  # staff wrote it
    "casebook:test_remove": act_of(EXPORTERS, slug="prompt.slug", pk="test.pk"),
    "casebook:runs": public(slug="prompt.slug"),
    "casebook:run_new": form_for(EXPORTERS, slug="prompt.slug"),  # of its first test case
    "casebook:run": public(slug="prompt.slug", pk="run.pk"),
    "casebook:run_judge": act_of(EXPORTERS, slug="prompt.slug", pk="run.pk"),
    "casebook:endpoints": seen_by(ADMIN),
    "casebook:endpoint_new": form_for(ADMIN),
    "casebook:endpoint": form_for(ADMIN, pk="endpoint.pk"),
    "casebook:endpoint_try": act_of(ADMIN, pk="endpoint.pk"),
    "casebook:cases": public(),
    "casebook:case": public(slug="case.slug"),
    "casebook:editions": public(),
    "casebook:export": act_of(EXPORTERS),
    "casebook:import": form_for(EDITORS),
    "casebook:import_preview": seen_by({"editor"}, else_=404, pk="preview.pk"),  # who handed it over
    "casebook:import_part": seen_by({"editor"}, else_=404, pk="preview.pk"),
    "casebook:import_item": seen_by({"editor"}, else_=404, pk="preview.pk", number="item_number"),
    "casebook:import_choose": act_of({"editor"}, else_=404, pk="preview.pk"),
    "casebook:import_confirm": act_of({"editor"}, else_=404, pk="preview.pk"),
    "casebook:prompt_export": public(slug="prompt.slug"),
    "casebook:desk": seen_by(EDITORS),
    "casebook:review": seen_by(EDITORS, kind="kind", pk="version.pk"),
    "casebook:publish": act_of(EDITORS, kind="kind", pk="version.pk"),
    "casebook:send_back": act_of(EDITORS, kind="kind", pk="version.pk"),
    "casebook:retire": act_of(EDITORS, kind="kind", slug="prompt.slug"),
    "casebook:decline": act_of(EDITORS, kind="kind", pk="version.pk"),
    "casebook:desk_again": seen_by(EDITORS),
    "casebook:still_good": act_of(EDITORS, kind="kind", slug="prompt.slug"),
    "casebook:versions": public(slug="prompt.slug"),
    "casebook:compare": public(slug="prompt.slug"),
    "casebook:compare draft": Row(
        {role: 200 if role in EXPORTERS else 404 for role in ROLES},  # staff wrote it
        of={"slug": "draft_prompt.slug"},
    ),
    "casebook:restore": act_of(EDITORS, slug="prompt.slug"),
    "casebook:label": form_for(EDITORS, slug="prompt.slug"),
    "casebook:propose": form_for(EXPORTERS, slug="prompt.slug"),
    "casebook:proposals": seen_by(EXPORTERS),
    "casebook:proposal": seen_by(EXPORTERS, pk="proposal.pk"),
    "casebook:proposal_accept": act_of(EDITORS, pk="proposal.pk"),
    "casebook:proposal_decline": act_of(EDITORS, pk="proposal.pk"),
    "casebook:proposal_withdraw": act_of({"staff"}, pk="proposal.pk"),
}
SAYING = {
    "casebook:talk": public(slug="prompt.slug"),
    "casebook:rate": act_of(EXPORTERS, slug="prompt.slug"),
    "casebook:comment": act_of(EXPORTERS, slug="prompt.slug"),
    "casebook:comment_remove": act_of(EXPORTERS, pk="comment.pk"),  # staff wrote it
    "casebook:report": form_for(PEOPLE, slug="prompt.slug"),
    "casebook:problem_reports": seen_by(PEOPLE),
    "casebook:problem_report": Row(
        _answers(EXPORTERS, status=200, else_=404),  # staff sent it and waits for the answer
        post=_refusals(EXPORTERS, else_=404) | {"staff": 403},
        of={"pk": "problem.pk"},
    ),
    "casebook:favourite": act_of(PEOPLE, slug="prompt.slug"),
    "casebook:case_favourite": act_of(PEOPLE, slug="case.slug"),
    "casebook:favourites": seen_by(PEOPLE),
    "casebook:collect": form_for(PEOPLE, slug="prompt.slug"),
    "casebook:case_collect": form_for(PEOPLE, slug="case.slug"),
    "casebook:collections": public(),
    "casebook:collection_new": form_for(PEOPLE),
    "casebook:collection": Row(
        {role: 200 if role == "staff" else 404 for role in ROLES}, of={"uid": "collection.uid"}
    ),
    "casebook:collection shared": public(uid="shared.uid"),
    "casebook:collection_edit": form_for({"staff"}, else_=404, uid="collection.uid"),
    "casebook:collection_delete": form_for({"staff"}, else_=404, uid="collection.uid"),
    "casebook:collection_item": act_of({"staff"}, else_=404, uid="collection.uid", pk="item.pk"),
    "casebook:following": form_for(PEOPLE),
    "casebook:following_read": act_of(PEOPLE),
    "casebook:following_stop": act_of(PEOPLE, pk="field.pk"),
    "casebook:fork": form_for(EXPORTERS, slug="prompt.slug"),
}
ENTERING = {
    "competitions:competition_list": public(),
    "competitions:competition": public(slug="open.slug"),
    "competitions:competition draft": Row(
        {role: 200 if role in ORGANISERS else 404 for role in ROLES}, of={"slug": "hidden.slug"}
    ),
    "competitions:results": public(slug="finished.slug"),
    "competitions:results_file": public(slug="finished.slug"),
    "competitions:verify_results": public(),
    "competitions:enter": Row(
        dict.fromkeys(ROLES, 200)
        | RUNNING
        | {"visitor": LOGIN, "resident": 302},  # the resident has an entry
        post=RUNNING,
        of={"slug": "open.slug"},
    ),
    "competitions:enter closed": Row(
        dict.fromkeys(ROLES, 302) | RUNNING | {"visitor": LOGIN, "judge": 403},
        post=RUNNING | {"judge": 403},
        of={"slug": "judged.slug"},
    ),
    "competitions:enter draft": Row(
        dict.fromkeys(ROLES, 404) | RUNNING | {"visitor": LOGIN},
        post=RUNNING,
        of={"slug": "hidden.slug"},
    ),
    "competitions:begin_upload": act_of({"resident"}, else_=404, pk="entry.pk"),
    "competitions:upload_form": act_of({"resident"}, else_=404, pk="entry.pk"),
    "competitions:upload": seen_by({"resident"}, else_=404, pk="entry.pk", file="attachment.pk"),
    "competitions:attachment": seen_by(
        set(), else_=404, pk="entry.pk", file="attachment.pk"
    ),  # not whole yet
    "competitions:remove_attachment": act_of({"resident"}, else_=404, pk="entry.pk", file="attachment.pk"),
    "competitions:clean_attachment": act_of({"resident"}, else_=404, pk="entry.pk", file="attachment.pk"),
    "competitions:my_entries": seen_by(PEOPLE),
    "competitions:entry": form_for({"resident"}, else_=404, pk="entry.pk"),
    "competitions:review_entry": seen_by({"resident"}, else_=404, pk="entry.pk"),
    "competitions:submit_entry": Row(
        dict.fromkeys(ROLES, 404) | {"visitor": LOGIN, "resident": 302},  # gone back to: on to the entry
        post=_refusals({"resident"}, else_=404),
        of={"pk": "entry.pk"},
    ),
    "competitions:files_part": seen_by({"resident"}, else_=404, pk="entry.pk"),
    "competitions:withdraw": form_for({"resident"}, else_=404, pk="entry.pk"),
    "competitions:team": form_for({"resident"}, else_=404, pk="entry.pk"),
    "competitions:team_invite": act_of({"resident"}, else_=404, pk="entry.pk"),
    "competitions:team_leave": act_of({"resident"}, else_=404, pk="entry.pk"),
    "competitions:team_renew": act_of({"resident"}, else_=404, pk="entry.pk", member="invited.pk"),
    "competitions:team_remove": act_of({"resident"}, else_=404, pk="entry.pk", member="invited.pk"),
    "competitions:team_lead": act_of({"resident"}, else_=404, pk="entry.pk", member="invited.pk"),
    "competitions:team_contribution": act_of({"resident"}, else_=404, pk="entry.pk", member="invited.pk"),
    "competitions:invitation": Row(
        dict.fromkeys(ROLES, 200) | RUNNING, post={"visitor": LOGIN} | RUNNING, of={"token": "invitation"}
    ),
    "competitions:receipt": seen_by({"resident"}, else_=404, pk="judged_entry.pk"),
    "competitions:receipt_pdf": seen_by({"resident"}, else_=404, pk="judged_entry.pk"),
    "competitions:questions": Row(
        dict.fromkeys(ROLES, 200),
        post=dict.fromkeys(PEOPLE - ORGANISERS, 422) | {"visitor": LOGIN} | RUNNING,
        of={"slug": "open.slug"},
    ),
    "competitions:check_receipts": public(),
    "competitions:check_receipt": public(number="judged_entry.snapshot.receipt_number"),
    "competitions:running_order": public(slug="staged.slug", code="stage.code"),
    "competitions:vote": Row(
        dict.fromkeys(ROLES, 200),
        post=dict.fromkeys(PEOPLE, 422) | {"visitor": LOGIN},  # nobody's address is confirmed here
        of={"slug": "staged.slug"},
    ),
    "competitions:poster": public(slug="open.slug"),
    "competitions:follow_call": form_for(PEOPLE, status=302, slug="open.slug"),
    "competitions:follow_calls": form_for(PEOPLE, status=302),
    "competitions:calendar": public(slug="open.slug"),
    "competitions:submission": seen_by({"resident"}, else_=404, pk="judged_entry.pk", number="number"),
    "competitions:report_candidate": Row(
        _answers(PEOPLE, status=200),
        post=dict.fromkeys(PEOPLE, 422) | {"visitor": LOGIN},
        of={"slug": "open.slug"},
    ),
    "competitions:entry_revocation": form_for({"resident"}, else_=404, pk="award.entry.pk"),
    "competitions:own_certificate": seen_by({"resident"}, else_=404, pk="award.entry.pk"),
    "competitions:check_certificates": public(),
    "competitions:check_certificate": public(code="certificate.check_code"),
    "competitions:appeal": form_for({"resident"}, else_=404, pk="award.entry.pk"),
    "competitions:withdraw_appeal": act_of({"resident"}, else_=404, pk="award.entry.pk", appeal="appeal.pk"),
}
JUDGING = {
    "competitions:judge_invitation": Row(
        dict.fromkeys(ROLES, 403) | {"visitor": 200},  # it went to an address that is nobody's here
        post=dict.fromkeys(PEOPLE, 403) | {"visitor": LOGIN},
        of={"token": "judge_invitation"},
    ),
    "competitions:judge_ties": form_for({"judge"}, else_=404, slug="judged.slug"),
    "competitions:judge_letter": seen_by({"judge"}, else_=404, slug="judged.slug"),
    "competitions:judging": seen_by(ANY_JUDGE),
    "competitions:judging_workbook": seen_by({"judge"}, else_=404, slug="judged.slug"),
    "competitions:judging_papers": seen_by(
        {"judge"}, status=302, else_=404, slug="judged.slug", format="paper_format"
    ),
    "competitions:stage": seen_by({"judge"} | ORGANISERS, slug="staged.slug", code="stage.code"),
    "competitions:stage_part": seen_by({"judge"} | ORGANISERS, slug="staged.slug", code="stage.code"),
    "competitions:stage_act": act_of({"judge"} | ORGANISERS, slug="staged.slug", code="stage.code"),
    "competitions:judging_now": seen_by({"judge"}, slug="staged.slug", code="stage.code"),
    "competitions:judging_now_part": seen_by({"judge"}, slug="staged.slug", code="stage.code"),
    "competitions:judging_sign_many": form_for(ANY_JUDGE),
    "competitions:judging_in_file": seen_by(set(), else_=404, slug="finished.slug"),
    "competitions:judging_proof": seen_by(set(), else_=404, pk="sheet.pk"),  # it is not signed
    "competitions:judging_proof_file": seen_by(set(), else_=404, pk="sheet.pk", format="table_format"),
    "competitions:judging_sheet": form_for({"judge"}, else_=404, pk="sheet.pk"),
    "competitions:judging_sign": form_for({"judge"}, else_=404, pk="sheet.pk"),
    "competitions:challenge": form_for({"resident"}, else_=404, pk="judged_entry.pk"),
    "competitions:judging_challenges": seen_by(ANY_JUDGE),
    "competitions:judging_challenge": form_for({"judge"}, else_=404, pk="challenge.pk"),
    "competitions:judging_recuse": form_for({"judge"}, else_=404, pk="sheet.pk"),
    "competitions:judging_file": seen_by(set(), else_=404, pk="sheet.pk", number="number"),  # no file there
}
ORGANISING = {
    "competitions:organise": seen_by(ANY_ORGANISER),
    "competitions:organise_new": form_for(ADMIN),  # and organisers of the whole site
    "competitions:organise_preview": act_of(ANY_ORGANISER),
    "competitions:organise_start": form_for(ADMIN),
    "competitions:organise_call_file": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_competition": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_competition draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_edit": form_for(ORGANISERS, status=302, slug="judged.slug"),
    "competitions:organise_edit draft": form_for(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_announce": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_announce draft": act_of(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_begin_judging": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_cancel": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_entries": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_bulk": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_export": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_import_entries": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_import_template": seen_by(ORGANISERS, slug="judged.slug", format="table_format"),
    "competitions:organise_forgetting": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_entry": seen_by(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_entry unsent": Row(
        _answers(ORGANISERS, status=404),  # a draft is the entrant's alone
        of={"slug": "open.slug", "pk": "entry.pk"},
    ),
    "competitions:organise_accept": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_disqualify": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_return": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_take_back": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_note": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_contact": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_open_sealed": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_versions": seen_by(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_file": seen_by(  # of another entry
        ORGANISERS, status=404, slug="judged.slug", pk="judged_entry.pk", file="attachment.pk"
    ),
    "competitions:organise_similar": seen_by(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_similarity": form_for(
        ORGANISERS, slug="judged.slug", pk="judged_entry.pk", finding="finding.pk"
    ),
    "competitions:organise_import_assignments": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_assign_automatically": form_for(ORGANISERS, slug="judged.slug", code="round.code"),
    "competitions:organise_assign_automatically draft": form_for(
        ORGANISERS, else_=404, slug="hidden.slug", code="round.code"
    ),
    "competitions:organise_assigning_job": Row(
        _answers({"organiser"}, status=200) | {"administrator": 404},  # only for who asked
        of={"slug": "judged.slug", "code": "round.code", "pk": "assigning_job.pk"},
    ),
    "competitions:organise_hand_over": form_for(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_conflicts": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_conflicts draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_add_conflict": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_find_conflicts": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_conflict": form_for(ORGANISERS, slug="judged.slug", pk="challenge.pk"),
    "competitions:organise_close_vote": act_of(ORGANISERS, slug="judged.slug", pk="challenge.pk"),
    "competitions:organise_challenge": form_for(ORGANISERS, slug="judged.slug", pk="challenge_note.pk"),
    "competitions:organise_answer_challenge": act_of(ORGANISERS, slug="judged.slug", pk="challenge_note.pk"),
    "competitions:organise_committee": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_add_judge": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_invite_judge": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_pick_judges": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_member": form_for(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_member_leave": form_for(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_member_letter": seen_by(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_number_letter": act_of(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_invite_again": act_of(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_withdraw_invitation": act_of(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:judge_pool": seen_by(ANY_ORGANISER),
    "competitions:judge_pool_new": form_for(ANY_ORGANISER),
    "competitions:judge_pool_import": act_of(ANY_ORGANISER),
    "competitions:judge_pool_export": act_of(ANY_ORGANISER),
    "competitions:judge_candidate": form_for(ANY_ORGANISER, pk="candidate.pk"),
    "competitions:judge_candidate_retire": act_of(ANY_ORGANISER, pk="candidate.pk"),
    "competitions:judge_candidate_bring_back": act_of(ANY_ORGANISER, pk="candidate.pk"),
    "competitions:organise_import_scores": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_blind": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_blind_make": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_blind_copy": form_for(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_blind_again": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:organise_sheets": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_import_sheets": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_export_sheets": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_paper": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_workbooks": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_workbook": seen_by(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_add_scan": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_scan": seen_by(ORGANISERS, status=302, slug="judged.slug", pk="scan.pk"),
    "competitions:organise_remove_scan": form_for(ORGANISERS, slug="judged.slug", pk="scan.pk"),
    "competitions:organise_sheet_document": seen_by(
        ORGANISERS, slug="judged.slug", kind="paper_kind", format="paper_format"
    ),
    "competitions:organise_remind_judges": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_reopen_sheet": form_for(ORGANISERS, slug="judged.slug", pk="sheet.pk"),
    "competitions:organise_round": form_for(ORGANISERS, slug="judged.slug", code="round.code"),
    "competitions:organise_assignments": form_for(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_drop_judge": act_of(ORGANISERS, slug="judged.slug", pk="judge.pk"),
    "competitions:organise_assign_all": act_of(ORGANISERS, slug="judged.slug", code="round.code"),
    "competitions:organise_questions": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_questions draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_question": form_for(ORGANISERS, slug="judged.slug", pk="question.pk"),
    "competitions:organise_remove_question": act_of(ORGANISERS, slug="judged.slug", pk="question.pk"),
    "competitions:organise_question_faq": act_of(ORGANISERS, slug="judged.slug", pk="question.pk"),
    "competitions:organise_letters": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_letters draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_letter_words": form_for(ORGANISERS, slug="judged.slug", kind="letter_kind"),
    "competitions:organise_tell_departments": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_write_letter": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_outbox": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_send_again": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_rules": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_rules draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_override": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_withdraw_override": act_of(ORGANISERS, slug="judged.slug", pk="override.pk"),
    "competitions:organise_note_similar": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_alike": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_alike draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_alike_typed": act_of(ANY_ORGANISER),
    "competitions:organise_verify": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_judge_again": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:organise_rounds": seen_by(ORGANISERS, slug="staged.slug"),
    "competitions:organise_order": form_for(ORGANISERS, slug="staged.slug", code="stage.code"),
    "competitions:organise_move_turn": act_of(ORGANISERS, slug="staged.slug", code="stage.code"),
    "competitions:organise_vote": form_for(ORGANISERS, slug="staged.slug", code="vote.code"),
    "competitions:organise_measured": form_for(ORGANISERS, slug="staged.slug", code="measured.code"),
    "competitions:organise_import_measured": act_of(ORGANISERS, slug="staged.slug", code="measured.code"),
    "competitions:organise_result": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_result draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:compute_result": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:result_job": Row(
        _answers({"organiser"}, status=200) | {"administrator": 404},  # only for who asked
        of={"slug": "judged.slug", "pk": "result_job.pk"},
    ),
    "competitions:result_progress": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_standings": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_standings draft": seen_by(ORGANISERS, else_=404, slug="hidden.slug"),
    "competitions:organise_firmness": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_deliberation": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_deliberated": form_for(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
    "competitions:judging_deliberation": seen_by({"judge"}, else_=404, slug="judged.slug"),
    "competitions:judging_deliberated": form_for({"judge"}, else_=404, slug="staged.slug", pk="discussed.pk"),
    "competitions:organise_meetings": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_new_meeting": form_for(ORGANISERS, slug="judged.slug"),
    "competitions:organise_edit_meeting": form_for(ORGANISERS, slug="judged.slug", pk="meeting.pk"),
    "competitions:organise_cancel_meeting": act_of(ORGANISERS, slug="judged.slug", pk="meeting.pk"),
    "competitions:meeting": seen_by({"judge"}, else_=404, pk="meeting.pk"),
    "competitions:run_meeting": Row(
        {role: 403 if role == "judge" else 200 if role in ORGANISERS else 404 for role in ROLES}
        | {"visitor": LOGIN},
        of={"pk": "meeting.pk"},
    ),  # the judge is not the chair
    "competitions:minutes_pdf": seen_by(ORGANISERS | {"judge"}, else_=404, pk="meeting.pk"),
    "competitions:sign_minutes": act_of({"judge"}, else_=404, pk="meeting.pk"),
    "competitions:vote_on_motion": act_of({"judge"}, else_=404, pk="meeting.pk", motion="motion.pk"),
    "competitions:organise_reports": seen_by(ORGANISERS, slug="judged.slug"),
    "competitions:organise_report": form_for(ORGANISERS, slug="judged.slug", pk="report.pk"),
    "competitions:organise_evidence": seen_by(
        ORGANISERS,
        status=302,
        slug="judged.slug",
        pk="report.pk",
        file="evidence.pk",  # its bytes are gone
    ),
    "competitions:organise_certificates": form_for(ORGANISERS, slug="finished.slug"),
    "competitions:organise_certificate": form_for(ORGANISERS, slug="finished.slug", pk="certificate.pk"),
    "competitions:organise_certificate_pdf": seen_by(ORGANISERS, slug="finished.slug", pk="certificate.pk"),
    "competitions:organise_pack_certificates": act_of(ORGANISERS, slug="finished.slug"),
    "competitions:organise_feedback": form_for(ORGANISERS, slug="finished.slug"),
    "competitions:organise_withhold": act_of(ORGANISERS, slug="finished.slug", pk="commented.pk"),
    "competitions:organise_let_through": act_of(ORGANISERS, slug="finished.slug", pk="commented.pk"),
    "competitions:organise_appeals": seen_by(ORGANISERS, slug="finished.slug"),
    "competitions:organise_appeal": form_for(ORGANISERS, slug="finished.slug", pk="appeal.pk"),
    "competitions:organise_publication": form_for(ORGANISERS, slug="finished.slug"),
    "competitions:organise_statistics": seen_by(ORGANISERS, slug="finished.slug"),
    "competitions:organise_statistics_file": seen_by(ORGANISERS, slug="finished.slug"),
    "competitions:organise_revoke": form_for(ORGANISERS, slug="finished.slug", award="award.pk"),
    "competitions:organise_decide_revocation": act_of(ORGANISERS, slug="finished.slug", award="award.pk"),
    "competitions:organise_move_up": act_of(ORGANISERS, slug="finished.slug", award="award.pk"),
    "competitions:decide_result": form_for(ORGANISERS, slug="staged.slug"),
    "competitions:publish_result": act_of(ORGANISERS, slug="judged.slug"),
    "competitions:publish_case": act_of(ORGANISERS, slug="judged.slug", pk="judged_entry.pk"),
}
LEARNING = {
    "learning:groups": public(),
    "learning:create": form_for(ADMIN),  # and facilitators of the whole site
    "learning:group": public(slug="group.slug"),
    "learning:edit": form_for(FACILITATORS, slug="group.slug"),
    "learning:add_member": act_of(FACILITATORS, slug="group.slug"),
    "learning:remove_member": act_of(FACILITATORS, slug="group.slug", pk="membership.pk"),
}
ACCOUNTS = {
    "healthz": public(),
    "set_language": public(302),
    "help": public(),
    "accessibility": public(),
    "licence": public(),
    "display_mode": public(405),
    "demo_login": public(405),
    "accounts/": Row(_answers(PEOPLE, status=302), path="/accounts/"),
    "profile": form_for(PEOPLE),
    "my_access": seen_by(PEOPLE),
    "messages": seen_by(PEOPLE),
    "message": seen_by({"staff"}, else_=404, pk="message.pk"),
    "messages_read": act_of(PEOPLE),
    "message_settings": form_for(PEOPLE),
    "unsubscribe": public(token="unsubscribe_token"),
    "tokens": form_for(PEOPLE),
    "token_revoke": form_for({"staff"}, else_=404, pk="token.pk"),
    "mcp": public(405),
    "people": seen_by(ADMIN),
    "person": seen_by(ADMIN, pk="person.pk"),
    "person_department": act_of(ADMIN, pk="person.pk"),
    "person_grant": act_of(ADMIN, pk="person.pk"),
    "person_revoke": act_of(ADMIN, pk="person.pk", grant_pk="grant.pk"),
    "departments": form_for(ADMIN),
    "department": form_for(ADMIN, pk="department.pk"),
    "audit_log": seen_by(ADMIN),
    "jobs": seen_by(PEOPLE),
    "job": seen_by({"staff"}, else_=404, pk="job.pk"),
    "job_part": seen_by({"staff"}, else_=404, pk="job.pk"),
    "job_result": seen_by({"staff"}, else_=404, status=302, pk="job.pk"),  # no file: back to the job
    "job_run_again": act_of({"staff"}, else_=404, pk="job.pk"),
}
LOGGING_IN = {
    "account_login": guests_only(),
    "account_signup": guests_only(),
    "account_logout": guests_only(302, people=200),
    "account_inactive": public(),
    "account_reauthenticate": form_for(PEOPLE),
    "account_email": form_for(PEOPLE),
    "account_email_verification_sent": public(),
    "account_change_password": form_for(PEOPLE),
    "account_set_password": form_for(PEOPLE, status=302),  # who has one changes it
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(uidb36="uidb36", key="key"),
    "account_reset_password_from_key_done": public(),
    "account_confirm_email": public(key="key"),
    "account_confirm_login_code": seen_by(PEOPLE, status=302),
}
API = {
    "api:index": public(),
    "api:schema": public(),
    "api:prompts": public(),
    "api:prompt": public(uid="prompt.uid"),
    "api:prompt draft": public(404, uid="draft_prompt.uid"),
    "api:cases": public(),
    "api:case": public(uid="case.uid"),
    "api:search": public(),
    "api:editions": public(),
    "api:competitions": public(),
    "api:competition": public(slug="open.slug"),
    "api:competition draft": public(404, slug="hidden.slug"),
    "api:results": public(),
    "api:result": public(slug="finished.slug"),
    "api:result unpublished": public(404, slug="judged.slug"),
    "api:missing": Row(dict.fromkeys(ROLES, 404), path="/api/v1/nothing/"),
}
ROWS = CASEBOOK | SAYING | ENTERING | JUDGING | ORGANISING | LEARNING | ACCOUNTS | LOGGING_IN | API
