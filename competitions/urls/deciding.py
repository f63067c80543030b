from django.urls import path

from competitions.views.judging import deliberation as discussing
from competitions.views.judging import meetings as attending
from competitions.views.judging import running
from competitions.views.organise import deliberation, meetings

urlpatterns = [
    # judging/deliberation/<slug>/
    path("judging/deliberation/<str:slug>/", discussing.deliberation, name="judging_deliberation"),
    path("judging/deliberation/<str:slug>/<int:pk>/", discussing.deliberated, name="judging_deliberated"),
    # judging/meetings/<pk>/
    path("judging/meetings/<int:pk>/", attending.meeting, name="meeting"),
    path("judging/meetings/<int:pk>/minutes.pdf", attending.minutes_pdf, name="minutes_pdf"),
    path("judging/meetings/<int:pk>/run/", running.run, name="run_meeting"),
    path("judging/meetings/<int:pk>/sign/", attending.sign, name="sign_minutes"),
    path("judging/meetings/<int:pk>/vote/<int:motion>/", attending.vote, name="vote_on_motion"),
    # organise/<slug>/
    path("organise/<str:slug>/deliberation/", deliberation.deliberation, name="organise_deliberation"),
    path("organise/<str:slug>/deliberation/<int:pk>/", deliberation.deliberated, name="organise_deliberated"),
    path("organise/<str:slug>/meetings/", meetings.meetings, name="organise_meetings"),
    path("organise/<str:slug>/meetings/new/", meetings.new_meeting, name="organise_new_meeting"),
    path("organise/<str:slug>/meetings/<int:pk>/edit/", meetings.edit_meeting, name="organise_edit_meeting"),
    path("organise/<str:slug>/meetings/<int:pk>/cancel/", meetings.cancel, name="organise_cancel_meeting"),
]
