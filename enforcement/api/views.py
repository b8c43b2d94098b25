"""Views for programs of municipalities."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, AuthenticationFailed, PermissionDenied, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement import feed, rate
from enforcement.api import bulk
from enforcement.api.authentication import BearerAuthentication, ScopePermission
from enforcement.api.plain_questions import answer_at_once
from enforcement.api.serializers import AnswerFields, ChangeFields, ChangesPage, QuestionFields
from enforcement.checks import answer_program
from enforcement.models import CHANGES, CHECKS, MachineClient
from enforcement.questions import QuestionRefused, read_question
from enforcement.signed_list import NoKey, sign_list
from exemptions.api.views import describe_problems

NDJSON, JOSE = "application/x-ndjson", "application/jose"
A_MINUTE = 60


class NoSigningKey(APIException):
    """The operator has to set LIST_SIGNING_KEY."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "This installation cannot sign a list yet: its operator has set no key."


class CursorGone(APIException):
    """The journal was restored from a backup."""

    status_code = status.HTTP_410_GONE
    default_detail = "The journal was begun anew. Begin again without a cursor: nothing in it is lost."


class ProgramView(APIView):
    """Only for a program with a token."""

    authentication_classes = (BearerAuthentication,)
    permission_classes = (ScopePermission,)
    scope = CHECKS

    @property
    def machine(self) -> MachineClient:
        """Who asks."""
        return cast(MachineClient, self.request.auth)

    def refuse_other_zone(self, zone: str) -> None:
        """A municipality asks about its own zone alone."""
        if zone != self.machine.municipality.cbs_code:
            raise PermissionDenied("This token is of another municipality than the zone.")

    def refuse_too_often(self, what: str) -> None:
        """More requests than are answered in a minute."""
        if not rate.within_requests(self.machine.pk, what):
            raise Throttled(wait=A_MINUTE)


class Checks(ProgramView):
    """May a vehicle be in the zone?"""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is asked as programs ask it is answered at once; all else goes on to DRF, which says what is wrong."""
        answer = answer_at_once(request)
        return super().dispatch(request, *args, **kwargs) if answer is None else answer

    @extend_schema(
        operation_id="enforcement_check",
        request=QuestionFields,
        responses={200: AnswerFields, **describe_problems(400, 401, 403, 415, 429)},
    )
    def post(self, request: Request) -> Response:
        """By rule or by exemption, and until when; the question is kept, and of the plate only a keyed digest."""
        if not rate.within_questions(self.machine.pk):
            raise Throttled(wait=A_MINUTE)
        try:
            question = read_question(request.data)
        except QuestionRefused as refused:
            raise ValidationError({field: [message] for field, message in refused.errors.items()}) from refused
        self.refuse_other_zone(question.zone)
        answer = answer_program(question, token=self.machine.token)
        if answer is None:
            raise AuthenticationFailed("The token has just ended. Ask a new one at the token address.")
        return Response(answer.as_json())


class BulkChecks(ProgramView):
    """The same for many vehicles."""

    @extend_schema(
        operation_id="enforcement_checks",
        request={NDJSON: OpenApiTypes.STR, "text/plain": OpenApiTypes.STR},  # which every tool can send
        responses={(200, NDJSON): OpenApiTypes.STR, **describe_problems(400, 401, 403, 413, 429)},
    )
    def post(self, request: Request) -> StreamingHttpResponse:
        """A question a line, an answer a line, in the same order; `error` where a line is no question."""
        self.refuse_too_often("bulk")
        sent = bulk.spool_request(request._request)
        return StreamingHttpResponse(bulk.stream_answers(self.machine, sent), content_type=NDJSON)


class Changes(ProgramView):
    """What happened to the exemptions that hold in the municipality."""

    scope = CHANGES

    @extend_schema(
        operation_id="exemption_changes",
        parameters=[OpenApiParameter("after", str, description="The `next` of the request before; without: all.")],
        responses={200: ChangesPage, **describe_problems(400, 401, 403, 410, 429)},
    )
    def get(self, request: Request) -> Response:
        """The next lines after a cursor, in order. Asked again with the same cursor it says the same, and more."""
        self.refuse_too_often("feed")
        after = self.read_cursor(request.query_params.get("after", ""))
        changes = feed.read_changes(self.machine.municipality, after=after)
        found: Any = ChangeFields(changes, many=True).data
        return Response({"results": found, "next": str(feed.find_next(changes, after=after))})

    def read_cursor(self, text: str) -> feed.Cursor:
        """Where to go on."""
        try:
            return feed.parse_cursor(text) if text else feed.find_start()
        except feed.OtherSeries as error:
            raise CursorGone from error
        except ValueError as error:
            raise ValidationError({"after": ["This is no cursor of ours: take the `next` of an answer."]}) from error


class Lists(ProgramView):
    """All that is in force in a zone, signed."""

    scope = CHANGES

    @extend_schema(
        operation_id="exemption_list",
        responses={(200, JOSE): OpenApiTypes.STR, **describe_problems(401, 403, 404, 429, 503)},
    )
    def get(self, request: Request, zone: str) -> HttpResponse:
        """A compact JWS; the key is in /.well-known/jwks.json."""
        self.refuse_other_zone(zone)
        self.refuse_too_often("list")
        try:
            return HttpResponse(sign_list(self.machine.municipality), content_type=JOSE)
        except NoKey as error:
            raise NoSigningKey from error
