"""/search/: the same search as the page's."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError

from casebook.api.base import ListEndpoint, page_url, text_parameter, text_parameters
from casebook.api.records import WORK_FIELD
from casebook.models import SearchDocument
from casebook.search.query import search, snippets
from casebook.serializers import FoundSerializer, ProblemSerializer

KINDS = SearchDocument.Kind.values
TEXT = OpenApiParameter("q", str, description="Words to look for, Korean or English; empty: the newest.")
KIND = OpenApiParameter("kind", str, enum=KINDS, description="Only prompts or only cases.")


class Search(ListEndpoint):
    """Published prompts and cases that hold all the words; if none does, those that hold any."""

    @extend_schema(
        parameters=[TEXT, KIND, WORK_FIELD],
        responses={200: FoundSerializer(many=True), 400: ProblemSerializer},
    )
    def get(self, request):
        self.found = search(
            text_parameter(request, "q"),
            kind=kind_parameter(request),
            work_field=text_parameters(request, "work_field"),
        )
        columns = ("pk", "kind", "uid", "external_id", "slug", "title", "summary", "work_field__code")
        return self.paged(self.found.documents.values_list(*columns, named=True))

    def present(self, rows):
        texts = snippets(rows, self.found.words)
        return [self._row(row, snippet=texts.get(row.pk, "")) for row in rows]

    def _row(self, row, *, snippet):
        document = SearchDocument(kind=row.kind, slug=row.slug)
        return {
            "kind": row.kind,
            "uid": row.uid,
            "external_id": row.external_id,
            "title": row.title,
            "url": page_url(self.request, document.url),
            "summary": row.summary,
            "snippet": snippet,
            "work_field": row.work_field__code,
        }


def kind_parameter(request):
    kind = text_parameter(request, "kind")
    if kind and kind not in KINDS:
        message = _("“%(kind)s” is not a kind. Ask for kind=%(kinds)s, or leave it out.")
        raise ParseError(message % {"kind": kind[:50], "kinds": ", kind=".join(KINDS)})
    return kind
