from competitions.urls import (
    afterwards,
    calls,
    conflicts,
    deciding,
    entering,
    judging,
    organising,
    paper,
    rounds,
)

app_name = "competitions"
urlpatterns = [
    *afterwards.urlpatterns,
    *calls.urlpatterns,
    *conflicts.urlpatterns,
    *deciding.urlpatterns,
    *entering.urlpatterns,
    *judging.urlpatterns,
    *organising.urlpatterns,
    *paper.urlpatterns,
    *rounds.urlpatterns,
]
