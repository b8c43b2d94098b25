"""The pages on which editors add a frequent question, and set what it rests on."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from accounts.form_recovery import take_typed
from accounts.models import User
from helpdesk.information import review
from helpdesk.information.review import EDIT, NewerVersion, SlugTaken
from helpdesk.information.topic_forms import NewTopicForm, TopicRestsForm
from helpdesk.models import Topic


class TopicPages(admin.ModelAdmin[Topic]):
    """What all pages about a question share, and the pages for adding one and setting what it rests on."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add a question, which appears on the site at once."""
        by = self.writer(request)
        form = NewTopicForm(read_typed_values(request), language=get_desk_language())
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                topic = review.add_topic(
                    slug=data["slug"], group=data["group"], rests_on=form.references, texts=form.texts, by=by
                )
            except SlugTaken:
                form.add_error("slug", gettext("There is already a question under this name."))
            else:
                self.log_addition(request, topic, gettext("new question"))
                messages.success(request, gettext("The question is on the site from now on."))
                return self.redirect_to_topic(topic)
        context = {"title": gettext("Add a question"), "form": form}
        return self.page(request, "information/desk_topic_add.html", context, status=status_of(form))

    def rest(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set the rules, kinds and settings that the answer rests on; when one changes, it must be read again."""
        by, topic = self.writer(request), get_object_or_404(Topic, pk=pk)
        initial = {"seen": " ".join(topic.rests_on)}
        form = TopicRestsForm(
            read_typed_values(request), language=get_desk_language(), kept=topic.rests_on, initial=initial
        )
        if request.method == "POST" and form.is_valid():
            try:
                review.rest_on(topic, form.references, seen=form.cleaned_data["seen"].split(), by=by)
            except NewerVersion:
                form.add_error(
                    None, gettext("A colleague changed this while you had the page open. Open it again and compare.")
                )
                return self.rest_page(request, topic, form, status=HTTPStatus.CONFLICT)
            self.log_change(request, topic, gettext("what it is based on"))
            messages.success(request, gettext("Saved: from now on it is flagged when one of these changes."))
            return self.redirect_to_topic(topic)
        return self.rest_page(request, topic, form, status=status_of(form))

    def rest_page(self, request: HttpRequest, topic: Topic, form: TopicRestsForm, *, status: int) -> HttpResponse:
        """The page with what an answer rests on."""
        context = {"title": gettext("What it is based on"), "topic": topic, "form": form}
        return self.page(request, "information/desk_topic_rests.html", context, status=status)

    def redirect_to_topic(self, topic: Topic) -> HttpResponse:
        """Redirect to the question."""
        return HttpResponseRedirect(reverse("admin:helpdesk_topic_change", args=[topic.pk]))

    def page(self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page of the desk."""
        every = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**every, **context}, status=status)

    def writer(self, request: HttpRequest) -> User:
        """The user, if they may write; raises PermissionDenied otherwise."""
        if not isinstance(request.user, User) or not request.user.has_perm(EDIT):
            raise PermissionDenied("edits no questions")
        return request.user


def read_typed_values(request: HttpRequest) -> Any:
    """The POST data, or what was typed before the login expired."""
    return request.POST if request.method == "POST" else take_typed(request)


def get_desk_language() -> str:
    """The two-letter code of the desk's language."""
    return (get_language() or "nl")[:2]


def status_of(form: Any) -> int:
    """The HTTP status of a form's page: 422 if it has errors."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
