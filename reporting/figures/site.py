"""What the information site and the branches hand in: R18, R19, R20 and R21."""

from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from reporting.figures.base import Figure, LetterNames, Public, Row, Source, Timeline, no_row, whole_row
from reporting.models import BranchSignal, MailTopic, SiteMonthVersion
from reporting.period import Period, months_touched
from reporting.site.kind import DELIVER
from reporting.site.signals.services import NOTE

DELIVERED = gettext_lazy("the month that was handed in about, as it was handed in by the day of 'as of'")
SITE = gettext_lazy("the information site")
VISITS = {"visitors": gettext_lazy("active users"), "pages": gettext_lazy("pages visited")}


def find_deliveries(period: Period) -> dict[str, SiteMonthVersion]:
    """The last delivery of every month up to the end of the period, as known at `as_of`; by month, such as 2025-06."""

    def read() -> dict[str, SiteMonthVersion]:
        known = SiteMonthVersion.objects.known_at(period.seen_until).select_related("site_month")
        until = known.filter(site_month__month__lte=period.last)
        return {f"{version.site_month.month:%Y-%m}": version for version in until}

    found: dict[str, SiteMonthVersion] = period.once("handed in by the site", read)
    return found


def find_deliveries_within(period: Period) -> list[SiteMonthVersion]:
    """The deliveries about months of the period itself."""
    return [version for month, version in find_deliveries(period).items() if month >= f"{period.first:%Y-%m}"]


def build_monthly_rows(
    period: Period, label: StrOrPromise, suffix: str, count: Callable[[SiteMonthVersion], int | None]
) -> Iterator[Row]:
    """One row per month of the period, from the first month ever handed in; a month without a number says so.

    A period that begins before that first month is only partly known.
    """
    versions = find_deliveries(period)
    began = min(versions, default="")
    partial = began > f"{period.first:%Y-%m}"
    for month in months_touched(period.first, period.last):
        key = f"{month:%Y-%m}"
        if began and key >= began:
            version = versions.get(key)
            number = count(version) if version else None
            label_of = f"{date_format(month, 'F Y')}: {label}"
            yield Row(f"{key}{suffix}", label_of, number, note=describe_month_note(version, number), partial=partial)


def describe_month_note(version: SiteMonthVersion | None, number: int | None) -> str:
    """That the month was not handed in, if so, and what its senders say one should know to compare it."""
    told = [_("not handed in") if number is None else "", version.context if version else ""]
    return "; ".join(words for words in told if words)


def count_visits(period: Period) -> list[Row]:
    """R18: visits by month."""
    rows = [
        row for name, label in VISITS.items() for row in build_monthly_rows(period, label, f":{name}", attrgetter(name))
    ]
    return sorted(rows, key=lambda row: row.key.split(":")[0])


def count_conversations(period: Period) -> list[Row]:
    """R19: conversations by month."""
    return list(build_monthly_rows(period, _("conversations"), "", lambda version: version.conversations))


def count_mails(period: Period) -> list[Row]:
    """R20: all mails of each month, then those by topic and tone if these were handed in."""
    rows = list(build_monthly_rows(period, _("emails"), "", lambda version: version.mails))
    topics = MailTopic.objects.filter(version__in=find_deliveries_within(period)).select_related("version__site_month")
    for one in topics.order_by("version__site_month__month", "-count", "topic", "tone"):
        month = one.version.site_month.month
        label = f"{date_format(month, 'F Y')}: {one.topic}, {one.get_tone_display()}"
        rows.append(Row(f"{month:%Y-%m}:{one.topic}:{one.tone}", label, one.count, one.version.mails))
    return rows


def count_signals(period: Period) -> list[Row]:
    """R21: concerns raised by trade associations in the period, by topic."""
    about = BranchSignal.objects.known_at(period.seen_until).about(period.first, period.last)
    found = about.values_list("topic").annotate(count=Count("organisation", distinct=True)).order_by("-count", "topic")
    return [Row(topic, topic, count) for topic, count in found]


def month_page(key: str) -> str:
    """The URL where the month of a row was handed in."""
    month = date.fromisoformat(f"{key[:7]}-01")
    return reverse("site_month", args=[month.year, month.month])


MONTHS = Source(DELIVER, month_page)
FIGURES = (
    Figure(
        id="R18",
        title=gettext_lazy("Visits to the information site"),
        counted_on=DELIVERED,
        scope=SITE,
        numerator=gettext_lazy("active users, and pages visited, in the month"),
        denominator=gettext_lazy("none"),
        compute=count_visits,
        public=Public(),
        adds_up=no_row,
        handed_in=True,
        source=MONTHS,
        timeline=Timeline(series=VISITS),
        letter=LetterNames(sums=tuple(VISITS), is_monthly=True),
        settles=("count",),
    ),
    Figure(
        id="R19",
        title=gettext_lazy("Conversations with the assistant"),
        counted_on=DELIVERED,
        scope=SITE,
        numerator=gettext_lazy("conversations in the month"),
        denominator=gettext_lazy("none"),
        compute=count_conversations,
        public=Public(),
        handed_in=True,
        source=MONTHS,
        timeline=Timeline(),
        letter=LetterNames(is_monthly=True),
        settles=("count",),
    ),
    Figure(
        id="R20",
        title=gettext_lazy("Emails to the editors, by topic and tone"),
        counted_on=DELIVERED,
        scope=SITE,
        numerator=gettext_lazy("emails that came in in the month; by topic and tone as the editors registered them"),
        denominator=gettext_lazy("all emails of the month, for the rows by topic and tone"),
        compute=count_mails,
        public=Public(shows=whole_row),
        adds_up=whole_row,
        handed_in=True,
        source=MONTHS,
        timeline=Timeline(),
        letter=LetterNames(is_monthly=True, has_topics=True),
        settles=("count",),
    ),
    Figure(
        id="R21",
        title=gettext_lazy("Signals of branch organisations"),
        counted_on=gettext_lazy("the period that the organisation speaks about"),
        scope=gettext_lazy("branch organisations and interest groups"),
        numerator=gettext_lazy("organisations that asked attention for the topic"),
        denominator=gettext_lazy("none"),
        compute=count_signals,
        public=None,  # names and words that somebody typed
        adds_up=no_row,
        source=Source(NOTE, lambda _key: reverse("signals")),
        letter=LetterNames(fact="signals"),
    ),
)
