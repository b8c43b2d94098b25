"""What the help desk counted in a month goes to the report, as a month of the site (R18 to R20).

Only for a month in which our own help desk ran, and never over what a person handed in.
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
"""Dutch for everybody, as the other sources are: it is in the report."""
DELIVER_UNTIL = 10
"""Until this day of the next month what editors still correct goes along."""

Topics = dict[tuple[str, str], int]


@dataclass(frozen=True)
class MonthCounts:
    """One month. None: not counted, which is not zero."""

    visitors: int | None
    pages: int | None
    conversations: int
    questions: int
    topics: Topics
    since: date | None
    """The first day of the month on which anything was counted, where that is not its first."""

    @property
    def numbers(self) -> dict[str, int | None]:
        """Under the names of the report."""
        return {
            "visitors": self.visitors,
            "pages": self.pages,
            "conversations": self.conversations,
            "mails": self.questions,
        }


def deliver_last(*, today: date) -> SiteMonthVersion | None:
    """The month that ended, in the first days of the next; None if there is nothing new to hand in."""
    return deliver_month(get_month_before(today)) if today.day <= DELIVER_UNTIL else None


def deliver_month(month: date) -> SiteMonthVersion | None:
    """Hand a month in; None if we did not run, a person handed in, or nothing changed. Raises DeliveryRefused."""
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
    except Overtaken:  # a person handed in just now: theirs counts
        return None


def is_ours(version: SiteMonthVersion) -> bool:
    """Whether this very task handed it in: by nobody, with our source."""
    return version.delivered_by_id is None and version.source == SOURCE


def count_month(month: date) -> MonthCounts | None:
    """What was counted in a month; None if our help desk did not run in it."""
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
    """Those that were added to their month, and those that were not yet: each is in one of the two."""
    kept = MonthOfConversations.objects.filter(month=month, topic="").first()
    last = months_later(month, 1)
    began = Conversation.objects.filter(began_at__gte=start_of_day(month), began_at__lt=start_of_day(last))
    return began.filter(counted_at=None).count() + (kept.conversations if kept else 0)


def topics_of(questions: QuestionQuerySet) -> Topics:
    """By the title of the topic and the tone: as the editor says it, else as it was suggested. Without either: not."""
    about = questions.counted().annotate(about=Coalesce("topic_id", "suggested_topic_id"))
    rows = list(about.exclude(about=None).values_list("about", "tone", "suggested_tone").annotate(count=Count("pk")))
    titles = titles_of({topic for topic, *_tones, _count in rows})
    counts: Counter[tuple[str, str]] = Counter()
    spelled: dict[str, str] = {}  # the report takes one spelling of a topic
    for topic, tone, suggested, number in rows:
        if title := titles.get(topic):
            name = spelled.setdefault(title.casefold(), title)
            counts[name, tone or suggested or MailTopic.Tone.OTHER.value] += number
    return dict(counts)


def titles_of(topics: set[int]) -> dict[int, str]:
    """The newest Dutch title of each topic, as the report names it."""
    texts = TopicText.objects.filter(topic__in=topics, language="nl").order_by("topic_id", "-version")
    newest = texts.distinct("topic_id").values_list("topic_id", "question")
    return {topic: " ".join(title.split())[:LONGEST_TOPIC] for topic, title in newest}


def context_of(counted: MonthCounts) -> str:
    """What a reader should know to compare: in Dutch, as the report is."""
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
    """The numbers by topic and tone stay when the questions are removed; counting again never makes them less."""
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
