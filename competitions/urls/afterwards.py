"""After the publication of results."""

from django.urls import path

from competitions.views.organise import appeals, certificates, feedback, publication, reports, statistics
from competitions.views.results import appeals as appealing
from competitions.views.results import certificates as checking

urlpatterns = [
    # certificates/
    path("certificates/", checking.check_form, name="check_certificates"),
    path("certificates/<str:code>/", checking.check_certificate, name="check_certificate"),
    # entries/<pk>/
    path("entries/<int:pk>/certificate.pdf", checking.own_certificate, name="own_certificate"),
    path("entries/<int:pk>/appeal/", appealing.appeal, name="appeal"),
    path("entries/<int:pk>/appeal/<int:appeal>/withdraw/", appealing.withdraw, name="withdraw_appeal"),
    # organise/<slug>/
    path("organise/<str:slug>/appeals/", appeals.appeals, name="organise_appeals"),
    path("organise/<str:slug>/appeals/<int:pk>/", appeals.appeal, name="organise_appeal"),
    path("organise/<str:slug>/certificates/", certificates.certificates, name="organise_certificates"),
    path("organise/<str:slug>/certificates/pack/", certificates.pack, name="organise_pack_certificates"),
    path("organise/<str:slug>/certificates/<int:pk>/", certificates.certificate, name="organise_certificate"),
    path(
        "organise/<str:slug>/certificates/<int:pk>/paper.pdf",
        certificates.paper,
        name="organise_certificate_pdf",
    ),
    path("organise/<str:slug>/feedback/", feedback.feedback, name="organise_feedback"),
    path("organise/<str:slug>/feedback/<int:pk>/withhold/", feedback.keep_back, name="organise_withhold"),
    path("organise/<str:slug>/feedback/<int:pk>/let-through/", feedback.let_go, name="organise_let_through"),
    path("organise/<str:slug>/publication/", publication.publication, name="organise_publication"),
    path(
        "organise/<str:slug>/result/reports/<int:pk>/files/<uuid:file>/",
        reports.evidence,
        name="organise_evidence",
    ),
    path("organise/<str:slug>/statistics/", statistics.statistics, name="organise_statistics"),
    path("organise/<str:slug>/statistics.csv", statistics.statistics_file, name="organise_statistics_file"),
]
