from django.urls import include, path

from bench import floors

urlpatterns = [
    path("bench/bare/", floors.bare),
    path("bench/insert/", floors.insert),
    path("", include("config.urls")),
]
