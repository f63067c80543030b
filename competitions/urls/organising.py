from django.urls import path

from competitions.views.organise import (
    committee,
    competitions,
    entries,
    rules,
    similar,
    start,
    table_files,
)

urlpatterns = [
    # organise/
    path("organise/", competitions.board, name="organise"),
    path("organise/new/", competitions.new, name="organise_new"),
    path("organise/preview/", competitions.preview, name="organise_preview"),
    path("organise/start/", start.start, name="organise_start"),
    # organise/<slug>/
    path("organise/<str:slug>/", competitions.overview, name="organise_competition"),
    path("organise/<str:slug>/call.yaml", start.call_file, name="organise_call_file"),
    path("organise/<str:slug>/edit/", competitions.edit, name="organise_edit"),
    path("organise/<str:slug>/announce/", competitions.announce, name="organise_announce"),
    path("organise/<str:slug>/begin-judging/", competitions.begin_judging, name="organise_begin_judging"),
    path("organise/<str:slug>/cancel/", competitions.cancel, name="organise_cancel"),
    # organise/<slug>/rules/
    path("organise/<str:slug>/rules/", rules.rules, name="organise_rules"),
    path("organise/<str:slug>/rules/override/", rules.override, name="organise_override"),
    path(
        "organise/<str:slug>/rules/override/<int:pk>/withdraw/",
        rules.withdraw,
        name="organise_withdraw_override",
    ),
    path("organise/<str:slug>/rules/similar/", rules.similar, name="organise_note_similar"),
    path("organise/<str:slug>/rules/verify/", rules.verify, name="organise_verify"),
    path("organise/<str:slug>/rules/judge-again/", rules.back_to_judging, name="organise_judge_again"),
    # organise/<slug>/entries/
    path("organise/<str:slug>/entries/", entries.entries, name="organise_entries"),
    path("organise/<str:slug>/entries/accept/", entries.accept_many, name="organise_accept_many"),
    path("organise/<str:slug>/entries/import/", table_files.import_entries, name="organise_import_entries"),
    path("organise/<str:slug>/entries/<int:pk>/", entries.entry, name="organise_entry"),
    path("organise/<str:slug>/entries/<int:pk>/accept/", entries.accept, name="organise_accept"),
    path(
        "organise/<str:slug>/entries/<int:pk>/disqualify/",
        entries.disqualify,
        name="organise_disqualify",
    ),
    path("organise/<str:slug>/entries/<int:pk>/contact/", entries.contact, name="organise_contact"),
    path("organise/<str:slug>/entries/<int:pk>/similar/", similar.similar, name="organise_similar"),
    path(
        "organise/<str:slug>/entries/<int:pk>/similar/<int:finding>/",
        similar.finding,
        name="organise_similarity",
    ),
    # organise/<slug>/committee/
    path("organise/<str:slug>/committee/", committee.committee, name="organise_committee"),
    path("organise/<str:slug>/committee/add/", committee.add_judge, name="organise_add_judge"),
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
]
