from competitions.urls import calls, entering, judging, organising

app_name = "competitions"
urlpatterns = [*calls.urlpatterns, *entering.urlpatterns, *judging.urlpatterns, *organising.urlpatterns]
