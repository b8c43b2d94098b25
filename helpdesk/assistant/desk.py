"""Questions that the assistant did not know, for the editors: each can become a phrase of a topic."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed
from exemptions.views.screens import user_of
from helpdesk.assistant.forms import PhraseForm
from helpdesk.information.topics import list_published
from helpdesk.models import MonthOfConversations, Phrase, Topic, Turn

EDIT = "helpdesk.edit_topic"
MOST, MONTHS = 50, 13


@require_http_methods(["GET", "HEAD", "POST"])
def _handle_desk(request: HttpRequest) -> HttpResponseBase:
    """The lists; submitting the form teaches a phrase."""
    if not user_of(request).has_perm(EDIT):
        raise Http404
    if request.method != "POST":
        return show_lists(request, None)
    form = PhraseForm(request.POST, topics=list_topic_choices())
    if not form.is_valid():
        return show_lists(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    topic = Topic.objects.get(slug=data["topic"])
    taught = {"topic": topic, "is_shipped": False}
    Phrase.objects.update_or_create(language=data["language"], phrase=data["phrase"], defaults=taught)
    messages.success(request, _("The assistant knows this way to ask from now on."))
    return redirect("assistant_desk")


assistant_desk = keep_typed(admin.site.admin_view(_handle_desk))


def show_lists(request: HttpRequest, form: PhraseForm | None, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page; a fixed number of queries."""
    titles = dict(list_topic_choices())
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Assistant"),
        "form": form,
        "topics": list(titles.items()),
        "unknown": list_unknown_questions(),
        "by_topic": [{**row, "title": titles.get(row["topics__0"], row["topics__0"])} for row in by_topic()],
        "months": MonthOfConversations.objects.filter(topic="").order_by("-month")[:MONTHS],
    }
    return TemplateResponse(request, "assistant/desk.html", context, status=status)


def list_topic_choices() -> list[tuple[str, str]]:
    """The topics that a phrase can belong to, by their Dutch titles."""
    return [(one.slug, one.question) for one in list_published(language="nl")]


def list_unknown_questions() -> list[dict[str, Any]]:
    """Unknown questions, equal ones grouped, most frequent first; without those that are phrases by now."""
    grouped = not_known().annotate(times=Count("pk"), last=Max("asked_at"))
    return [dict(row) for row in grouped.order_by("-times", "-last")[:MOST]]


def unknown_count() -> int:
    """How many different questions were unknown: one query."""
    return not_known().distinct().count()


def not_known() -> QuerySet[Any, Any]:
    """The text and language of unknown questions, without those that have become phrases."""
    taught = Phrase.objects.annotate(same=Lower("phrase")).values("same")
    asked = Turn.objects.filter(kind=Turn.Kind.UNKNOWN).annotate(same=Lower("question")).exclude(same__in=taught)
    return asked.values("same", "language")


def by_topic() -> list[dict[str, Any]]:
    """How often each topic was the first answer in stored conversations, and whether it helped."""
    first = Turn.objects.filter(kind=Turn.Kind.TOPIC).values("topics__0")
    counted = first.annotate(
        times=Count("pk"), yes=Count("pk", filter=Q(helped=True)), no=Count("pk", filter=Q(helped=False))
    )
    return [dict(row) for row in counted.order_by("-times", "topics__0")]
