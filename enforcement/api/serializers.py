"""What programs of municipalities send and get, for the description of the API."""

from typing import Any

from rest_framework import serializers

from enforcement.answers import GROUNDS
from enforcement.models import ExemptionChange
from enforcement.questions import LONGEST_PLATE, ZONE


class QuestionFields(serializers.Serializer[Any]):
    """May this vehicle be in this zone at this moment? `questions.read_question` reads it."""

    plate = serializers.CharField(max_length=LONGEST_PLATE, help_text="Letters and digits, with or without dashes.")
    country = serializers.RegexField(r"^[A-Z]{2}$", default="NL", help_text="Where the plate was issued (ISO 3166).")
    zone = serializers.RegexField(rf"^{ZONE.pattern}$", help_text="The CBS code of the zone's municipality.")
    at = serializers.DateTimeField(required=False, help_text="The moment, with its offset; now where it is left out.")


class AnswerFields(serializers.Serializer[Any]):
    """Never whose exemption it is, and never why it was granted."""

    allowed = serializers.BooleanField(allow_null=True, help_text="null: the register is silent, and nobody knows.")
    by = serializers.ChoiceField(choices=GROUNDS, allow_null=True)
    rule = serializers.CharField(allow_null=True, help_text="The code of the rule or of the automatic exemption.")
    until = serializers.DateTimeField(allow_null=True, help_text="From then on what `by` names no longer holds.")
    reference = serializers.CharField(allow_null=True, help_text="Of the decision that granted the exemption.")


class ChangeFields(serializers.ModelSerializer[ExemptionChange]):
    """What enforcement sees of an exemption from now on."""

    zone = serializers.CharField(
        source="municipality.cbs_code", allow_null=True, default=None, help_text="null: in every zone."
    )
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    paused_from = serializers.DateTimeField(
        allow_null=True,
        help_text="From then until `paused_until` it does not hold: another vehicle has it.",
    )
    paused_until = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()

    class Meta:
        model = ExemptionChange
        pauses = ("paused_from", "paused_until")
        fields = ("reference", "plate", "country", "zone", "what", "starts_at", "ends_at", *pauses, "at")


class ChangesPage(serializers.Serializer[Any]):
    """Some lines, and the cursor with which the next request goes on."""

    results = ChangeFields(many=True)
    next = serializers.CharField()
