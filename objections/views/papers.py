"""Handing in what was missing, with an explanation, or papers for the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from accounts.form_recovery import keep_typed, take_typed
from casework.models import Document
from casework.steps import StepRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, upload_limits
from exemptions.views import conflict
from exemptions.views.screens import user_of
from objections.forms import PapersForm, RepairForm, WithFiles
from objections.models import Objection
from objections.portal import files, progress
from objections.views import mine


@dataclass(frozen=True)
class HandIn:
    """A page on which files are added one by one or several at once, and handed in with one step."""

    objection: Objection
    step: str
    form_class: type[WithFiles]
    take: Callable[[WithFiles, list[Document]], None]
    done: str
    possible: bool
    context: dict[str, Any]

    @property
    def template(self) -> str:
        """The template of its page."""
        return f"portal/objection_{self.step}.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def repair_objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is missing and until when, and the answer (Awb 6:6)."""
    objection = mine.get_own_objection(request, key)
    hand_in = HandIn(
        objection,
        step="repair",
        form_class=RepairForm,
        take=lambda form, documents: objection.repair(
            by=user_of(request), answer=form.cleaned_data["answer"].strip(), documents=documents
        ),
        done=_("Thank you. We have your answer, and will continue with your objection."),
        possible=can_proceed(objection.repair),
        context={"asked": progress.build_case(objection).request, "today": mine.get_today()},
    )
    return respond_to_hand_in(request, hand_in)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def add_papers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add papers to the file; with a hearing planned, until the day in the invitation (Awb 7:4)."""
    objection = mine.get_own_objection(request, key)
    case = progress.build_case(objection)
    hand_in = HandIn(
        objection,
        step="add_papers",
        form_class=PapersForm,
        take=lambda _form, documents: objection.add_papers(by=user_of(request), documents=documents),
        done=_("Thank you. Your documents are in the file of your objection."),
        possible=mine.can_add_papers(objection, case),
        context={"hearing": case.hearing if objection.status == progress.Status.HEARING_PLANNED else None},
    )
    return respond_to_hand_in(request, hand_in)


def respond_to_hand_in(request: HttpRequest, hand_in: HandIn) -> HttpResponse:
    """Respond to a request; one that comes too late or twice gets a page that says what happened."""
    at = mine.make_home(request, hand_in.objection)
    if request.method == "POST":
        form = hand_in.form_class(request.POST, request.FILES, by=user_of(request))
        return handed_in(request, hand_in, form, at) if hand_in.possible else conflict.page_of(request, at, form)
    if not hand_in.possible:
        return conflict.show_step_not_possible(request, at)
    return show_hand_in(request, hand_in, hand_in.form_class(take_typed(request)), at)


def handed_in(request: HttpRequest, hand_in: HandIn, form: WithFiles, at: conflict.Home) -> HttpResponse:
    """Keep the accepted files whatever else is wrong, and hand in if nothing is."""
    is_good = form.is_valid()
    try:
        new = keep_files(request, hand_in.objection, form, step=hand_in.step)
        if "send" in request.POST and is_good and form.is_valid():
            documents = list(files.find_unsent_files(hand_in.objection))
            if form.checked and not new and not documents:
                messages.info(request, _("We already have these files."))
                return redirect(at.url)
            hand_in.take(form, documents)
            messages.success(request, hand_in.done)
            return redirect(at.url)
    except StepRefused as refused:
        refused.add_to(form)
    except (TransitionNotAllowed, ConcurrentTransition):
        return conflict.page_of(request, at, form)
    return show_hand_in(request, hand_in, form, at)


def keep_files(request: HttpRequest, objection: Objection, form: WithFiles, *, step: str) -> int:
    """Remove a file, or add the accepted ones; returns how many are new. Failures become errors of the form."""
    try:
        new = files.add_files(objection, form.checked, step=step, by=user_of(request))
        if removed := files.remove_file(objection, request.POST.get("remove", ""), step=step):
            messages.success(request, _("“%(name)s” was removed.") % {"name": removed.name})
    except files.TooManyFiles:
        message = _("At most %(count)s files at once. Put several pages in one PDF.")
        form.add_error("added", message % {"count": MAX_PER_ITEM})
        return 0
    except files.NotKept:
        form.add_error("added", _("Files cannot be saved at the moment. Try again in a few minutes."))
        return 0
    return new


def show_hand_in(request: HttpRequest, hand_in: HandIn, form: WithFiles, at: conflict.Home) -> HttpResponse:
    """The page: what was added before, and the form."""
    context = {
        **at.shown,
        **hand_in.context,
        "form": form,
        "documents": list(files.find_unsent_files(hand_in.objection)),
        "allowed": upload_limits(),
    }
    return render(request, hand_in.template, context)
