"""Two caseworkers at once: the second reads what the first did, and keeps what they typed."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from casework.models import Event
from exemptions.admin import timeline
from exemptions.admin.desk_steps import BY_NAME, DeskStep
from exemptions.models import Application

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User

HIDDEN = ("csrfmiddlewaretoken", "action", "seen")


def seen_now(application: Application) -> int:
    """The last event of the dossier: a form carries it, to notice that its page has become old."""
    return application.dossier.events.order_by("-pk").values_list("pk", flat=True).first() or 0


def missed(application: Application, *, seen: str, user: "User") -> QuerySet[Event]:
    """What happened since the page was made that its reader must know: a new status, or anything a colleague did.

    Notes do not count, nor what the reader did in another window without changing the status.
    """
    since = application.dossier.events.filter(pk__gt=int(seen) if seen.isdecimal() and len(seen) < 19 else 0)
    matters = ~Q(from_status=F("to_status")) | ~Q(by=user) | Q(by=None)
    return since.filter(matters).exclude(step="note").select_related("by").order_by("at", "pk")


def page(
    request: HttpRequest, application: Application, *, site: "AdminSite", step: DeskStep, events: QuerySet[Event]
) -> HttpResponse:
    """409: who did what when, and everything that was typed, to copy."""
    context = {
        **site.each_context(request),
        "title": _("This case has changed"),
        "application": application,
        "step": step,
        "lines": timeline.lines(events),
        "typed": typed(request, application, step=step),
        "back": reverse("admin:exemptions_application_change", args=[application.pk]),
    }
    return TemplateResponse(request, "desk/conflict.html", context, status=HTTPStatus.CONFLICT)


def typed(request: HttpRequest, application: Application, *, step: DeskStep) -> list[tuple[str, str]]:
    """What the form held, under the names of its fields; what was chosen from a list, in words."""
    form = step.form(application=application)
    return [
        (strip_tags(str(form[name].label)) if name in form.fields else name, in_words(form, name, value))
        for name, value in values_sent(request)
        if value
    ]


def in_words(form: forms.Form, name: str, value: str) -> str:
    """A value as its reader knows it: the words of a choice, and not its key."""
    if not isinstance(form.fields.get(name), forms.ChoiceField):
        return value
    options = (option.data for option in form[name].subwidgets)
    return next((str(option["label"]) for option in options if str(option["value"]) == value), value)


def values_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form as the browser sent them, without those that the page adds."""
    return [(name, value) for name, values in request.POST.lists() if name not in HIDDEN for value in values]


def was_just_done(application: Application, *, seen: str, user: "User", step: DeskStep) -> bool:
    """Whether this very step is the only thing that happened, by the same person: the button was clicked twice."""
    done = [(event.step, event.by_id) for event in missed(application, seen=seen, user=user)]
    return done == [(step.name, user.pk)] and step.name in BY_NAME
