"""The months of the information site, as a kind of delivery: visits, conversations and mails.

They run from the first month that anybody counted to the last whole one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exemptions.terms import months_later
from reporting.deliveries.access import match_permission
from reporting.deliveries.calendar import get_month_before
from reporting.deliveries.kinds import DeliveryKind, Parts, Thanks
from reporting.deliveries.overview import Cell
from reporting.models import MailTopic, SiteMonth, SiteMonthVersion
from reporting.models.deliveries import month_of
from reporting.returns.jurisdiction import EVERY
from reporting.site import rules
from reporting.site.columns import COUNT, FIELDS, SOURCE, TOPIC, TOPICS
from reporting.site.forms import TONE, MonthForm
from reporting.site.topics import keep_topics, topic_differences, topics_of
from zones.models import Zone

DELIVER = "reporting.deliver_site_month"
EARLY = 12
"""Months before the first zone began in which people already asked questions; anything earlier is a mistake."""


def zones_began(*, today: date) -> date:
    """The month in which the first zone began, or the last whole month if that is earlier or there are no zones."""
    starts: date | None = Zone.objects.aggregate(first=Min("starts_on"))["first"]
    return min(month_of(starts), get_month_before(today)) if starts else get_month_before(today)


def list_expected_months(_sites: Iterable[None], today: date) -> dict[None, list[date]]:
    """Every month of the site that should be in, newest first."""
    handed: date | None = SiteMonth.objects.filter(versions__number=1).aggregate(first=Min("month"))["first"]
    began = zones_began(today=today)
    return {None: list(iterate_months_down(get_month_before(today), min(began, handed or began)))}


def iterate_months_down(month: date, last: date) -> Iterator[date]:
    """The months from a later one back to `last`."""
    while month >= last:
        yield month
        month = get_month_before(month)


def find_earliest_month(*, today: date) -> date:
    """The first month that can be handed in."""
    return months_later(zones_began(today=today), -EARLY)


def explain_refusal(_site: None, month: date, today: date) -> str:
    """Why a month cannot be handed in; empty if it can."""
    name = date_format(month, "F Y")
    if month.day != 1:
        return gettext("%(day)s is a day, not a month. Type the month as 2025-06.") % {"day": date_format(month)}
    if month > get_month_before(today):
        return gettext("%(month)s is not over yet. Hand it in when the month is over.") % {"month": name}
    first = find_earliest_month(today=today)
    if month < first:
        return gettext("%(month)s is too long ago: we count from %(first)s. Check whether the year is right.") % {
            "month": name,
            "first": date_format(first, "F Y"),
        }
    return ""


def find_editors(_site: None) -> QuerySet[User]:
    """Those who hand in for the site; not those with access to every return, who see on the page what is missing."""
    return User.objects.filter(match_permission(DELIVER), is_active=True).exclude(match_permission(EVERY)).distinct()


def build_form(cell: Cell[None], last: Cell[None] | None, data: Any) -> MonthForm:
    """The form with what was handed in; for a first delivery, with the source and topics of the last month."""
    if cell.newest:
        initial = {**cell.values, "seen": cell.newest.number}
        return MonthForm(SITE_MONTHS, data, initial=initial, topics=rows_of(cell))
    rows = [{**row, COUNT.name: None} for row in rows_of(last)]
    initial = {SOURCE.name: last.values[SOURCE.name] if last else "", "seen": 0}
    return MonthForm(SITE_MONTHS, data, initial=initial, topics=rows)


def rows_of(cell: Cell[None] | None) -> list[dict[str, Any]]:
    """The topics of a month as rows of its form."""
    topics = cell.values[TOPICS] if cell else {}
    return [{TOPIC.name: topic, TONE: tone, COUNT.name: count} for (topic, tone), count in topics.items()]


def build_context(cell: Cell[None], last: Cell[None] | None, form: Any) -> dict[str, Any]:
    """What only this kind's page shows: the rows of topics, and the topics used before."""
    return {
        "about": _("Information site"),
        "topics": form.topics,
        "is_offered": cell.newest is None and last is not None,
        "known_topics": MailTopic.objects.order_by("topic").values_list("topic", flat=True).distinct(),
    }


SITE_MONTHS = DeliveryKind[None](
    permission=DELIVER,
    months=SiteMonth,
    versions=SiteMonthVersion,
    columns=FIELDS,
    subjects=lambda: [None],
    people=find_editors,
    may_deliver=lambda user, _site: user.has_perm(DELIVER),
    months_of=list_expected_months,
    refused=explain_refusal,
    problems=rules.find_problems,
    misuse=rules.find_misuse,
    parts=Parts(TOPICS, topics_of, keep_topics, topic_differences),
    mail="mail_site_month_missing",
    thanks=Thanks(
        unchanged=_("%(month)s has already been handed in like this; nothing has changed."),
        first=_("Thank you. %(month)s is handed in."),
        corrected=_("Thank you. %(month)s is corrected. The earlier numbers stay visible."),
    ),
    template="reporting/site/month.html",
    list_address=lambda _site: reverse("site_months"),
    month_address=lambda _site, month: reverse("site_month", args=[month.year, month.month]),
    form=build_form,
    context=build_context,
    skips_gaps=True,
)
