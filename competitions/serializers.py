"""Shapes of the API's answers about competitions, for its OpenAPI description."""

from rest_framework import serializers

from competitions.models import Competition, Round
from competitions.states import Phase


class CompetitionSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField(help_text=", ".join(Competition.Kind.values) + ".")
    phase = serializers.ChoiceField(choices=[phase for phase in Phase.values if phase != Phase.DRAFT])
    announced_at = serializers.DateTimeField(allow_null=True)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True, help_text="When results were published.")
    url = serializers.URLField(help_text="The page for people.")


class TrackSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class CriterionSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    track = serializers.CharField(
        allow_null=True, help_text="Code of the only track it holds for; null: all."
    )
    description = serializers.CharField(allow_blank=True)
    max_points = serializers.CharField(help_text="Decimal.")
    weight = serializers.CharField(help_text="Decimal.")
    required = serializers.BooleanField()


class RoundSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Round.Kind.values)
    weight = serializers.CharField(help_text="Decimal.")
    criteria = CriterionSerializer(many=True)


class AwardTierSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField(help_text="Winners at most.")
    prize = serializers.CharField(allow_blank=True)


class CompetitionDetailSerializer(CompetitionSerializer):
    call = serializers.CharField(help_text="The call, in Markdown.")
    tracks = TrackSerializer(many=True)
    rounds = RoundSerializer(many=True)
    award_tiers = AwardTierSerializer(many=True)


class ResultSerializer(serializers.Serializer):
    competition = serializers.CharField(help_text="Slug of the competition.")
    title = serializers.CharField()
    url = serializers.URLField(help_text="The page for people.")
    published_at = serializers.DateTimeField()
    inputs_sha256 = serializers.CharField(help_text="Hash of everything the result depends on.")
    outcome_sha256 = serializers.CharField(
        help_text="Hash of competition, method, inputs_sha256 and entries as canonical JSON."
    )
    file = serializers.URLField(help_text="The file with which anybody recomputes the result.")
    file_sha256 = serializers.CharField(
        allow_null=True,
        help_text="SHA-256 of its content, as the script prints it; null before there were such files.",
    )


MEAN = serializers.CharField(allow_null=True)


class RoundOutcomeSerializer(serializers.Serializer):
    score = serializers.CharField(allow_null=True, help_text="Decimal; null when nobody scored.")
    judges = serializers.IntegerField(help_text="How many gave a mark.")
    criteria = serializers.DictField(child=MEAN, help_text="Means by criterion.")


class EntryOutcomeSerializer(serializers.Serializer):
    code = serializers.CharField()
    track = serializers.CharField(allow_blank=True)
    total = serializers.CharField(allow_null=True, help_text="Decimal; null when incomplete, never zero.")
    place = serializers.IntegerField(allow_null=True, help_text="Shared by equals: 1, 2, 2, 4.")
    rounds = serializers.DictField(child=RoundOutcomeSerializer())
    award = serializers.CharField(allow_null=True, help_text="Code of an award tier.")
    status = serializers.CharField()


class ResultDetailSerializer(ResultSerializer):
    method = serializers.CharField(help_text="Name of the rule; see docs/judging.md.")
    entries = EntryOutcomeSerializer(many=True, help_text="Best first.")
