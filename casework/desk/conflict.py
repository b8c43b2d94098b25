"""Two caseworkers at once: the second reads what the first did, and keeps what they typed."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import strip_tags

from casework.desk import timeline
from casework.desk.steps import CaseDesk, DeskStep
from casework.models import Event

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User
    from casework.models import Case

HIDDEN = ("csrfmiddlewaretoken", "action", "seen")


def seen_now(case: "Case") -> int:
    """The last event of the case: a form carries it, to notice that its page has become old."""
    return Event.objects.of(case).order_by("-pk").values_list("pk", flat=True).first() or 0


def find_missed_events(case: "Case", *, seen: str, user: "User") -> QuerySet[Event]:
    """What happened since the page was made that its reader must know: a new status, or anything a colleague did.

    Notes do not count, nor what the reader did in another window without changing the status, nor what happened to
    another case of the dossier.
    """
    since = Event.objects.of(case).filter(pk__gt=as_key(seen))
    matters = ~Q(from_status=F("to_status")) | ~Q(by=user) | Q(by=None)
    return since.filter(matters).exclude(step="note").select_related("by")


def as_key(seen: str) -> int:
    """The mark of a form as the key of an event; 0 where it is none, so that everything counts as missed."""
    return int(seen) if seen.isdecimal() and len(seen) < 19 else 0


def show_conflict(
    request: HttpRequest,
    case: Any,
    *,
    site: "AdminSite",
    step: DeskStep,
    desk: CaseDesk[Any],
    events: QuerySet[Event],
    user: "User",
) -> HttpResponse:
    """409: who did what when, and what was typed: to go on with where the step is still possible, or to copy.

    Going on shows the form again, filled in: it takes no step.
    """
    context = {
        **site.each_context(request),
        "title": desk.changed,
        "case": case,
        "desk": desk,
        "case_name": desk.title(case),
        "line": desk.line(case),
        "step": step,
        "lines": timeline.build_timeline_lines(events),
        "typed": read_typed_answers(request, case, step=step),
        "colleague": desk.colleague(case, user),
        "seen": seen_now(case),
        "sent": values_sent(request) if step.name in {one.name for one in desk.offered(case, user)} else [],
        "files_sent": bool(request.FILES),
    }
    return TemplateResponse(request, "desk/conflict.html", context, status=HTTPStatus.CONFLICT)


def read_typed_answers(request: HttpRequest, case: Any, *, step: DeskStep) -> list[tuple[str, str]]:
    """What the form held, under the names of its fields; what was chosen from a list, in words."""
    form = step.form(case=case)
    start = f"{form.prefix}-" if form.prefix else ""
    sent = [(name.removeprefix(start), value) for name, value in values_sent(request) if value]
    return [(label_of(form, name), in_words(form, name, value)) for name, value in sent]


def label_of(form: forms.Form, name: str) -> str:
    """What a field is called, also one that the case as it is now does not ask."""
    if name in form.fields:
        return strip_tags(str(form[name].label))
    known = form.base_fields.get(name)
    return str(known.label) if known and known.label else name


def in_words(form: forms.Form, name: str, value: str) -> str:
    """A value as its reader knows it: the words of a choice, and not its key."""
    if not isinstance(form.fields.get(name), forms.ChoiceField):
        return value
    options = (option.data for option in form[name].subwidgets)
    return next((str(option["label"]) for option in options if str(option["value"]) == value), value)


def values_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form as the browser sent them, without those that the page adds."""
    return [(name, value) for name, values in request.POST.lists() if name not in HIDDEN for value in values]


def was_just_done(case: "Case", *, seen: str, user: "User", step: DeskStep) -> bool:
    """Whether this very step is the only thing that happened, by the same person: the button was clicked twice."""
    return [(event.step, event.by_id) for event in find_missed_events(case, seen=seen, user=user)] == [
        (step.name, user.pk)
    ]
