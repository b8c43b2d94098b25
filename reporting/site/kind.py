"""The months of the information site, as a kind of delivery: visits, conversations and mails."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reporting.deliveries.access import match_permission
from reporting.deliveries.kinds import DeliveryKind, Parts, Thanks
from reporting.deliveries.overview import Cell
from reporting.models import MailTopic, SiteMonth, SiteMonthVersion
from reporting.returns.jurisdiction import EVERY
from reporting.site import months, rules
from reporting.site.columns import COUNT, FIELDS, SOURCE, TOPIC, TOPICS
from reporting.site.forms import TONE, MonthForm
from reporting.site.topics import keep_topics, topic_differences, topics_of

DELIVER = "reporting.deliver_site_month"


def find_editors(_site: None) -> QuerySet[User]:
    """Who hands in for the site; who keeps all returns sees on the page what is missing."""
    return User.objects.filter(match_permission(DELIVER), is_active=True).exclude(match_permission(EVERY)).distinct()


def build_form(cell: Cell[None], last: Cell[None] | None, data: Any) -> MonthForm:
    """As it was handed in; for a first delivery with the source and the topics of the month before."""
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
    """The rows of topics, and the names that were used before."""
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
    months_of=months.list_expected_months,
    refused=months.explain_refusal,
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
