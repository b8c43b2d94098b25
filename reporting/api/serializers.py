"""What the addresses give, as the description of the API tells it."""

from typing import Any

from rest_framework import serializers

from exemptions.models import Kind


class DescribedFigure(serializers.Serializer[Any]):
    """A figure in words: what is counted, on which day, of which cases, as a part of what."""

    id = serializers.CharField()
    title = serializers.CharField()
    counted_on = serializers.CharField()
    scope = serializers.CharField()
    numerator = serializers.CharField()
    denominator = serializers.CharField()
    cuts = serializers.ListField(child=serializers.CharField(), help_text="What can be chosen of its cases.")
    href = serializers.URLField(allow_null=True, help_text="For all zones together.")
    municipalities_href = serializers.URLField(allow_null=True, help_text="By municipality, one month at a time.")


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

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), "label": serializers.CharField()}


class FigureAnswer(serializers.Serializer[Any]):
    """A figure over whole months, for all zones together."""

    figure = serializers.CharField()
    title = serializers.CharField()
    to = serializers.DateField()
    as_of = serializers.DateField()
    scope = serializers.ChoiceField(Kind.Scope.choices, allow_null=True)
    kind = serializers.CharField(allow_null=True)
    rows = FigureRow(many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(), **super().get_fields()}


class PlaceRow(FigureRow):
    """One number of one municipality."""

    municipality = serializers.CharField(help_text="CBS code, as GM0344.")
    name = serializers.CharField()


class PlacesAnswer(serializers.Serializer[Any]):
    """A figure in one month by municipality. Counts below 5, and what they follow from, are suppressed."""

    figure = serializers.CharField()
    title = serializers.CharField()
    month = serializers.RegexField(r"^\d{4}-\d{2}$")
    as_of = serializers.DateField()
    rows = PlaceRow(many=True)


class ZoneLine(serializers.Serializer[Any]):
    """A zone with its municipality."""

    municipality = serializers.CharField(help_text="CBS code, as GM0344.")
    name = serializers.CharField()
    zone = serializers.CharField()
    since = serializers.DateField()


class ZoneList(serializers.Serializer[Any]):
    """Every zone that there is or will be."""

    results = ZoneLine(many=True)


class KindLine(serializers.Serializer[Any]):
    """A kind of exemption, as it is from one day until another."""

    code = serializers.CharField()
    name = serializers.CharField()
    scope = serializers.ChoiceField(Kind.Scope.choices)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, help_text="The first day on which it no longer holds.")


class KindList(serializers.Serializer[Any]):
    """Every version of every kind."""

    results = KindLine(many=True)
