"""Frequent questions at the editors' desk: those to read again come first; a change is a new version."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from helpdesk import markup
from helpdesk.facts import Facts, State, references_in
from helpdesk.information import review, topics
from helpdesk.information.review import EDIT, NewerVersion
from helpdesk.information.topic_forms import TopicTextForm
from helpdesk.information.topic_pages import TopicPages
from helpdesk.models import LANGUAGES, Topic, TopicText


class AgainFilter(admin.SimpleListFilter):
    """Filters on questions to read again, as the start page counts them."""

    title = _("read again")
    parameter_name = "again"
    words: ClassVar[dict[str, StrOrPromise]] = {"yes": _("yes")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(words)) for value, words in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        return queryset.exclude(flagged_at=None) if self.value() == "yes" else queryset


@admin.register(Topic)
class TopicAdmin(TopicPages):
    """Frequent questions; those whose facts changed come first, with the changes."""

    list_display = ("question", "group", "to_review", "what_changed", "reviewed_at")
    list_filter = (AgainFilter, "group")
    search_fields = ("slug", "texts__question")
    ordering = (F("flagged_at").asc(nulls_last=True), "group", "position", "slug")
    list_per_page = 100
    change_form_template = "information/desk_topic.html"

    def get_urls(self) -> list[URLPattern]:
        """Add a page for each action of an editor to those of the admin."""
        view = self.admin_site.admin_view
        own = [
            path("add/", keep_typed(view(self.add_view)), name="helpdesk_topic_add"),
            path("<int:pk>/schrijven/<slug:language>/", keep_typed(view(self.write)), name="helpdesk_topic_write"),
            path(
                "<int:pk>/voorbeeld/<slug:language>/", view(require_POST(self.preview)), name="helpdesk_topic_preview"
            ),
            path("<int:pk>/rust-op/", keep_typed(view(self.rest)), name="helpdesk_topic_rest"),
            path("<int:pk>/klopt/", view(require_POST(self.review)), name="helpdesk_topic_review"),
        ]
        return [*own, *super().get_urls()]

    # --- the list ---

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Update the flags first, and then fill in the columns of all rows at once."""
        review.look_again(now=timezone.now())
        listed = super().get_changelist_instance(request)
        listed.result_list = _add_questions(list(listed.result_list))
        return listed

    @admin.display(description=_("question"), ordering="position")
    def question(self, topic: Any) -> str:
        """The question in Dutch, or else in a language that it has."""
        return _describe_topic(topic)[0]

    @admin.display(description=_("read again"), ordering="flagged_at")
    def to_review(self, topic: Topic) -> str:
        return str(_("read again")) if topic.flagged_at else "–"

    @admin.display(description=_("what changed"))
    def what_changed(self, topic: Any) -> str:
        return _describe_topic(topic)[1]

    # --- one question ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One question: how it reads in each language, what it rests on, what changed, and its versions."""
        topic = _find_topic(object_id)
        if topic is None or not self.has_view_permission(request):
            raise Http404("no such question")
        texts = sorted(review.current_texts().get(topic.pk, []), key=lambda text: _order_language(text.language))
        now = review.compute_state(topic, texts, on=timezone.localdate())
        languages = {text.language for text in texts}
        context = {
            "title": _find_question(texts) or topic.slug,
            "topic": topic,
            "texts": [(text, render_version(text)) for text in texts],
            "missing": [(code, name) for code, name in LANGUAGES if code not in languages],
            "changes": review.list_changes(topic, now),
            "mark": mark_state(now),
            "facts": _facts_rows(topics.list_references(topic, texts)),
            "versions": topic.texts.select_related("written_by").order_by("language", "-version"),
        }
        return self.page(request, "information/desk_topic.html", context)

    def write(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The form for a new version; its preview follows the typing, or appears at the press of a button."""
        user, topic = self.writer(request), get_object_or_404(Topic, pk=pk)
        names = dict(LANGUAGES)
        if language not in names:
            raise Http404("no such language")
        newest = topic.texts.filter(language=language).order_by("-version").first()
        data = request.POST if request.method == "POST" else take_typed(request)
        form = TopicTextForm(data, newest=newest, language=language)
        context: dict[str, Any] = {
            "title": gettext("Write a new version"),
            "topic": topic,
            "language": language,
            "language_name": names[language],
            "newest": newest,
            "form": form,
            "preview": build_preview(data, newest, language) if data or newest else "",
            "facts": _placeholder_rows(topic, newest, language),
        }
        if request.method == "POST" and request.POST.get("action") != "preview" and form.is_valid():
            try:
                return self._kept(request, topic, form, language, user)
            except NewerVersion as error:
                context["newer"] = error.newest
                return self.page(request, "information/desk_topic_write.html", context, status=HTTPStatus.CONFLICT)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
        return self.page(request, "information/desk_topic_write.html", context, status=status)

    def preview(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The preview of what is being typed."""
        self.writer(request)
        context = {"preview": build_preview(request.POST, None, language if language in dict(LANGUAGES) else "nl")}
        return TemplateResponse(request, "information/desk_topic_preview.html", context)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record that the answer is still right with today's facts, if those are what the editor saw."""
        user, topic = self.writer(request), get_object_or_404(Topic, pk=pk)
        now = review.compute_state(topic, review.current_texts().get(topic.pk, []), on=timezone.localdate())
        if request.POST.get("mark") != mark_state(now):
            messages.warning(
                request, gettext("A rule changed while you had this page open. Read the answer once more.")
            )
        else:
            review.review_topic(topic, by=user, seen=now)
            self.log_change(request, topic, gettext("still right"))
            messages.success(request, gettext("Noted: this answer is still right."))
        return HttpResponseRedirect(reverse("admin:helpdesk_topic_change", args=[topic.pk]))

    def _kept(self, request: HttpRequest, topic: Topic, form: TopicTextForm, language: str, user: User) -> HttpResponse:
        data = form.cleaned_data
        text = review.write_version(
            topic,
            language=language,
            question=data["question"],
            answer=data["answer"],
            on_top_of=data["version"],
            by=user,
        )
        words = {"version": text.version, "language": text.get_language_display()}
        self.log_change(request, topic, gettext("version %(version)s, %(language)s") % words)
        messages.success(request, gettext("Saved: the site shows version %(version)s from now on.") % words)
        return HttpResponseRedirect(reverse("admin:helpdesk_topic_change", args=[topic.pk]))

    # --- who ---

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Editors."""
        return bool(request.user.has_perm(EDIT))

    def has_view_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """Editors."""
        return bool(request.user.has_perm(EDIT))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors may add; other ways to ask a question are taught on the assistant's own page."""
        return bool(request.user.has_perm(EDIT))

    def has_change_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """Nobody: questions change only through the editors' actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """Nobody: people's questions refer to it."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).distinct() if request.GET.get("q") else super().get_queryset(request)


def _describe_topic(topic: Any) -> tuple[str, str]:
    """The question and its changes, looked up now for a row from outside the list, such as in an export."""
    if not hasattr(topic, "told_question"):
        _add_questions([topic])
    return str(topic.told_question), str(topic.told_changes)


def _add_questions(listed: list[Any]) -> list[Any]:
    """Add the question and its changes to each row of the list."""
    texts, facts = review.current_texts(), Facts.on(timezone.localdate(), language="nl")
    for topic in listed:
        own = texts.get(topic.pk, [])
        now = facts.state(topics.list_references(topic, own)) if topic.flagged_at else {}
        topic.told_question = _find_question(own) or topic.slug
        topic.told_changes = "; ".join(review.list_changes(topic, now)) if topic.flagged_at else ""
    return listed


def build_preview(data: Any, newest: TopicText | None, language: str) -> str:
    """What was typed as the site would show it; if nothing was typed yet, the newest version."""
    answer = data.get("answer", "") if data else (newest.answer if newest else "")
    return markup.render_markup(Facts.on(timezone.localdate(), language=language).fill(str(answer)[:20_000]), heading=3)


def render_version(text: TopicText) -> str:
    """A version as the site shows it."""
    return build_preview(None, text, text.language)


def mark_state(state: State) -> str:
    """A short mark of a state, to notice when it has changed."""
    return Facts.mark(state)


def _facts_rows(references: list[str]) -> list[Any]:
    return Facts.on(timezone.localdate(), language=_desk_language()).sources(references)


def _placeholder_rows(topic: Topic, newest: TopicText | None, language: str) -> list[tuple[str, str]]:
    """The placeholders that the text can use, from the facts that it rests on."""
    own = references_in(newest.answer) if newest else set()
    facts = Facts.on(timezone.localdate(), language=language)
    return facts.offered([*topic.rests_on, *sorted(own - set(topic.rests_on))])


def _desk_language() -> str:
    return (get_language() or "nl")[:2]


def _find_topic(object_id: str) -> Topic | None:
    known = object_id.isdecimal() and len(object_id) < 19
    return Topic.objects.select_related("reviewed_by").filter(pk=object_id).first() if known else None


def _find_question(texts: list[TopicText]) -> str:
    ordered = sorted(texts, key=lambda text: _order_language(text.language))
    return ordered[0].question if ordered else ""


def _order_language(language: str) -> int:
    return [code for code, _name in LANGUAGES].index(language)
