"""The editors' list of questions: what waits, what was answered, and search."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import column_kit
from casework.desk.column_kit import Column
from casework.desk.dashboard import WorklistGroup
from casework.desk.worklist_admin import WorklistAdmin, WorklistFilter
from casework.desk.worklists import CountedWorklist, Worklist, Worklists
from helpdesk.mailbox.steps import ANSWER
from helpdesk.models import Mail, Question, Topic, TopicText

if TYPE_CHECKING:
    from accounts.models import User

Status = Question.Status
OLDEST_FIRST, NEWEST_FIRST = ("changed_at", "pk"), ("-changed_at", "-pk")
QUESTIONS: Worklists[QuerySet[Question]] = Worklists(
    seen=lambda _user: Question.objects.all(),
    permission=ANSWER,
    address="questions",
    lists=(
        Worklist(
            Status.OPEN.value,
            _("To answer"),
            _("Questions by email, by the form and from the assistant; the oldest first."),
            lambda rows, _user, _day: rows.filter(status=Status.OPEN),
            OLDEST_FIRST,
        ),
        Worklist(
            Status.ANSWERED.value,
            _("Answered"),
            _("The latest first. Anyone who writes again appears under 'To answer' again."),
            lambda rows, _user, _day: rows.filter(status=Status.ANSWERED),
            NEWEST_FIRST,
        ),
        Worklist(
            Status.CLOSED.value,
            _("Closed without an answer"),
            _("The latest first."),
            lambda rows, _user, _day: rows.filter(status=Status.CLOSED),
            NEWEST_FIRST,
        ),
    ),
    ended=Worklist(
        Status.SPAM.value,
        _("Spam and automatic email"),
        _("Kept out: nobody got an answer. Check from time to time whether something real is among it."),
        lambda rows, _user, _day: rows.filter(status=Status.SPAM),
        NEWEST_FIRST,
    ),
    default=Status.OPEN.value,
)


def waiting_for(user: "User") -> WorklistGroup:
    """How many questions wait, for those who answer them: one query."""
    title = _("Questions to the editors")
    if not user.has_perm(ANSWER):
        return WorklistGroup(title, [])
    to_answer = QUESTIONS.lists[0]
    return WorklistGroup(
        title, [CountedWorklist(to_answer, Question.objects.open().count(), QUESTIONS.url_of(to_answer))]
    )


# --- Which rows -----------------------------------------------------------------------------------------


class TopicFilter(admin.SimpleListFilter):
    """By topic, as the editor chose it or as suggested."""

    title = _("Topic")
    parameter_name = "topic"
    template = "mailbox/topic_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every topic by its title."""
        return [(topic.slug, topic.title or topic.slug) for topic in titled_topics()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Questions about the topic; raises Http404 for an unknown one."""
        slug = self.value()
        if not slug:
            return queryset
        if slug not in dict(self.lookup_choices):
            raise Http404(f"no topic {slug}")
        return queryset.filter(Q(topic__slug=slug) | Q(topic=None, suggested_topic__slug=slug))


def titled_topics() -> QuerySet[Any]:
    """Every topic with its newest Dutch title: one query."""
    return Topic.objects.annotate(title=title_of("pk"))


def title_of(key: str) -> Subquery:
    """The newest Dutch title of the topic in a column of the row."""
    texts = TopicText.objects.filter(topic=OuterRef(key), language="nl").order_by("-version")
    return Subquery(texts.values("question")[:1])


def search_questions(rows: QuerySet[Question], typed: str) -> QuerySet[Question]:
    """Search numbers, names, addresses and the text of every mail, in all lists."""
    mails = Mail.objects.filter(Q(text__icontains=typed) | Q(subject__icontains=typed))
    inside = Q(pk__in=mails.values("question_id"))
    return rows.filter(
        inside
        | Q(number__iexact=typed)
        | Q(name__icontains=typed)
        | Q(email__icontains=typed)
        | Q(case_dossier__number__iexact=typed)
    )


# --- What a row says ------------------------------------------------------------------------------------


def subject_cell(one: Question) -> SafeString:
    """The beginning of the subject, and the case that it is about."""
    return column_kit.join_parts(Truncator(one.subject).chars(90) or "–", column_kit.make_badge(one.case_dossier))


def sender_cell(one: Question) -> SafeString:
    """The sender, and the channel."""
    channel = format_html('<span class="desk-quiet">({})</span>', one.get_channel_display())
    return column_kit.join_parts(one.name or one.email or "–", channel)


def topic_cell(row: Any) -> SafeString | str:
    """The topic that the editor chose or that was suggested."""
    if row.topic_title or not row.suggested_title:
        return row.topic_title or ""
    return format_html('<span class="desk-quiet">{} {}</span>', row.suggested_title, gettext("(suggested)"))


def last_email_cell(one: Question) -> SafeString:
    """When the last mail came, and how long it has waited."""
    waits = gettext("waits %(long)s") % {"long": timesince(one.changed_at)} if one.status == Status.OPEN else ""
    return column_kit.join_parts(column_kit.format_moment(one.changed_at), column_kit.make_badge(waits))


STATUS = Column("status", _("Status"), lambda one: one.get_status_display())
COLUMNS = (
    Column("number", _("Number"), lambda one: one.number, ordering="number"),
    Column("subject", _("Subject of the email"), lambda one: one.subject, cell=subject_cell),
    Column("sender", _("Sender"), lambda one: one.name or one.email, cell=sender_cell, ordering="name"),
    Column("topic", _("Topic"), lambda row: row.topic_title, cell=topic_cell),
    Column("last_email", _("Last email"), lambda one: one.changed_at, cell=last_email_cell, ordering="changed_at"),
    STATUS,
)
"""The status is only shown in search results: a worklist implies it."""


@admin.register(Question)
class QuestionAdmin(WorklistAdmin[Question]):
    """The list of questions, at the URL of the editors' pages."""

    worklists = QUESTIONS
    columns = COLUMNS
    list_filter = (WorklistFilter, TopicFilter)
    search_ordering = NEWEST_FIRST
    search_name, search_title = "found-questions", _("Found questions")
    change_list_template = "mailbox/questions.html"

    def get_urls(self) -> list[URLPattern]:
        """Only the list: a question has a page of its own."""
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="helpdesk_question_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Hidden among the models: the start page has it among the worklists."""
        return False

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """With the status in search results."""
        return [one for one in super().columns_for(request) if one is not STATUS or self.words(request)]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Question], search_term: str
    ) -> tuple[QuerySet[Question], bool]:
        """By number, name, address, case and the text of every mail."""
        return (search_questions(queryset, search_term) if search_term else queryset), False

    def join_tables(self, rows: Any) -> Any:
        """Join the case and the titles of the topics."""
        titles = {"topic_title": title_of("topic"), "suggested_title": title_of("suggested_topic")}
        return rows.select_related("case_dossier").annotate(**titles)

    def addresses_of(self, keys: Sequence[int]) -> dict[int, str]:
        """The pages of the questions, whose numbers are looked up."""
        return {key: self.address_of(row) for key, row in Question.objects.only("number").in_bulk(keys).items()}

    def address_of(self, row: Any) -> str:
        """The page of the question."""
        return reverse("question", args=[row.number])
