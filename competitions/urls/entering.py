from django.urls import path

from competitions.views import entering, receipts

urlpatterns = [
    path("competitions/<str:slug>/enter/", entering.enter, name="enter"),
    path("entries/", receipts.my_entries, name="my_entries"),
    path("entries/<int:pk>/", entering.entry, name="entry"),
    path("entries/<int:pk>/withdraw/", entering.withdraw, name="withdraw"),
    path("entries/<int:pk>/receipt/", receipts.receipt, name="receipt"),
    path("entries/<int:pk>/submissions/<int:number>.json", receipts.submission, name="submission"),
]
