from django.urls import path

from competitions.views.calls import documents
from competitions.views.entering import (
    entry,
    files,
    invitations,
    receipts,
    review,
    submitting,
    teams,
    uploads,
)

urlpatterns = [
    path("competitions/<str:slug>/enter/", entry.enter, name="enter"),
    path("entries/", receipts.my_entries, name="my_entries"),
    path("entries/<int:pk>/", entry.entry, name="entry"),
    path("entries/<int:pk>/review/", review.review, name="review_entry"),
    path("entries/<int:pk>/submit/", submitting.submit, name="submit_entry"),
    path("entries/<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("entries/<int:pk>/files/", uploads.begin, name="begin_upload"),
    path("entries/<int:pk>/files/form/", uploads.form, name="upload_form"),
    path("entries/<int:pk>/files/list/", files.files_part, name="files_part"),
    path("entries/<int:pk>/files/<uuid:file>/", uploads.piece, name="upload"),
    path("entries/<int:pk>/files/<uuid:file>/content/", uploads.content, name="attachment"),
    path("entries/<int:pk>/files/<uuid:file>/remove/", uploads.remove, name="remove_attachment"),
    path("entries/<int:pk>/files/<uuid:file>/clean/", uploads.clean, name="clean_attachment"),
    path("entries/<int:pk>/receipt/", receipts.receipt, name="receipt"),
    path("entries/<int:pk>/receipt.pdf", documents.receipt_pdf, name="receipt_pdf"),
    path("entries/<int:pk>/submissions/<int:number>.json", receipts.submission, name="submission"),
    # entries/<pk>/team/
    path("entries/<int:pk>/team/", teams.team, name="team"),
    path("entries/<int:pk>/team/invite/", teams.send_invitation, name="team_invite"),
    path("entries/<int:pk>/team/leave/", teams.leave_team, name="team_leave"),
    path("entries/<int:pk>/team/<int:member>/renew/", teams.renew, name="team_renew"),
    path("entries/<int:pk>/team/<int:member>/remove/", teams.remove, name="team_remove"),
    path("entries/<int:pk>/team/<int:member>/lead/", teams.let_lead, name="team_lead"),
    path("entries/<int:pk>/team/<int:member>/contribution/", teams.contribution, name="team_contribution"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
