"""The form with which anybody asks the editors something."""

from http import HTTPStatus
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.limits import is_within_limit
from helpdesk.mailbox import dossiers
from helpdesk.mailbox.forms import ContactForm
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Question

SESSION_KEY = "asked"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handle_contact(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays in it after any error."""
    if request.method != "POST":
        about = {"dossier": dossiers.find_dossier_number(request.GET.get("zaak", ""))}
        return show_contact_form(request, ContactForm(initial={**describe_sender(request), **about}))
    files = sum(len(some) for _name, some in request.FILES.lists())
    if files and not is_within_limit(request, "contact_files_an_hour", step=files):
        return too_many(request, ContactForm(request.POST))
    form = ContactForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_contact_form(request, form)
    if not is_within_limit(request, "contact_forms_an_hour"):
        return too_many(request, form)
    try:
        question = keep_question(form)
    except OSError:  # the storage is full or down
        form.add_error(
            "attachments", _("Files cannot be saved at the moment. Try again in a few minutes, or send without files.")
        )
        return show_contact_form(request, form, status=HTTPStatus.SERVICE_UNAVAILABLE)
    request.session[SESSION_KEY] = {"number": question.number, "email": question.email}
    return redirect("contact_sent")


def too_many(request: HttpRequest, form: ContactForm) -> HttpResponse:
    """Too many for now; what was typed stays."""
    form.is_valid()  # a form accepts an error only after validation
    form.add_error(None, _("You have sent many questions in a short time. Wait an hour, or call us."))
    return show_contact_form(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)


def describe_sender(request: HttpRequest) -> dict[str, str]:
    """Logged-in users need not type who they are."""
    user = request.user
    return {"name": getattr(user, "name", ""), "email": getattr(user, "email", "")} if user.is_authenticated else {}


def keep_question(form: ContactForm) -> Question:
    """Store it; a form submitted twice is stored once. Going back and asking something else makes another question."""
    data = form.cleaned_data
    key = uuid5(data["key"], f"{data['email']}\n{data['question']}").hex if data["key"] else ""
    return open_question(
        channel=Question.Channel.FORM,
        email=data["email"],
        name=data["name"],
        subject=" ".join(data["question"].split())[:80],
        text=data["question"],
        language=(get_language() or "nl")[:2],
        named_dossier=data["dossier"],
        key=key,
        files=form.looked,
        is_spam=form.is_for_machines,
    )


def show_contact_form(request: HttpRequest, form: ContactForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page; a browser does not submit files twice, so they must be added again."""
    again = bool(request.FILES) and not form.errors.get("attachments")
    context = {"form": form, "files_again": again}
    return render(request, "mailbox/contact.html", context, status=status)


@never_cache
@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    """Thank you, with the number."""
    return render(request, "mailbox/sent.html", {"asked": request.session.get(SESSION_KEY)})
