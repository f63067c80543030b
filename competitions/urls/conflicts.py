from django.urls import path

from competitions.views.conflicts import challenges
from competitions.views.conflicts import found as conflicts
from competitions.views.entering import challenge
from competitions.views.judging import challenges as voting

urlpatterns = [
    # entries/<pk>/challenge/
    path("entries/<int:pk>/challenge/", challenge.challenge, name="challenge"),
    # judging/challenges/
    path("judging/challenges/", voting.challenges, name="judging_challenges"),
    path("judging/challenges/<int:pk>/", voting.challenge, name="judging_challenge"),
    # organise/<slug>/conflicts/
    path("organise/<str:slug>/conflicts/", conflicts.conflicts, name="organise_conflicts"),
    path("organise/<str:slug>/conflicts/add/", conflicts.add, name="organise_add_conflict"),
    path("organise/<str:slug>/conflicts/find/", conflicts.find, name="organise_find_conflicts"),
    path("organise/<str:slug>/conflicts/<int:pk>/", conflicts.conflict, name="organise_conflict"),
    path("organise/<str:slug>/conflicts/<int:pk>/close/", challenges.close, name="organise_close_vote"),
    path(
        "organise/<str:slug>/conflicts/challenges/<int:pk>/", challenges.challenge, name="organise_challenge"
    ),
    path(
        "organise/<str:slug>/conflicts/challenges/<int:pk>/answer/",
        challenges.answer,
        name="organise_answer_challenge",
    ),
]
