from django.urls import path

from casebook.api import editions, records, search

urlpatterns = [
    path("prompts/", records.PromptList.as_view(), name="prompts"),
    path("prompts/<uuid:uid>/", records.PromptDetail.as_view(), name="prompt"),
    path("cases/", records.CaseList.as_view(), name="cases"),
    path("cases/<uuid:uid>/", records.CaseDetail.as_view(), name="case"),
    path("search/", search.Search.as_view(), name="search"),
    path("editions/", editions.Editions.as_view(), name="editions"),
]
