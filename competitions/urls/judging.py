from django.urls import path

from competitions.views import judging, organise_result, results

urlpatterns = [
    # judging/
    path("judging/", judging.judging, name="judging"),
    path("judging/<int:pk>/", judging.judging_sheet, name="judging_sheet"),
    path("judging/<int:pk>/sign/", judging.judging_sign, name="judging_sign"),
    path("judging/<int:pk>/recuse/", judging.judging_recuse, name="judging_recuse"),
    # organise/<slug>/result/
    path("organise/<str:slug>/result/", organise_result.organise_result, name="organise_result"),
    path("organise/<str:slug>/result/compute/", organise_result.compute_result, name="compute_result"),
    path("organise/<str:slug>/result/job/<uuid:pk>/", organise_result.result_job, name="result_job"),
    path("organise/<str:slug>/result/awards/", organise_result.decide_result, name="decide_result"),
    path("organise/<str:slug>/result/publish/", organise_result.publish_result, name="publish_result"),
    path("organise/<str:slug>/result/case/<int:pk>/", organise_result.publish_case, name="publish_case"),
    # competitions/<slug>/results
    path("competitions/<str:slug>/results/", results.results, name="results"),
    path("competitions/<str:slug>/results.json", results.results_file, name="results_file"),
]
