from django.urls import path

from competitions.views.assigning import automatic as assigning
from competitions.views.assigning import handing_over, import_assignments, round_settings
from competitions.views.committee import inviting, members, picking, pool, pool_files
from competitions.views.committee import page as committee
from competitions.views.organise import (
    blind,
    bulk,
    call_form,
    competitions,
    contests_alike,
    entries,
    entry,
    erasure,
    export,
    free_letters,
    import_entries,
    import_template,
    letters,
    outbox,
    preview,
    questions,
    rules,
    screening,
    sheets,
    similar,
    start,
    table_files,
    versions,
)

urlpatterns = [
    # organise/
    path("organise/", competitions.board, name="organise"),
    path("organise/new/", call_form.new, name="organise_new"),
    path("organise/preview/", preview.preview, name="organise_preview"),
    path("organise/start/", start.start, name="organise_start"),
    path("organise/alike/", contests_alike.of_text, name="organise_alike_typed"),
    # organise/judges/
    path("organise/judges/", pool.pool, name="judge_pool"),
    path("organise/judges/new/", pool.new, name="judge_pool_new"),
    path("organise/judges/import/", pool_files.import_pool, name="judge_pool_import"),
    path("organise/judges/export/", pool_files.export_pool, name="judge_pool_export"),
    path("organise/judges/<int:pk>/", pool.candidate, name="judge_candidate"),
    path("organise/judges/<int:pk>/retire/", pool.retire, name="judge_candidate_retire"),
    path("organise/judges/<int:pk>/bring-back/", pool.bring_back, name="judge_candidate_bring_back"),
    # organise/<slug>/
    path("organise/<str:slug>/", competitions.overview, name="organise_competition"),
    path("organise/<str:slug>/call.yaml", start.call_file, name="organise_call_file"),
    path("organise/<str:slug>/edit/", call_form.edit, name="organise_edit"),
    path("organise/<str:slug>/announce/", competitions.announce, name="organise_announce"),
    path("organise/<str:slug>/begin-judging/", competitions.begin_judging, name="organise_begin_judging"),
    path("organise/<str:slug>/cancel/", competitions.cancel, name="organise_cancel"),
    path("organise/<str:slug>/forgetting/", erasure.forgetting, name="organise_forgetting"),
    # organise/<slug>/rules/
    path("organise/<str:slug>/rules/", rules.rules, name="organise_rules"),
    path("organise/<str:slug>/rules/override/", rules.override, name="organise_override"),
    path(
        "organise/<str:slug>/rules/override/<int:pk>/withdraw/",
        rules.withdraw,
        name="organise_withdraw_override",
    ),
    path("organise/<str:slug>/rules/similar/", rules.similar, name="organise_note_similar"),
    path("organise/<str:slug>/rules/alike/", contests_alike.of_call, name="organise_alike"),
    path("organise/<str:slug>/rules/verify/", rules.verify, name="organise_verify"),
    path("organise/<str:slug>/rules/judge-again/", rules.back_to_judging, name="organise_judge_again"),
    # organise/<slug>/questions/
    path("organise/<str:slug>/questions/", questions.questions, name="organise_questions"),
    path("organise/<str:slug>/questions/<int:pk>/", questions.question, name="organise_question"),
    path("organise/<str:slug>/questions/<int:pk>/remove/", questions.remove, name="organise_remove_question"),
    path("organise/<str:slug>/questions/<int:pk>/faq/", questions.put_into_faq, name="organise_question_faq"),
    # organise/<slug>/letters/
    path("organise/<str:slug>/letters/", letters.letters, name="organise_letters"),
    path("organise/<str:slug>/letters/words/<str:kind>/", letters.words, name="organise_letter_words"),
    path("organise/<str:slug>/letters/departments/", letters.departments, name="organise_tell_departments"),
    path("organise/<str:slug>/letters/write/", free_letters.write, name="organise_write_letter"),
    path("organise/<str:slug>/letters/sent/", outbox.outbox, name="organise_outbox"),
    path("organise/<str:slug>/letters/sent/again/", outbox.send_again, name="organise_send_again"),
    # organise/<slug>/entries/
    path("organise/<str:slug>/entries/", entries.entries, name="organise_entries"),
    path("organise/<str:slug>/entries/bulk/", bulk.bulk, name="organise_bulk"),
    path("organise/<str:slug>/entries/export/", export.export, name="organise_export"),
    path(
        "organise/<str:slug>/entries/import/", import_entries.import_entries, name="organise_import_entries"
    ),
    path(
        "organise/<str:slug>/entries/import/template.<str:format>",
        import_template.import_template,
        name="organise_import_template",
    ),
    path("organise/<str:slug>/entries/<int:pk>/", entry.entry, name="organise_entry"),
    path("organise/<str:slug>/entries/<int:pk>/accept/", screening.accept, name="organise_accept"),
    path(
        "organise/<str:slug>/entries/<int:pk>/disqualify/",
        screening.disqualify,
        name="organise_disqualify",
    ),
    path("organise/<str:slug>/entries/<int:pk>/return/", screening.give_back, name="organise_return"),
    path("organise/<str:slug>/entries/<int:pk>/take-back/", screening.take_back, name="organise_take_back"),
    path("organise/<str:slug>/entries/<int:pk>/note/", screening.note, name="organise_note"),
    path("organise/<str:slug>/entries/<int:pk>/contact/", entry.contact, name="organise_contact"),
    path("organise/<str:slug>/entries/<int:pk>/open/", entry.open_sealed, name="organise_open_sealed"),
    path("organise/<str:slug>/entries/<int:pk>/versions/", versions.versions, name="organise_versions"),
    path("organise/<str:slug>/entries/<int:pk>/files/<uuid:file>/", entry.file, name="organise_file"),
    path("organise/<str:slug>/entries/<int:pk>/similar/", similar.similar, name="organise_similar"),
    path(
        "organise/<str:slug>/entries/<int:pk>/similar/<int:finding>/",
        similar.finding,
        name="organise_similarity",
    ),
    # organise/<slug>/committee/
    path("organise/<str:slug>/committee/", committee.committee, name="organise_committee"),
    path("organise/<str:slug>/committee/add/", committee.add_judge, name="organise_add_judge"),
    path("organise/<str:slug>/committee/invite/", inviting.invite, name="organise_invite_judge"),
    path("organise/<str:slug>/committee/pool/", picking.pick, name="organise_pick_judges"),
    path("organise/<str:slug>/committee/<int:pk>/edit/", members.member, name="organise_member"),
    path("organise/<str:slug>/committee/<int:pk>/leave/", members.leave, name="organise_member_leave"),
    path("organise/<str:slug>/committee/<int:pk>/letter.pdf", members.letter, name="organise_member_letter"),
    path(
        "organise/<str:slug>/committee/<int:pk>/number/",
        members.number_letter,
        name="organise_number_letter",
    ),
    path(
        "organise/<str:slug>/committee/<int:pk>/invitation/again/",
        inviting.send_again,
        name="organise_invite_again",
    ),
    path(
        "organise/<str:slug>/committee/<int:pk>/invitation/withdraw/",
        inviting.take_back,
        name="organise_withdraw_invitation",
    ),
    path("organise/<str:slug>/committee/import/", table_files.import_scores, name="organise_import_scores"),
    path("organise/<str:slug>/committee/<int:pk>/", committee.assignments, name="organise_assignments"),
    path(
        "organise/<str:slug>/committee/<int:pk>/remove/",
        committee.drop_judge,
        name="organise_drop_judge",
    ),
    path(
        "organise/<str:slug>/committee/rounds/<str:code>/assign/",
        committee.assign_everything,
        name="organise_assign_all",
    ),
    path(
        "organise/<str:slug>/committee/assignments/import/",
        import_assignments.import_assignments,
        name="organise_import_assignments",
    ),
    path(
        "organise/<str:slug>/committee/rounds/<str:code>/automatic/",
        assigning.automatic,
        name="organise_assign_automatically",
    ),
    path(
        "organise/<str:slug>/committee/rounds/<str:code>/automatic/<uuid:pk>/",
        assigning.automatic_job,
        name="organise_assigning_job",
    ),
    path(
        "organise/<str:slug>/committee/<int:pk>/hand-over/",
        handing_over.handing_over,
        name="organise_hand_over",
    ),
    path(
        "organise/<str:slug>/committee/rounds/<str:code>/",
        round_settings.round_settings,
        name="organise_round",
    ),
    # organise/<slug>/blind/
    path("organise/<str:slug>/blind/", blind.blind, name="organise_blind"),
    path("organise/<str:slug>/blind/make/", blind.make, name="organise_blind_make"),
    path("organise/<str:slug>/blind/<int:pk>/", blind.copy, name="organise_blind_copy"),
    path("organise/<str:slug>/blind/<int:pk>/again/", blind.again, name="organise_blind_again"),
    # organise/<slug>/sheets/
    path("organise/<str:slug>/sheets/", sheets.sheets, name="organise_sheets"),
    path("organise/<str:slug>/sheets/remind/", sheets.remind, name="organise_remind_judges"),
    path("organise/<str:slug>/sheets/<int:pk>/reopen/", sheets.reopen, name="organise_reopen_sheet"),
]
