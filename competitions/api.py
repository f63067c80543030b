"""/competitions/ and /results/ of the read-only public API (docs/api.md)."""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from casebook.api.base import Endpoint, ListEndpoint, page_url
from casebook.serializers import ProblemSerializer
from competitions.models import Competition, Result
from competitions.results import points_text
from competitions.serializers import (
    CompetitionDetailSerializer,
    CompetitionSerializer,
    ResultDetailSerializer,
    ResultSerializer,
)
from competitions.states import CompetitionState

RESULT_COLUMNS = (
    "competition__slug",
    "competition__title",
    "published_at",
    "inputs_sha256",
    "outcome_sha256",
    "file_sha256",
)


class CompetitionList(ListEndpoint):
    """Announced competitions, newest first."""

    @extend_schema(responses=CompetitionSerializer(many=True))
    def get(self, request):
        return self.paged(Competition.objects.public().defer("call"))

    def present(self, rows):
        at = timezone.now()
        return [competition_json(row, at=at, request=self.request) for row in rows]


class CompetitionDetail(Endpoint):
    """One competition: call, dates, tracks, rounds with criteria, awards."""

    @extend_schema(responses={200: CompetitionDetailSerializer, 404: ProblemSerializer})
    def get(self, request, slug):
        competition = Competition.objects.public().filter(slug=slug).first()
        if competition is None:
            raise NotFound(_("No public competition has this address. See the list of competitions."))
        shown = competition_json(competition, at=timezone.now(), request=request)
        return Response(shown | rule_json(competition))


class ResultList(ListEndpoint):
    """Published results, newest first."""

    @extend_schema(responses=ResultSerializer(many=True))
    def get(self, request):
        return self.paged(published_results().values_list(*RESULT_COLUMNS))

    def present(self, rows):
        return [result_json(*row, request=self.request) for row in rows]


class ResultDetail(Endpoint):
    """One published result: every judged entry with its scores, place and award. Names nobody."""

    @extend_schema(responses={200: ResultDetailSerializer, 404: ProblemSerializer})
    def get(self, request, slug):
        result = published_results().defer("file", "advice").filter(competition__slug=slug).first()
        if result is None:
            raise NotFound(_("No result is published at this address. See the list of published results."))
        about = result_json(
            result.competition.slug,
            result.competition.title,
            result.published_at,
            result.inputs_sha256,
            result.outcome_sha256,
            result.file_sha256,
            request=request,
        )
        return Response(about | result.outcome)


def published_results():
    results = Result.objects.filter(competition__state=CompetitionState.PUBLISHED, published_at__isnull=False)
    return results.select_related("competition").order_by("-published_at", "-id")


def result_json(slug, title, published_at, inputs_sha256, outcome_sha256, file_sha256, *, request):
    return {
        "competition": slug,
        "title": title,
        "url": page_url(request, reverse("competitions:results", args=[slug])),
        "published_at": published_at,
        "inputs_sha256": inputs_sha256,
        "outcome_sha256": outcome_sha256,
        "file": page_url(request, reverse("competitions:results_file", args=[slug])),
        "file_sha256": file_sha256 or None,
    }


def competition_json(competition, *, at, request):
    return {
        "slug": competition.slug,
        "title": competition.title,
        "kind": competition.kind,
        "phase": competition.phase(at),
        "announced_at": competition.announced_at,
        "opens_at": competition.opens_at,
        "closes_at": competition.closes_at,
        "published_at": competition.published_at,
        "url": page_url(request, competition.get_absolute_url()),
    }


def rule_json(competition):
    """The parts of a competition's rule, in three queries, one for all criteria and one for their tracks."""
    rounds = competition.rounds.prefetch_related("criteria__track")
    return {
        "call": competition.call,
        "tracks": list(competition.tracks.values("code", "name")),
        "rounds": [round_json(each) for each in rounds],
        "award_tiers": list(competition.award_tiers.values("code", "name", "count", "prize")),
    }


def round_json(row):
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "weight": points_text(row.weight),
        "criteria": [criterion_json(criterion) for criterion in row.criteria.all()],
    }


def criterion_json(row):
    return {
        "code": row.code,
        "name": row.name,
        "track": row.track.code if row.track else None,
        "description": row.description,
        "max_points": points_text(row.max_points),
        "weight": points_text(row.weight),
        "required": row.required,
    }


urlpatterns = [
    path("competitions/", CompetitionList.as_view(), name="competitions"),
    path("competitions/<str:slug>/", CompetitionDetail.as_view(), name="competition"),
    path("results/", ResultList.as_view(), name="results"),
    path("results/<str:slug>/", ResultDetail.as_view(), name="result"),
]
