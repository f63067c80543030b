from django.urls import path

from competitions.views import calls

urlpatterns = [
    path("competitions/", calls.competition_list, name="competition_list"),
    path("competitions/<str:slug>/", calls.competition, name="competition"),
]
