"""Conflicts: somebody else, a second tab or a second click was first. Says what happened, and keeps what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.deadline_words import format_moment
from exemptions.models import Application
from exemptions.portal import timeline
from exemptions.views.screens import user_of


@dataclass(frozen=True)
class Home:
    """The home of a case in the portal: its page, the last thing that happened, and the context of its pages."""

    url: str
    last: Callable[[], timeline.TimelineLine | None]
    shown: dict[str, Any]

    def happened(self) -> str:
        """The last thing that happened, in one sentence; empty if nothing did."""
        last = self.last()
        if last is None:
            return ""
        return _("%(what)s (%(who)s, %(when)s).") % {"what": last.what, "who": last.who, "when": format_moment(last.at)}


def make_home(request: HttpRequest, application: Application) -> Home:
    """The home of an application."""
    return Home(
        url=reverse("application", args=[application.key]),
        last=lambda: timeline.find_latest_line(application, reader=user_of(request)),
        shown={"application": application},
    )


def show_conflict(request: HttpRequest, application: Application, form: BaseForm) -> HttpResponse:
    """The conflict page (409) of an application."""
    return page_of(request, make_home(request, application), form)


def page_of(request: HttpRequest, at: Home, form: BaseForm) -> HttpResponse:
    """The conflict page (409): who did what and when, and what was typed under the names of its fields, to copy."""
    labels = {name: str(field.label) for name, field in form.fields.items()}
    typed = [(labels[name], value) for name, value in request.POST.items() if name in labels and value]
    context = {"happened": at.happened(), "back": at.url, "typed": typed}
    return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


def show_step_not_possible(request: HttpRequest, at: Home) -> HttpResponse:
    """Redirect from the page of a step that cannot be taken (any more) to the case, with what happened."""
    messages.info(request, _("That is not possible, or no longer possible. %(happened)s") % {"happened": at.happened()})
    return redirect(at.url)
