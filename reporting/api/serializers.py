"""The shape of the answers, from which the description of the API follows."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exemptions.models import KindVersion
from reporting.figures import Figure

LANGUAGE = "nl"
"""The data are in Dutch for everybody: one answer per URL, which any cache may keep."""
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


def build_address(name: str, *args: str) -> str:
    """An absolute URL. Not built from the request: cached answers must not depend on how somebody spelt the host."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


class DescribedFigure(serializers.Serializer[Any]):
    """A figure in words: what is counted, on which day, of which cases, as a part of what."""

    id = serializers.CharField()
    title = serializers.CharField()
    counted_on = serializers.CharField()
    scope = serializers.CharField()
    numerator = serializers.CharField()
    denominator = serializers.CharField()
    cuts = serializers.ListField(
        child=serializers.CharField(), source="public_cuts", help_text="What can be chosen of its cases."
    )
    href = serializers.SerializerMethodField(help_text="For all zones together; null if there is no such answer.")
    municipalities_href = serializers.SerializerMethodField(
        help_text="By municipality, a month each; null if there is no such answer."
    )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_href(self, figure: Figure) -> str | None:
        return build_address("api_figure", figure.id) if figure.is_national else None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_municipalities_href(self, figure: Figure) -> str | None:
        return build_address("api_figure_places", figure.id) if figure.is_municipal else None


class FigureList(serializers.Serializer[Any]):
    """Every public figure."""

    results = DescribedFigure(many=True)


class FigureRow(serializers.Serializer[Any]):
    """One number. `of` is what it is a part of; `count` is null where it was not handed in, or is suppressed."""

    key = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    suppressed = serializers.BooleanField(help_text="There is a number, and it is hidden.")

    def get_fields(self) -> Fields:
        fields = super().get_fields()
        return {"key": fields.pop("key"), "label": serializers.CharField(), **fields}


class FigureAnswer(serializers.Serializer[Any]):
    """A figure over whole months, for all zones together."""

    figure = serializers.CharField()
    title = serializers.CharField()
    to = serializers.DateField()
    as_of = serializers.DateField()
    kind = serializers.CharField(allow_null=True)
    scope = serializers.ChoiceField(KindVersion.Scope.choices, allow_null=True)
    rows = FigureRow(many=True)

    def get_fields(self) -> Fields:
        fields = super().get_fields()
        first = {name: fields.pop(name) for name in ("figure", "title")}
        return {**first, "from": serializers.DateField(), **fields}


class PlaceRow(FigureRow):
    """One number of one municipality."""

    municipality = serializers.CharField(help_text="CBS code, as GM0344.")
    name = serializers.CharField()

    def get_fields(self) -> Fields:
        fields = super().get_fields()
        return {**{name: fields.pop(name) for name in ("municipality", "name")}, **fields}


class PlacesAnswer(serializers.Serializer[Any]):
    """A figure in one month by municipality. Counts below 5, and what they follow from, are suppressed."""

    figure = serializers.CharField()
    title = serializers.CharField()
    month = serializers.RegexField(r"^\d{4}-\d{2}$")
    as_of = serializers.DateField()
    rows = PlaceRow(many=True)


class ZoneLine(serializers.Serializer[Any]):
    """A zone with its municipality."""

    municipality = serializers.CharField(source="municipality.cbs_code", help_text="CBS code, as GM0344.")
    name = serializers.CharField(source="municipality.name")
    zone = serializers.CharField(source="name")
    since = serializers.DateField(source="starts_on")


class ZoneList(serializers.Serializer[Any]):
    """Every zone that there is or will be."""

    results = ZoneLine(many=True)


class KindLine(serializers.Serializer[Any]):
    """A kind of exemption, as it is from one day until another."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()
    scope = serializers.ChoiceField(KindVersion.Scope.choices)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, help_text="The first day on which it no longer holds.")

    def get_name(self, kind: KindVersion) -> str:
        return kind.text("name", LANGUAGE)


class KindList(serializers.Serializer[Any]):
    """Every version of every kind."""

    results = KindLine(many=True)
