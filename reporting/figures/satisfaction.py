"""How satisfied people were with how we handled their application: R28."""

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy

from casework.models import Event
from exemptions.models import Application, Satisfaction
from reporting.figures.base import Figure, LetterNames, Row, build_shares
from reporting.period import Period

SCORES = {str(value): label for value, label in reversed(Satisfaction.Score.choices)}


def count_scores(period: Period) -> list[Row]:
    """R28: answers by score."""
    rated = find_rated(period).annotate(score=KT("detail__score")).values_list("score").annotate(count=Count("pk"))
    return build_shares(SCORES, dict(rated))


def find_rated(period: Period) -> "QuerySet[Event]":
    """The ratings given in the period."""
    said = Event.objects.filter(case_type=Application.CASE_TYPE, step="rate")
    return said.filter(at__gte=period.starts_at, at__lt=period.ends_at).order_by()


FIGURES = (
    Figure(
        id="R28",
        title=gettext_lazy("How satisfied applicants were with how we handled their application"),
        counted_on=gettext_lazy("the day on which they told us"),
        scope=gettext_lazy("applicants who told us so after our decision, whatever it was"),
        numerator=gettext_lazy("answers with this score"),
        denominator=gettext_lazy("all answers of the period"),
        compute=count_scores,
        letter=LetterNames(rows=tuple(SCORES)),
        public=None,
        one_whole=True,
    ),
)
