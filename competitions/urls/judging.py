from django.urls import path

from competitions.views.judging import sheets
from competitions.views.organise import result
from competitions.views.results import pages

urlpatterns = [
    # judging/
    path("judging/", sheets.judging, name="judging"),
    path("judging/<int:pk>/", sheets.judging_sheet, name="judging_sheet"),
    path("judging/<int:pk>/sign/", sheets.judging_sign, name="judging_sign"),
    path("judging/<int:pk>/recuse/", sheets.judging_recuse, name="judging_recuse"),
    # organise/<slug>/result/
    path("organise/<str:slug>/result/", result.organise_result, name="organise_result"),
    path("organise/<str:slug>/result/compute/", result.compute_result, name="compute_result"),
    path("organise/<str:slug>/result/job/<uuid:pk>/", result.result_job, name="result_job"),
    path("organise/<str:slug>/result/awards/", result.decide_result, name="decide_result"),
    path("organise/<str:slug>/result/publish/", result.publish_result, name="publish_result"),
    path("organise/<str:slug>/result/case/<int:pk>/", result.publish_case, name="publish_case"),
    # competitions/<slug>/results
    path("competitions/<str:slug>/results/", pages.results, name="results"),
    path("competitions/<str:slug>/results.json", pages.results_file, name="results_file"),
]
