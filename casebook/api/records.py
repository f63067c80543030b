"""/prompts/ and /cases/: published records with their versions."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from casebook.api.base import Endpoint, ListEndpoint, page_url, text_parameters
from casebook.models import Case, CaseVersion, Prompt, PromptVersion
from casebook.search.query import narrow
from casebook.serializers import ProblemSerializer, RecordDetailSerializer, RecordSerializer
from casebook.states import VersionState

VERSIONS = {"prompt": PromptVersion, "case": CaseVersion}
COLUMNS = {
    "field": F("work_field__code"),
    "version": F("current__number"),
    "content_sha256": F("current__content_sha256"),
}
WORK_FIELD = OpenApiParameter(
    "work_field", str, many=True, description="Code of a field of work; its children count. May be repeated."
)


def record_values(rows):
    return rows.values("uid", "external_id", "slug", "title", "summary", "published_at", **COLUMNS)


def record_json(row, *, kind, request):
    return {
        "uid": row["uid"],
        "external_id": row["external_id"],
        "slug": row["slug"],
        "title": row["title"],
        "summary": row["summary"],
        "work_field": row["field"],
        "url": page_url(request, reverse(f"casebook:{kind}", args=[row["slug"]])),
        "version": row["version"],
        "content_sha256": row["content_sha256"],
        "published_at": row["published_at"],
    }


class RecordList(ListEndpoint):
    model = None

    @extend_schema(parameters=[WORK_FIELD], responses=RecordSerializer(many=True))
    def get(self, request):
        rows = narrow(self.model.objects.published(), work_field=text_parameters(request, "work_field"))
        return self.paged(record_values(rows))

    def present(self, rows):
        return [record_json(row, kind=self.model.kind, request=self.request) for row in rows]


class RecordDetail(Endpoint):
    model = None

    @extend_schema(responses={200: RecordDetailSerializer, 404: ProblemSerializer})
    def get(self, request, uid):
        rows = record_values(self.model.objects.published().filter(uid=uid))
        row = rows.annotate(content=F("current__content"), record=F("pk")).first()
        if row is None:
            raise NotFound(_("Nothing published has this uid. It may be wrong, or the record was retired."))
        shown = record_json(row, kind=self.model.kind, request=request)
        return Response(shown | {"content": row["content"], "versions": self._versions(row["record"])})

    def _versions(self, pk):
        versions = VERSIONS[self.model.kind].objects.filter(record=pk, state=VersionState.PUBLISHED)
        return list(versions.values("number", "content_sha256", "published_at", "note"))


class PromptList(RecordList):
    """Published prompts, newest first."""

    model = Prompt


class PromptDetail(RecordDetail):
    """One published prompt with its content and all published versions."""

    model = Prompt


class CaseList(RecordList):
    """Published cases, newest first."""

    model = Case


class CaseDetail(RecordDetail):
    """One published case with its content and all published versions."""

    model = Case
