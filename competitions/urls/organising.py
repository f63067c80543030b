from django.urls import path

from competitions.views import organise_committee, organise_entries, organise_files, organising

urlpatterns = [
    # organise/
    path("organise/", organising.board, name="organise"),
    path("organise/new/", organising.new, name="organise_new"),
    path("organise/preview/", organising.preview, name="organise_preview"),
    # organise/<slug>/
    path("organise/<str:slug>/", organising.overview, name="organise_competition"),
    path("organise/<str:slug>/edit/", organising.edit, name="organise_edit"),
    path("organise/<str:slug>/announce/", organising.announce, name="organise_announce"),
    path("organise/<str:slug>/begin-judging/", organising.begin_judging, name="organise_begin_judging"),
    path("organise/<str:slug>/cancel/", organising.cancel, name="organise_cancel"),
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
