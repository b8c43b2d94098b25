"""Input and output of the API."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import Deadline, Event
from casework.steps import find_applicant_texts
from exemptions.models import Application, Decision, Status
from zones import plates


class AccessQuestion(serializers.Serializer[Any]):
    """Which vehicle wants to enter, and on which day."""

    plate = serializers.CharField(
        min_length=1, max_length=20, help_text="Letters and digits, with or without dashes; another plate is refused."
    )
    on = serializers.DateField(required=False, help_text="The day of entry; today where it is left out.")

    def validate_plate(self, value: str) -> str:
        """Normalise the plate to the form that the register uses."""
        if problem := plates.find_plate_problem(value):
            raise serializers.ValidationError(problem)
        return plates.normalise(value)

    def validate_on(self, value: date) -> date:
        """Refuse a day for which there can be no rule."""
        if not 2000 <= value.year <= 2100:
            raise serializers.ValidationError("A day between 2000 and 2100.")
        return value


class Vehicle(serializers.Serializer[Any]):
    """The facts about the vehicle that the rules need."""

    category = serializers.CharField(allow_null=True)
    subtype = serializers.CharField(allow_null=True)
    emission_class = serializers.CharField(allow_null=True)
    first_admission = serializers.DateField(allow_null=True)
    plug_in_hybrid = serializers.BooleanField(allow_null=True)


class ZoneAnswer(serializers.Serializer[Any]):
    """The answer for one zone."""

    zone = serializers.CharField(source="zone.name")
    municipality = serializers.CharField(source="zone.municipality.cbs_code")
    allowed = serializers.BooleanField(source="decision.allowed", allow_null=True)
    until = serializers.DateField(source="decision.until", allow_null=True, help_text="The first day without access.")
    rule = serializers.CharField(source="decision.rule")
    reason = serializers.CharField(source="decision.reason")


class AccessAnswer(serializers.Serializer[Any]):
    """The vehicle as the register knows it, and the answer for each zone."""

    on = serializers.DateField()
    register_as_of = serializers.DateTimeField()
    register_answer_is_kept = serializers.BooleanField(help_text="The register was down; this is its last answer.")
    vehicle = Vehicle()
    zones = ZoneAnswer(many=True)


class ApplicationLine(serializers.ModelSerializer[Application]):
    """An application in a list."""

    number = serializers.CharField(source="dossier.number", allow_null=True)
    kind = serializers.CharField(source="kind.code", allow_null=True, default=None)
    municipality = serializers.CharField(source="municipality.cbs_code", allow_null=True, default=None)
    applicant = serializers.CharField(source="applicant.name", allow_null=True, default=None)
    status = serializers.CharField(source="shown_status")

    class Meta:
        model = Application
        fields: tuple[str, ...] = (
            "key",
            "number",
            "status",
            "kind",
            "municipality",
            "applicant",
            "plate",
            "received_at",
            "decide_by",
        )


class EventLine(serializers.ModelSerializer[Event]):
    """A step that was taken."""

    class Meta:
        model = Event
        fields = ("at", "step", "from_status", "to_status")


class DeadlineLine(serializers.ModelSerializer[Deadline]):
    """An open deadline with its last day."""

    class Meta:
        model = Deadline
        fields = ("kind", "due")


def hide_proposal(line: dict[str, Any]) -> dict[str, Any]:
    """Replace the status 'proposed' by 'in review', for readers who may not know of a proposal."""
    return {name: Status.IN_REVIEW if value == Status.PROPOSED else value for name, value in line.items()}


class ApplicationDetail(ApplicationLine):
    """One application, with its events and open deadlines."""

    events = serializers.SerializerMethodField()
    deadlines = serializers.SerializerMethodField()

    class Meta(ApplicationLine.Meta):
        fields = (*ApplicationLine.Meta.fields, "events", "deadlines")

    @extend_schema_field(EventLine(many=True))
    def get_events(self, application: Any) -> Any:
        """All events for users who see the case at the desk; the applicant's side gets no internal steps."""
        events = application.dossier.events.filter(case_type=Application.CASE_TYPE, case_id=application.pk)
        if not application.is_at_desk:
            events = events.filter(step__in=find_applicant_texts(Application))
        lines = EventLine(events, many=True).data
        return lines if application.is_at_desk else [hide_proposal(line) for line in lines]

    @extend_schema_field(DeadlineLine(many=True))
    def get_deadlines(self, application: Application) -> Any:
        """The open deadlines of the application."""
        own = application.dossier.deadlines.open().filter(case_type=Application.CASE_TYPE, case_id=application.pk)
        return DeadlineLine(own, many=True).data


class DecisionQuestion(serializers.Serializer[Any]):
    """The vehicle for which a decision is checked."""

    plate = serializers.CharField(
        max_length=20, required=False, help_text="The plate of the vehicle: `gives_access` is about this one alone."
    )

    def validate_plate(self, value: str) -> str:
        """Normalise the plate to the form in which it is stored."""
        return plates.normalise(value)


class DecisionAnswer(serializers.ModelSerializer[Decision]):
    """Whether a decision exists and gives this vehicle access now; no personal data, and no plate."""

    gives_access = serializers.SerializerMethodField(
        help_text="True only for the plate that the exemption is for; null where no plate was given."
    )
    municipality = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = ("reference", "outcome", "starts_on", "ends_on", "gives_access", "municipality")

    def get_gives_access(self, decision: Decision) -> bool | None:
        """Whether the decision gives this vehicle access at this moment."""
        exemption, plate = getattr(decision, "exemption", None), self.context.get("plate")
        if exemption is None or not exemption.is_valid(now=timezone.now()):
            return False
        return exemption.plate == plate if plate else None

    def get_municipality(self, decision: Decision) -> str | None:
        """The CBS code of the municipality; null if the decision holds in every zone."""
        municipality = decision.application.municipality
        return municipality.cbs_code if municipality else None
