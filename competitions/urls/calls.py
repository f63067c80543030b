from django.urls import path

from competitions.views.calls import calls, documents, follows, questions
from competitions.views.entering import receipt_check

urlpatterns = [
    path("competitions/", calls.competition_list, name="competition_list"),
    path("competitions/<str:slug>/", calls.competition, name="competition"),
    path("competitions/<str:slug>/poster.pdf", documents.poster, name="poster"),
    path("competitions/<str:slug>/calendar.ics", documents.dates, name="calendar"),
    path("competitions/<str:slug>/questions/", questions.questions, name="questions"),
    path("competitions/<str:slug>/follow/", follows.follow_one, name="follow_call"),
    path("follows/", follows.follow_all, name="follow_calls"),
    path("receipts/", receipt_check.check_form, name="check_receipts"),
    path("receipts/<str:number>/", receipt_check.check_receipt, name="check_receipt"),
]
