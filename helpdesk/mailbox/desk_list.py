"""The editors' list of questions: what waits, what was answered, and where something stands that one looks for."""

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.searches import words_searched
from casework.desk.dashboard import Group
from casework.desk.paging import UncountedPaginator, page_number
from casework.desk.worklists import Counted, Worklist
from helpdesk.mailbox import connection_status
from helpdesk.models import Mail, Question, Topic, TopicText, UnreadMail

if TYPE_CHECKING:
    from accounts.models import User

ANSWER = "helpdesk.answer_question"
Status = Question.Status
OLDEST_FIRST, NEWEST_FIRST = ("changed_at", "pk"), ("-changed_at", "-pk")
LISTS: tuple[Worklist[QuerySet[Question]], ...] = (
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
    Worklist(
        Status.SPAM.value,
        _("Spam and automatic email"),
        _("Kept out: nobody got an answer. Check from time to time whether something real is among it."),
        lambda rows, _user, _day: rows.filter(status=Status.SPAM),
        NEWEST_FIRST,
    ),
)


def waiting_for(user: "User") -> Group:
    """How many wait, for who answers them: one query."""
    title = _("Questions to the editors")
    if not user.has_perm(ANSWER):
        return Group(title, [])
    count = Question.objects.open().count()
    return Group(title, [Counted(LISTS[0], count, f"{reverse('questions')}?list={Status.OPEN.value}")])


def context(request: HttpRequest) -> dict[str, Any]:
    """One page of a list; raises Http404 for a list or a topic that does not exist."""
    name = request.GET.get("list", Status.OPEN.value)
    worklist = next((one for one in LISTS if one.name == name), None)
    if worklist is None:
        raise Http404(f"no list {name}")
    topics = list(titled_topics())
    slug = request.GET.get("topic", "")
    if slug and slug not in {topic.slug for topic in topics}:
        raise Http404(f"no topic {slug}")
    typed = words_searched(request)
    found = about(Question.objects.filter(status=name), slug) if not typed else search(Question.objects.all(), typed)
    rows = found.order_by(*(worklist.order if not typed else NEWEST_FIRST))
    return {
        "title": _("Questions to the editors"),
        "worklist": worklist,
        "lists": LISTS,
        "topics": topics,
        "chosen": slug,
        "typed": typed,
        "page": UncountedPaginator(rows, filled(), number=page_number(request) or 1).asked_page(),
        "away": connection_status.away(),
        "unread": list(UnreadMail.objects.exclude(given_up_at=None)[:20]),
    }


def titled_topics() -> QuerySet[Topic]:
    """Every topic with its newest Dutch title: one query."""
    texts = TopicText.objects.filter(topic=OuterRef("pk"), language="nl").order_by("-version")
    return Topic.objects.annotate(title=Subquery(texts.values("question")[:1]))


def about(rows: QuerySet[Question], slug: str) -> QuerySet[Question]:
    """Those about a topic, as the editor says or as it was suggested."""
    if not slug:
        return rows
    return rows.filter(Q(topic__slug=slug) | Q(topic=None, suggested_topic__slug=slug))


def search(rows: QuerySet[Question], typed: str) -> QuerySet[Question]:
    """In numbers, names, addresses and the words of every mail, in whatever list it stands."""
    mails = Mail.objects.filter(Q(text__icontains=typed) | Q(subject__icontains=typed))
    inside = Q(pk__in=mails.values("question_id"))
    return rows.filter(
        inside
        | Q(number__iexact=typed)
        | Q(name__icontains=typed)
        | Q(email__icontains=typed)
        | Q(dossier__number__iexact=typed)
    )


def filled() -> QuerySet[Question]:
    """What a row shows."""
    texts = TopicText.objects.filter(language="nl").order_by("-version")
    return Question.objects.select_related("dossier").annotate(
        topic_title=Subquery(texts.filter(topic=OuterRef("topic")).values("question")[:1]),
        suggested_title=Subquery(texts.filter(topic=OuterRef("suggested_topic")).values("question")[:1]),
    )
