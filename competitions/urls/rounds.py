from django.urls import path

from competitions.views.rounds import measured, now_presenting, order, public_order, signals, stage, vote
from competitions.views.rounds.rounds import rounds

urlpatterns = [
    # competitions/<slug>/
    path("competitions/<str:slug>/vote/", vote.vote, name="vote"),
    path("competitions/<str:slug>/order/<str:code>/", public_order.running_order, name="running_order"),
    # judging/
    path("judging/stage/<str:slug>/<str:code>/", stage.stage, name="stage"),
    path("judging/stage/<str:slug>/<str:code>/now/", stage.stage_part, name="stage_part"),
    path("judging/stage/<str:slug>/<str:code>/act/", stage.act, name="stage_act"),
    path("judging/now/<str:slug>/<str:code>/", now_presenting.now_presenting, name="judging_now"),
    path("judging/now/<str:slug>/<str:code>/part/", now_presenting.part, name="judging_now_part"),
    # organise/<slug>/rounds/
    path("organise/<str:slug>/rounds/", rounds, name="organise_rounds"),
    path("organise/<str:slug>/rounds/<str:code>/order/", order.order, name="organise_order"),
    path("organise/<str:slug>/rounds/<str:code>/order/move/", order.move, name="organise_move_turn"),
    path("organise/<str:slug>/rounds/<str:code>/vote/", signals.signals_page, name="organise_vote"),
    path("organise/<str:slug>/measured/<str:code>/", measured.measured, name="organise_measured"),
    path(
        "organise/<str:slug>/measured/<str:code>/import/",
        measured.import_measured,
        name="organise_import_measured",
    ),
]
