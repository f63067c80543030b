from django.urls import path

from competitions.views import (
    organise_committee,
    organise_entries,
    organise_files,
    organise_rules,
    organise_similar,
    organise_start,
    organising,
)

urlpatterns = [
    # organise/
    path("organise/", organising.board, name="organise"),
    path("organise/new/", organising.new, name="organise_new"),
    path("organise/preview/", organising.preview, name="organise_preview"),
    path("organise/start/", organise_start.start, name="organise_start"),
    # organise/<slug>/
    path("organise/<str:slug>/", organising.overview, name="organise_competition"),
    path("organise/<str:slug>/call.yaml", organise_start.call_file, name="organise_call_file"),
    path("organise/<str:slug>/edit/", organising.edit, name="organise_edit"),
    path("organise/<str:slug>/announce/", organising.announce, name="organise_announce"),
    path("organise/<str:slug>/begin-judging/", organising.begin_judging, name="organise_begin_judging"),
    path("organise/<str:slug>/cancel/", organising.cancel, name="organise_cancel"),
    # organise/<slug>/rules/
    path("organise/<str:slug>/rules/", organise_rules.rules, name="organise_rules"),
    path("organise/<str:slug>/rules/override/", organise_rules.override, name="organise_override"),
    path(
        "organise/<str:slug>/rules/override/<int:pk>/withdraw/",
        organise_rules.withdraw,
        name="organise_withdraw_override",
    ),
    path("organise/<str:slug>/rules/similar/", organise_rules.similar, name="organise_note_similar"),
    path("organise/<str:slug>/rules/verify/", organise_rules.verify, name="organise_verify"),
    path(
        "organise/<str:slug>/rules/judge-again/", organise_rules.back_to_judging, name="organise_judge_again"
    ),
    # organise/<slug>/entries/
    path("organise/<str:slug>/entries/", organise_entries.entries, name="organise_entries"),
    path("organise/<str:slug>/entries/accept/", organise_entries.accept_many, name="organise_accept_many"),
    path(
        "organise/<str:slug>/entries/import/", organise_files.import_entries, name="organise_import_entries"
    ),
    path("organise/<str:slug>/entries/<int:pk>/", organise_entries.entry, name="organise_entry"),
    path("organise/<str:slug>/entries/<int:pk>/accept/", organise_entries.accept, name="organise_accept"),
    path(
        "organise/<str:slug>/entries/<int:pk>/disqualify/",
        organise_entries.disqualify,
        name="organise_disqualify",
    ),
    path("organise/<str:slug>/entries/<int:pk>/contact/", organise_entries.contact, name="organise_contact"),
    path("organise/<str:slug>/entries/<int:pk>/similar/", organise_similar.similar, name="organise_similar"),
    path(
        "organise/<str:slug>/entries/<int:pk>/similar/<int:finding>/",
        organise_similar.finding,
        name="organise_similarity",
    ),
    # organise/<slug>/committee/
    path("organise/<str:slug>/committee/", organise_committee.committee, name="organise_committee"),
    path("organise/<str:slug>/committee/add/", organise_committee.add_judge, name="organise_add_judge"),
    path(
        "organise/<str:slug>/committee/import/", organise_files.import_scores, name="organise_import_scores"
    ),
    path(
        "organise/<str:slug>/committee/<int:pk>/", organise_committee.assignments, name="organise_assignments"
    ),
    path(
        "organise/<str:slug>/committee/<int:pk>/remove/",
        organise_committee.drop_judge,
        name="organise_drop_judge",
    ),
    path(
        "organise/<str:slug>/committee/rounds/<str:code>/assign/",
        organise_committee.assign_everything,
        name="organise_assign_all",
    ),
]
