"""Too late: somebody else, a second tab or a second click was first. Tells what happened; what was typed stays."""

from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.deadline_words import moment
from exemptions.following import history
from exemptions.models import Application
from exemptions.views.screens import user_of


def page(request: HttpRequest, application: Application, form: BaseForm) -> HttpResponse:
    """409: who did what when, and what was typed under the names of its fields, to copy."""
    labels = {name: str(field.label) for name, field in form.fields.items()}
    typed = [(labels[name], value) for name, value in request.POST.items() if name in labels and value]
    context = {
        "happened": happened(request, application),
        "back": reverse("application", args=[application.key]),
        "typed": typed,
    }
    return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


def happened(request: HttpRequest, application: Application) -> str:
    """The last thing that happened, in one sentence; empty where nothing did."""
    last = history.latest(application, reader=user_of(request))
    if last is None:
        return ""
    return _("%(what)s (%(who)s, %(when)s).") % {"what": last.what, "who": last.who, "when": moment(last.at)}
