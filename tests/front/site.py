"""A small site of sample pages, to try what every page shares."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_fsm import TransitionNotAllowed

from accounts.form_recovery import keep_typed, take_typed
from zesportal import urls, views

PLAIN = """{% extends "base.html" %}{% block title %}Start{% endblock %}
{% block content %}<h1 class="utrecht-heading-1">Start</h1>{% endblock %}"""
PAGE = """{% extends "base.html" %}{% block title %}Proef{% endblock %}{% block content %}
{% include "components/step.html" with number=2 total=6 title="Uw voertuig" %}
{% include "components/notice.html" with kind="warning" text="Let op de datum." %}
{% include "components/status.html" with label="Toegewezen" kind="ok" %}
{% include "components/data_list.html" %}
{% include "components/table.html" with caption="Per gemeente" numeric=True %}
{% include "components/next_steps.html" with steps=steps %}
<form method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}{{ form }}
<div class="loket-buttons">{% include "components/button.html" with text="Verder" %}</div></form>
{% include "components/button_link.html" with href="/" text="Terug" kind="secondary" %}
{% include "components/button_form.html" with action="/" text="Intrekken" kind="danger" %}
{% endblock %}"""


class TrialForm(forms.Form):
    """One field of each sort."""

    plate = forms.CharField(label="Kenteken", help_text="Streepjes hoeven niet.")
    phone = forms.CharField(label="Telefoon", required=False)
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", "Eerste"), ("b", "Tweede")])
    towns = forms.MultipleChoiceField(label="Waar?", widget=forms.CheckboxSelectMultiple, choices=[("1", "Utrecht")])
    town = forms.ChoiceField(label="Gemeente", choices=[("", "Kies"), ("1", "Utrecht")])
    why = forms.CharField(label="Waarom?", widget=forms.Textarea)
    proof = forms.FileField(label="Bewijs", required=False)
    true = forms.BooleanField(label="Naar waarheid ingevuld")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@keep_typed
def form_page(request: HttpRequest) -> HttpResponse:
    form = TrialForm(request.POST or take_typed(request), request.FILES or None)
    context = {
        "form": form,
        "rows": [("Kenteken", "VX-123-Z"), {"key": "Gemeente", "value": "", "change_url": "/"}],
        "head": ["Gemeente", "Aantal"],
        "steps": ["Wij kijken uw aanvraag na.", "U krijgt een brief."],
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PLAIN).render({}, request))


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def changed(request: HttpRequest) -> HttpResponse:
    raise TransitionNotAllowed


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


NAMES = (
    "home",
    "access_check",
    "day_exemption",
    "my_applications",
    "verify",
    "statistics",
    "letters",
    "returns",
    "site_months",
    "signals",
    "open_data",
    "zones",
    "kinds",
    "prices",
    "timeline",
    "faq",
    "search",
    "advice",
    "outages",
    "cookies",
    "session_state",
    "manifest",
)
urlpatterns = [
    *(path("" if name == "home" else f"{name}/", plain, name=name) for name in NAMES),
    path("form/", form_page),
    path("forbidden/", forbidden),
    path("changed/", changed),
    path("broken/", broken),
    path("account/", include("accounts.urls")),
    path("lijsten/", include("casework.exports.urls")),
    path("taal/", views.set_language, name="set_language"),
    path("toegankelijkheid/", views.show_accessibility, name="accessibility"),
    path("privacy/", views.show_privacy, name="privacy"),
    path(".well-known/security.txt", views.security_txt),
    path("robots.txt", views.robots_txt),
    path("loket/", include("reporting.team.urls")),
    path("loket/", admin.site.urls),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
