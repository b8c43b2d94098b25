"""The page of every step: its form, then a preview of the letter, then the step itself. Works without JavaScript."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed, has_transition_perm

from accounts.form_recovery import take_typed
from casework.deadline_words import in_words
from casework.desk import conflict, pending_steps
from casework.desk.forms import LongText, StepForm
from casework.desk.list_place import find_place
from casework.desk.presence import note_presence
from casework.desk.steps import CaseDesk, DeskStep, HinderedStep
from casework.letter_pdfs import render_letter_html
from casework.models import PendingStep
from casework.steps import Rehearsal, StepRefused, lock_case, rehearse_step

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User

ONWARD = "onward"
"""The name of a button that takes the step and then opens the next case of the list."""


STILL_EMPTY = "…"
"""Replaces a text in a draft that nobody has typed yet."""


class StepPage:
    """One visit of one user to the page of one step of one case."""

    def __init__(
        self,
        request: HttpRequest,
        case: Any,
        step: DeskStep,
        *,
        desk: CaseDesk[Any],
        user: "User",
        site: "AdminSite",
        beside: Callable[[StepForm], dict[str, Any]] = lambda _form: {},
    ) -> None:
        self.request, self.case, self.step, self.desk, self.user, self.site = request, case, step, desk, user, site
        self.beside = beside
        self.seen = request.POST.get("seen") or str(conflict.seen_now(case))

    def respond(self) -> HttpResponse:
        """The form, its preview, or the result of the step. What a colleague did is shown before any refusal."""
        if self.step.name not in pending_steps.ALWAYS_ALLOWED and (pending := pending_steps.find_open_step(self.case)):
            return self.waiting(pending)
        return self.unhindered()

    def unhindered(self) -> HttpResponse:
        """The response if no other step of the case is waiting."""
        if self.request.method == "POST" and (overtaken := self.overtaken()):
            return overtaken
        if instead := self.desk.find_instead(self.case, self.step, by=self.user):
            return HttpResponseRedirect(self.desk.step_address(self.case, instead))
        self.refuse_stranger()
        if not can_proceed(getattr(self.case, self.step.name)):
            return self.conflict(conflict.find_missed_events(self.case, seen=self.seen, user=self.user))
        try:
            return self.posted() if self.request.method == "POST" else self.asked()
        except (TransitionNotAllowed, ConcurrentTransition):  # a colleague was faster by a split second
            return self.conflict(conflict.find_missed_events(self.case, seen=self.seen, user=self.user))

    def overtaken(self) -> HttpResponse | None:
        """The response to a second click, or after a colleague was first; None if nothing happened since."""
        if self.is_repeat():
            return self.done()
        events = conflict.find_missed_events(self.case, seen=self.seen, user=self.user)
        return self.conflict(events) if events.exists() else None

    def is_repeat(self) -> bool:
        """Whether the button was clicked twice."""
        return conflict.was_just_done(self.case, seen=self.seen, user=self.user, step=self.step)

    def refuse_stranger(self) -> None:
        """Respond 403 if the status allows the step, but not to this user."""
        taken = getattr(self.case, self.step.name)
        if can_proceed(taken) and not has_transition_perm(taken, self.user):
            raise PermissionDenied(f"user {self.user.pk} may not {self.step.name}")

    def asked(self) -> HttpResponse:
        """The form, empty or as typed before the login expired; without fields, the letter itself."""
        kept = self.kept()
        initial = {name: self.request.GET[name] for name in self.step.prefilled if name in self.request.GET}
        form = self.form(kept, initial=initial)
        if kept is None and not form.fields and self.step.sends_letter and not self.hindered:
            return self.previewed(self.form(QueryDict()))
        return self.show(form)

    def kept(self) -> QueryDict | None:
        """What was typed earlier: before the login expired, or for a step that was taken back or not carried out."""
        before_login, key = take_typed(self.request), self.request.GET.get("typed", "")
        if before_login is not None or not conflict.as_key(key):
            return before_login
        ended = PendingStep.objects.unsettled().of(self.case).exclude(ended_at=None).select_related("made_by")
        pending = ended.filter(pk=conflict.as_key(key), step=self.step.name).first()
        return pending.form_data if pending and pending.is_left_to(self.user) else None

    def posted(self) -> HttpResponse:
        """Show the preview first if a letter goes out; otherwise take the step."""
        form, action = self.form(self.request.POST), self.request.POST.get("action")
        if action == "draft" and form.shows_letter:
            return self.drafted()
        if action == "change" or not form.is_valid():
            return self.show(form)
        return self.previewed(form) if self.step.previewed and action != "send" else self.taken(form)

    def previewed(self, form: StepForm) -> HttpResponse:
        """The letter before it is sent: the step is taken and rolled back."""
        if not form.is_valid():
            return self.show(form)
        try:
            rehearsal = self.rehearsed(form)
        except StepRefused as refused:
            return self.show(add_refusal(form, refused))
        is_beside = bool(form.beside_template) and not form.shows_letter  # the form's page shows the letter itself
        context = {
            **self.context(form),
            **(self.beside(form) if is_beside else {}),
            "is_beside": is_beside,
            "letters": [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in rehearsal.letters],
            "gaps": self.desk.list_gaps(self.case, rehearsal.letters, by=self.user),
            "mails": rehearsal.mails,
            "deadlines": [(one, in_words(one)) for one in rehearsal.deadlines],
            "typed": conflict.values_sent(self.request),
            "due": pending_steps.waits_until(self.step, form, now=timezone.now()),
        }
        return TemplateResponse(self.request, "desk/preview.html", context)

    def drafted(self) -> HttpResponse:
        """The letter as currently filled in, as a fragment of the page; nothing is saved.

        Empty texts appear as dots, and are named above the letter.
        """
        data, empty = self.request.POST.copy(), list[BoundField]()
        while True:
            form = self.form(data)
            rehearsal = self.attempt_rehearsal(form)
            found = [] if rehearsal else find_empty_texts(form)
            if not found:
                break
            empty += found
            data.update({field.html_name: STILL_EMPTY for field in found})
        letters = rehearsal.letters if rehearsal else []
        context = {
            **self.context(form),
            "letters": [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in letters],
            "gaps": self.desk.list_gaps(self.case, letters, by=self.user),
            "mails": rehearsal.mails if rehearsal else [],
            "empty": [strip_tags(str(field.label)) for field in empty],
            "objections": [] if rehearsal else list(pending_steps.list_form_errors(form)),
            "explained_anew": [form[name] for name in form.explained_anew],
            "reason_field": self.reason_field() if form.doubts else None,
            "due": pending_steps.waits_until(self.step, form, now=timezone.now()),
        }
        return TemplateResponse(self.request, "desk/letter_draft.html", context)

    def reason_field(self) -> BoundField:
        """The field for the reason to decide in spite of doubts, without an error yet."""
        form = self.form(self.request.POST)
        form.errors.pop("doubts_reason", None)
        return form["doubts_reason"]

    def attempt_rehearsal(self, form: StepForm) -> Rehearsal | None:
        """What the step would send; None, with the reasons on the form, if it is refused."""
        if not form.is_valid():
            return None
        try:
            return self.rehearsed(form)
        except StepRefused as refused:
            add_refusal(form, refused)
            return None

    def rehearsed(self, form: StepForm) -> Rehearsal:
        """Rehearse the step; a proposal first as itself, and then as the decision that it proposes."""
        if self.step.rehearsed_as:
            rehearse_step(self.case, self.step.name, by=self.user, **form.detail())
            return rehearse_step(self.case, self.step.rehearsed_as, by=None, **form.detail())
        return rehearse_step(self.case, self.step.name, by=self.user, **form.detail())

    def taken(self, form: StepForm) -> HttpResponse:
        """Take the step or make it wait, or show why it is refused; a refusal also removes its files."""
        due = pending_steps.waits_until(self.step, form, now=timezone.now())
        try:
            return self.postponed(form, due) if due else self.taken_now(form)
        except StepRefused as refused:
            return self.show(add_refusal(form, refused))

    def taken_now(self, form: StepForm) -> HttpResponse:
        """Take the step now, which settles earlier attempts that were taken back or not carried out.

        Another request for the same case waits for the lock, and then finds what happened.
        """
        with transaction.atomic():
            lock_case(self.case)
            if overtaken := self.overtaken():
                return overtaken
            self.desk.take(self.case, self.step, by=self.user, detail=form.detail())
            if self.step.sends_letter:
                pending_steps.settle_pending(self.case)
        return self.done()

    def postponed(self, form: StepForm, due: datetime) -> HttpResponse:
        """Store the form so that the step waits and its maker can take it back; nothing happens yet."""
        rehearsal = self.rehearsed(form)
        try:
            pending = pending_steps.begin_waiting(
                self.case, self.step, by=self.user, typed=self.typed(), seen=self.seen, rehearsal=rehearsal, due=due
            )
        except pending_steps.AlreadyPendingError:  # by a click at the same moment
            return self.respond()
        return self.waits(pending)

    def typed(self) -> dict[str, list[str]]:
        """What the browser sent, by form field."""
        pairs = conflict.values_sent(self.request)
        return {name: [value for other, value in pairs if other == name] for name, _value in pairs}

    def waiting(self, pending: PendingStep) -> HttpResponse:
        """The response if a step of the case is waiting; if it is this very step, the button was clicked twice."""
        is_same = (pending.made_by, pending.step, pending.typed) == (self.user, self.step.name, self.typed())
        if self.request.method == "POST" and is_same:
            return self.waits(pending)
        context = {
            **self.context(self.step.form(case=self.case)),
            "pending": [pending_steps.as_shown(pending, desk=self.desk, user=self.user)],
            "typed": conflict.read_typed_answers(self.request, self.case, step=self.step),
        }
        return TemplateResponse(self.request, "desk/pending_first.html", context, status=HTTPStatus.CONFLICT)

    def waits(self, pending: PendingStep) -> HttpResponse:
        """Redirect to the case, which says until when the step can be taken back."""
        said = _("Nothing has been sent yet. It goes out at %(time)s; until then you can take it back.")
        time = date_format(timezone.localtime(pending.due_at), "H:i")
        return self.lead_on(said % {"time": time}, self.desk.case_address(self.case))

    def done(self) -> HttpResponse:
        """Redirect to the case, or to its successor."""
        return self.lead_on(f"{self.step.done}.", self.desk.address_after(self.case, self.step, self.user))

    def lead_on(self, said: str, address: str) -> HttpResponse:
        """Redirect with a message about what was done; to the next case of the list if the button says so."""
        place = find_place(self.request, self.user) if ONWARD in self.request.GET else None
        if place and place.following:
            said, address = f"{self.desk.title(self.case)}: {said}", place.following
        messages.success(self.request, said)
        return HttpResponseRedirect(address)

    def show(self, form: StepForm) -> HttpResponse:
        """The form, with its errors."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {**self.context(form), **self.beside(form)}
        return TemplateResponse(self.request, "desk/step.html", context, status=status)

    def conflict(self, events: Any) -> HttpResponse:
        """The conflict page, after somebody else was first."""
        return conflict.show_conflict(
            self.request,
            self.case,
            site=self.site,
            step=self.step,
            desk=self.desk,
            events=events,
            user=self.user,
        )

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> StepForm:
        """The step's form for this case, with the files that were sent."""
        files = self.request.FILES if data is self.request.POST else None
        form = self.step.form(data, files, case=self.case, **kwargs)
        form.user = self.user
        if language := self.desk.letter_language(self.case):
            language.mark(form)
        return form

    @cached_property
    def hindered(self) -> HinderedStep | None:
        """What prevents this step, whatever is filled in."""
        return self.desk.hindered(self.step, self.case, self.user)

    def context(self, form: StepForm) -> dict[str, Any]:
        """The context of both pages."""
        return {
            **self.site.each_context(self.request),
            "title": self.step.label,
            "case": self.case,
            "desk": self.desk,
            "case_name": self.desk.title(self.case),
            "line": self.desk.line(self.case),
            "step": self.step,
            "form": form,
            "seen": self.seen,
            "hindered": self.hindered,
            "colleague": self.desk.colleague(self.case, self.user),
            "others_here": note_presence(self.case, self.user),
            "letter_language": self.desk.letter_language(self.case),
            **self.desk.context(self.case),
        }


def find_empty_texts(form: StepForm) -> list[BoundField]:
    """The required texts that are still empty."""
    return [
        field for field in form if isinstance(field.field, LongText) and field.errors and not (field.data or "").strip()
    ]


def add_refusal(form: StepForm, refused: StepRefused) -> StepForm:
    """Add a refusal to the form, each sentence at the field that it is about."""
    refused.add_to(form)
    return form
