"""Shapes of the API's answers, for its OpenAPI description. The answers themselves come from values()."""

from rest_framework import serializers

from casebook.models import SearchDocument


class RecordSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    external_id = serializers.CharField(allow_null=True, help_text="Identifier from where it came from.")
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    work_field = serializers.CharField(allow_null=True, help_text="Code of the field of work.")
    url = serializers.URLField(help_text="The page for people.")
    version = serializers.IntegerField(help_text="Number of the version in force.")
    content_sha256 = serializers.CharField(help_text="SHA-256 of the content's canonical JSON.")
    published_at = serializers.DateTimeField()


class VersionSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    content_sha256 = serializers.CharField()
    published_at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True, help_text="What changed.")


class RecordDetailSerializer(RecordSerializer):
    content = serializers.DictField(help_text="The whole content, in the shape of the JSON export.")
    versions = VersionSerializer(many=True, help_text="All published versions, oldest first.")


class FoundSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=SearchDocument.Kind.values)
    uid = serializers.UUIDField()
    external_id = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    url = serializers.URLField(help_text="The page for people.")
    summary = serializers.CharField(allow_blank=True)
    snippet = serializers.CharField(allow_blank=True, help_text="Plain text around the first word found.")
    work_field = serializers.CharField(allow_null=True)


class FormatSerializer(serializers.Serializer):
    name = serializers.CharField()
    extension = serializers.CharField()
    media_type = serializers.CharField()


class EditionsSerializer(serializers.Serializer):
    prompts = serializers.IntegerField()
    cases = serializers.IntegerField()
    formats = FormatSerializer(many=True, help_text="Formats in which the whole casebook can be had.")
    url = serializers.URLField(help_text="The page that hands them out.")


class ProblemSerializer(serializers.Serializer):
    detail = serializers.CharField(help_text="What is wrong and what to do, in a sentence.")
