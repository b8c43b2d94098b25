"""Views of the API."""

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, inline_serializer
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.rate import NetworkThrottle
from casework.limits import is_within_lookups
from exemptions.api.serializers import (
    AccessAnswer,
    AccessQuestion,
    ApplicationDetail,
    ApplicationLine,
    DecisionAnswer,
    DecisionQuestion,
)
from exemptions.models import Application, Decision, Status
from zones import register
from zones.access import access_per_zone
from zones.models import Zone, current_rule_book

if TYPE_CHECKING:
    from accounts.models import User

Problem = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(required=False),
        "errors": serializers.JSONField(required=False),
    },
)


def describe_problems(*codes: int) -> dict[tuple[int, str], Any]:
    """Error responses with these codes, for the OpenAPI description."""
    return {(code, "application/problem+json"): Problem for code in codes}


class RegisterAway(APIException):
    """The vehicle register does not respond."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "The vehicle register gives no answer now. Try again later."


class AccessChecks(APIView):
    """Checks whether a vehicle may enter."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_classes = (NetworkThrottle,)

    @extend_schema(
        operation_id="access_check",
        request=AccessQuestion,
        responses={200: AccessAnswer, **describe_problems(400, 404, 415, 429, 503)},
    )
    def post(self, request: Request) -> Response:
        """Look the vehicle up in the register and answer per zone; the plate travels in the body."""
        question = AccessQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        on = question.validated_data.get("on") or timezone.localdate()
        if not is_within_lookups(request._request):
            raise Throttled(wait=60)
        found = register.look_up(question.validated_data["plate"])
        if isinstance(found, register.RegisterDown):
            raise RegisterAway
        if isinstance(found, register.NotFound):
            raise NotFound("The vehicle register does not know this plate.")
        today = timezone.localdate()
        zones = Zone.objects.in_force(on=today).select_related("municipality")
        answers = access_per_zone(found.facts, on=on, zones=zones, book=current_rule_book(on=today))
        answer = {
            "on": on,
            "register_as_of": found.as_of,
            "register_answer_is_kept": found.stale,
            "vehicle": found.facts,
            "zones": answers,
        }
        return Response(AccessAnswer(answer).data)


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 3})
class KindFilter(filters.CharFilter):
    """The code of a kind; an unknown one matches no applications."""


class ApplicationFilter(filters.FilterSet):
    """Filters applications. Refuses a parameter without a value: it would match everything, which nobody means."""

    status = filters.ChoiceFilter(method="filter_status", choices=Status.choices)
    kind = KindFilter(field_name="kind__kind", max_length=3)
    due_before = filters.DateFilter(field_name="decide_by", lookup_expr="lt")

    def filter_status(self, rows: Any, _name: str, status: str) -> Any:
        """Filter by the status that is shown, after narrowing down by the stored one, which has an index."""
        stored = [Status.IN_REVIEW, Status.PROPOSED] if status == Status.IN_REVIEW else [status]
        return rows.filter(status__in=stored, shown_status=status)

    def is_valid(self) -> bool:
        """Also require a value for every parameter that is present."""
        is_valid = bool(super().is_valid())
        empty = [name for name in self.form.fields if (self.data or {}).get(name) == ""]
        for name in empty:
            self.form.add_error(name, "Give a value, or leave this parameter out.")
        return is_valid and not empty


class Pages(CursorPagination):
    """Fifty at a time, newest first, without a total count."""

    page_size = 50
    ordering = "-pk"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The position to continue from. Raises NotFound for a cursor that we never issued."""
        cursor: Cursor | None = super().decode_cursor(request)
        position = "0" if cursor is None or cursor.position is None else str(cursor.position)
        if not (position.isdecimal() and len(position) < 19):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def visible_to(request: Request) -> Any:
    """Applications that the user sees at the desk or files themselves; the latter never show 'proposed'."""
    user = cast("User", request.user)  # every view that uses this requires a login
    at_desk = Application.objects.at_desk_of(user).filter(pk=OuterRef("pk"))
    rows = Application.objects.visible_to(user).annotate(is_at_desk=Exists(at_desk))
    hidden = When(status=Status.PROPOSED, is_at_desk=False, then=Value(Status.IN_REVIEW))
    return rows.annotate(shown_status=Case(hidden, default=F("status"), output_field=CharField())).for_list()


class Applications(generics.ListAPIView[Application]):
    """The applications that the user may see."""

    queryset = Application.objects.none()  # for the OpenAPI description
    serializer_class = ApplicationLine
    pagination_class = Pages
    filterset_class = ApplicationFilter

    @extend_schema(
        operation_id="applications", responses={200: ApplicationLine(many=True), **describe_problems(400, 403, 404)}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of applications."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return visible_to(self.request)


class OneApplication(generics.RetrieveAPIView[Application]):
    """One application that the user may see; for anybody else it does not exist."""

    serializer_class = ApplicationDetail
    lookup_field = "key"

    @extend_schema(operation_id="application", responses={200: ApplicationDetail, **describe_problems(400, 403, 404)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The application with its events and open deadlines."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return visible_to(self.request)


class OneDecision(generics.RetrieveAPIView[Decision]):
    """Whether a decision is genuine and gives access now. Public, without personal data."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_classes = (NetworkThrottle,)
    serializer_class = DecisionAnswer
    lookup_field = "reference"
    queryset = Decision.objects.verifiable().select_related("exemption__decision", "application__municipality")

    @extend_schema(
        operation_id="decision",
        parameters=[DecisionQuestion],
        responses={200: DecisionAnswer, **describe_problems(400, 404, 429)},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Look a decision up by the reference on its letter; with a plate, the answer says whether it gives access."""
        return super().get(request, *args, **kwargs)

    def get_serializer_context(self) -> dict[str, Any]:
        question = DecisionQuestion(data=self.request.query_params)
        question.is_valid(raise_exception=True)
        return {**super().get_serializer_context(), **question.validated_data}
