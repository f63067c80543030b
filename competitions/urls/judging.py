from django.urls import path

from competitions.views.judging import files, in_file, invitation, room, sheets, signing, ties
from competitions.views.organise import (
    awards,
    firmness,
    progress,
    reports,
    result,
    revocations,
    standing_board,
)
from competitions.views.results import opinion, pages, verifier
from competitions.views.results import reports as reporting

urlpatterns = [
    # judging/
    path("judging/", room.judging, name="judging"),
    path("judging/sign/", signing.judging_sign_many, name="judging_sign_many"),
    path("judging/invitation/<str:token>/", invitation.invitation, name="judge_invitation"),
    path("judging/ties/<str:slug>/", ties.ties, name="judge_ties"),
    path("judging/appointment/<str:slug>/", ties.letter, name="judge_letter"),
    path("judging/<int:pk>/", sheets.judging_sheet, name="judging_sheet"),
    path("judging/<int:pk>/files/<int:number>/", files.judging_file, name="judging_file"),
    path("judging/<int:pk>/sign/", signing.judging_sign, name="judging_sign"),
    path("judging/<int:pk>/proof/", signing.judging_proof, name="judging_proof"),
    path("judging/<int:pk>/proof.<str:format>", signing.judging_proof_file, name="judging_proof_file"),
    path("judging/<int:pk>/recuse/", sheets.judging_recuse, name="judging_recuse"),
    path("judging/file/<str:slug>/", in_file.in_file, name="judging_in_file"),
    # organise/<slug>/result/
    path("organise/<str:slug>/result/", result.organise_result, name="organise_result"),
    path("organise/<str:slug>/result/compute/", result.compute_result, name="compute_result"),
    path("organise/<str:slug>/result/job/<uuid:pk>/", result.result_job, name="result_job"),
    path("organise/<str:slug>/result/progress/", progress.progress, name="result_progress"),
    path("organise/<str:slug>/result/order/", standing_board.board, name="organise_standings"),
    path("organise/<str:slug>/result/firmness/", firmness.firmness, name="organise_firmness"),
    path("organise/<str:slug>/result/awards/", awards.decide_result, name="decide_result"),
    path("organise/<str:slug>/result/publish/", result.publish_result, name="publish_result"),
    path("organise/<str:slug>/result/case/<int:pk>/", result.publish_case, name="publish_case"),
    path("organise/<str:slug>/result/reports/", reports.reports, name="organise_reports"),
    path("organise/<str:slug>/result/reports/<int:pk>/", reports.report, name="organise_report"),
    path("organise/<str:slug>/result/revoke/<int:award>/", revocations.revoke, name="organise_revoke"),
    path(
        "organise/<str:slug>/result/revoke/<int:award>/decide/",
        revocations.decide,
        name="organise_decide_revocation",
    ),
    path(
        "organise/<str:slug>/result/revoke/<int:award>/next/",
        revocations.give_to_next,
        name="organise_move_up",
    ),
    # competitions/<slug>/report/, entries/<pk>/revocation/
    path("competitions/<str:slug>/report/", reporting.report, name="report_candidate"),
    path("entries/<int:pk>/revocation/", opinion.entry_revocation, name="entry_revocation"),
    # competitions/<slug>/results
    path("competitions/<str:slug>/results/", pages.results, name="results"),
    path("competitions/<str:slug>/results.json", pages.results_file, name="results_file"),
    path("competitions/verify_results.py", verifier.script, name="verify_results"),
]
