"""Hands in what the help desk counted in a month to the report, as a month of the information site (R18 to R20).

Only if our own help desk ran in that month, and never over what a person handed in.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import structlog
from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from exemptions.terms import months_later, start_of_day
from helpdesk.models import (
    Conversation,
    MonthOfConversations,
    MonthOfQuestions,
    PageDay,
    Question,
    TopicText,
    VisitorDay,
)
from helpdesk.models.question import QuestionQuerySet
from reporting.deliveries.calendar import get_month_before
from reporting.deliveries.deliver import Overtaken
from reporting.models import MailTopic, SiteMonthVersion
from reporting.site.columns import LONGEST_TOPIC
from reporting.site.deliver import deliver_site_month

log = structlog.get_logger("loket.site")

SOURCE = "Eigen helpdesk van het loket (automatisch geteld)"
"""Always Dutch, because it appears in the report, as other sources do."""
DELIVER_UNTIL = 10
"""Editors' corrections are still handed in until this day of the next month."""

Topics = dict[tuple[str, str], int]


@dataclass(frozen=True)
class MonthCounts:
    """The counts of a month. None means not counted, which differs from zero."""

    visitors: int | None
    pages: int | None
    conversations: int
    questions: int
    topics: Topics
    since: date | None
    """The first day on which anything was counted, unless that is the first of the month."""

    @property
    def numbers(self) -> dict[str, int | None]:
        """The counts by the names that the report uses."""
        return {
            "visitors": self.visitors,
            "pages": self.pages,
            "conversations": self.conversations,
            "mails": self.questions,
        }


def deliver_last(*, today: date) -> SiteMonthVersion | None:
    """Hand in last month, in the first days of the next; None if there is nothing new."""
    return deliver_month(get_month_before(today)) if today.day <= DELIVER_UNTIL else None


def deliver_month(month: date) -> SiteMonthVersion | None:
    """Hand in a month; None if we did not run, a person handed it in, or nothing changed. Raises DeliveryRefused."""
    counted = count_month(month)
    if counted is None:
        return None
    keep_month(month, counted)
    newest = SiteMonthVersion.objects.filter(site_month__month=month).newest().first()
    if newest and not is_ours(newest):
        log.info("month_left_alone", month=month.isoformat(), version=newest.number)
        return None
    try:
        return deliver_site_month(
            month=month,
            numbers=counted.numbers,
            topics=counted.topics,
            source=SOURCE,
            context=context_of(counted),
            by=None,
            expected=newest.number if newest else 0,
        )
    except Overtaken:  # a person has just handed it in, and that counts
        return None


def is_ours(version: SiteMonthVersion) -> bool:
    """Whether this task handed it in: without a user, and with our source."""
    return version.delivered_by_id is None and version.source == SOURCE


def count_month(month: date) -> MonthCounts | None:
    """Count a month; None if our help desk did not run in it."""
    last = months_later(month, 1)
    days = PageDay.objects.filter(day__gte=month, day__lt=last)
    questions = Question.objects.asked_between(start_of_day(month), start_of_day(last))
    conversations = conversations_of(month)
    first_day = days.order_by("day").values_list("day", flat=True).first()
    if first_day is None and not questions.exists() and not conversations:
        return None
    visitors = VisitorDay.objects.filter(day__gte=month, day__lt=last).aggregate(sum=Sum("visitors"))["sum"]
    return MonthCounts(
        visitors=visitors if first_day else None,
        pages=days.aggregate(sum=Sum("views"))["sum"],
        conversations=conversations,
        questions=questions.counted().count(),
        topics=topics_of(questions),
        since=first_day if first_day and first_day != month else None,
    )


def conversations_of(month: date) -> int:
    """The number of conversations: those already added to the total of their month, and those not yet added."""
    kept = MonthOfConversations.objects.filter(month=month, topic="").first()
    last = months_later(month, 1)
    began = Conversation.objects.filter(began_at__gte=start_of_day(month), began_at__lt=start_of_day(last))
    return began.filter(counted_at=None).count() + (kept.conversations if kept else 0)


def topics_of(questions: QuestionQuerySet) -> Topics:
    """Counts by topic title and tone, as set by the editor or else suggested; without a topic it does not count."""
    about = questions.counted().annotate(about=Coalesce("topic_id", "suggested_topic_id"))
    rows = list(about.exclude(about=None).values_list("about", "tone", "suggested_tone").annotate(count=Count("pk")))
    titles = titles_of({topic for topic, *_tones, _count in rows})
    counts: Counter[tuple[str, str]] = Counter()
    spelled: dict[str, str] = {}  # the report accepts only one spelling of a topic
    for topic, tone, suggested, number in rows:
        if title := titles.get(topic):
            name = spelled.setdefault(title.casefold(), title)
            counts[name, tone or suggested or MailTopic.Tone.OTHER.value] += number
    return dict(counts)


def titles_of(topics: set[int]) -> dict[int, str]:
    """The newest Dutch title of each topic, as used in the report."""
    texts = TopicText.objects.filter(topic__in=topics, language="nl").order_by("topic_id", "-version")
    newest = texts.distinct("topic_id").values_list("topic_id", "question")
    return {topic: " ".join(title.split())[:LONGEST_TOPIC] for topic, title in newest}


def context_of(counted: MonthCounts) -> str:
    """What readers need to know before comparing months; in Dutch, like the report."""
    with override("nl"):
        said = [
            _(
                "Counted by the site itself, without cookies. Visitors are counted by day and added up: who "
                "came on two days counts twice. Emails are questions to the editors by email, form and "
                "assistant, without spam."
            )
        ]
        if counted.since:
            said.append(_("Pages were counted from %(day)s on.") % {"day": date_format(counted.since)})
    return " ".join(said)


def keep_month(month: date, counted: MonthCounts) -> None:
    """Store the counts, which outlive the questions themselves; counting again never lowers them."""
    with transaction.atomic():
        total, _created = MonthOfQuestions.objects.get_or_create(month=month, topic="", tone="")
        MonthOfQuestions.objects.select_for_update(no_key=True).get(pk=total.pk)
        if counted.questions < total.questions:
            return
        MonthOfQuestions.objects.filter(month=month).delete()
        rows = [(topic, tone, number) for (topic, tone), number in counted.topics.items()]
        MonthOfQuestions.objects.bulk_create(
            MonthOfQuestions(month=month, topic=topic, tone=tone, questions=number)
            for topic, tone, number in [("", "", counted.questions), *rows]
        )
