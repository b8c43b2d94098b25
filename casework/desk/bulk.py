"""One step in many cases: first what would happen in each, then the step itself, each in a transaction of its own.

Every case takes the ordinary step, by the same form, permission, law and waiting time as on its own page. One that
cannot take it does not stop the others. A case carries the last event that its reader knew of: what happened since is
told, and a second click finds that it is done.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed, has_transition_perm
from django_stubs_ext import StrOrPromise

from casework.desk import conflict, pending_steps
from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk, DeskStep
from casework.desk.timeline import build_timeline_lines
from casework.models import Event, PendingStep
from casework.steps import Rehearsal, lock_case, rehearse_step

if TYPE_CHECKING:
    from accounts.models import User

NOTHING_SHOWN = Rehearsal(letters=[], mails=[], deadlines=[])
"""Where a step is taken, and not rehearsed first."""
Typed = Mapping[str, Sequence[str]]
"""What the form of a step is sent, by the names of its fields."""


class State(StrEnum):
    """What becomes, or became, of one case."""

    POSSIBLE = "possible"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """One case with what happens to it, in words. `mark`: the last event that its reader knows of; `kept`: what of the
    case was shown and is sent back, such as the keys of its letters.
    """

    case: Any
    state: State
    said: str
    mark: int = 0
    kept: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether it can be done, or was."""
        return self.state != State.REFUSED


class BulkForm(forms.Form):
    """What is filled in once for all cases; nothing here. `user`: who fills it in."""

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class BulkStep:
    """A step that a list offers for many cases. `lists`: the worklists that offer it; none is every one. `steps`: those
    that it can come to, where that is not the one of its name.
    """

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]
    permission: ClassVar[str]
    lists: ClassVar[tuple[str, ...]] = ()
    steps: ClassVar[tuple[str, ...]] = ()
    form: ClassVar[type[BulkForm]] = BulkForm

    def step_of(self, case: Any) -> str:
        """The name of the step that this case takes."""
        return self.name

    def keep(self, case: Any) -> tuple[str, ...]:
        """What of the case counts as it was shown."""
        return ()

    def typed(self, case: Any, form: BulkForm, kept: Sequence[str]) -> Typed:
        """What the step's own form is sent."""
        return {}

    def recorded(self, form: BulkForm) -> Mapping[str, Any]:
        """What the event of the step holds when it is the very same that is asked again."""
        return {}

    def refuse(self, case: Any, form: BulkForm, kept: Sequence[str]) -> str:
        """Why this case is not done together with others; empty if it is."""
        return ""

    def kind_of(self, case: Any) -> Hashable:
        """What all cases that are done together must have in common."""
        return None

    def describe(self, case: Any, form: BulkForm, rehearsal: Rehearsal) -> str:
        """What happens to the case: the letters that it brings."""
        return ", ".join(letter.subject for letter in rehearsal.letters)


@dataclass(frozen=True)
class Bulk:
    """One step, filled in once, by one user, for cases of one sort."""

    action: BulkStep
    form: BulkForm
    desk: CaseDesk[Any]
    user: "User"

    def rehearse(self, cases: Sequence[Any]) -> list[Row]:
        """What would happen in each; nothing of it remains."""
        marks = find_marks(cases)
        common = self.find_common_kind(cases)
        return [self.rehearse_one(case, mark=marks.get(case.pk, 0), common=common) for case in cases]

    def find_common_kind(self, cases: Sequence[Any]) -> Hashable:
        """What most of them have in common."""
        kinds = [self.action.kind_of(case) for case in cases]
        return max(kinds, key=kinds.count, default=None)

    def rehearse_one(self, case: Any, *, mark: int, common: Hashable) -> Row:
        """The step, taken and taken back."""
        kept = self.action.keep(case)
        if self.action.kind_of(case) != common:
            return Row(case, State.REFUSED, gettext("Differs from the others: do this one by itself."))
        try:
            said = self.attempt(case, kept=kept, mark=mark, is_real=False)
        except REFUSALS as refused:
            return Row(case, State.REFUSED, explain_refusal(refused))
        return Row(case, State.POSSIBLE, said, mark, kept)

    def take(self, case: Any, *, mark: str, kept: Sequence[str]) -> Row:
        """The step itself, unless something happened since the reader looked."""
        try:
            with transaction.atomic():
                lock_case(case)
                if self.was_taken(case, mark=mark):
                    return Row(case, State.DONE, gettext("Was done already."))
                self.refuse_changed(case, mark=mark)
                said = self.attempt(case, kept=kept, mark=conflict.as_key(mark), is_real=True)
        except REFUSALS as refused:
            return Row(case, State.REFUSED, explain_refusal(refused))
        return Row(case, State.DONE, said)

    def was_taken(self, case: Any, *, mark: str) -> bool:
        """Whether this user asked the very same since: a second click, or a second tab."""
        steps, since = self.action.steps or (self.action.name,), conflict.as_key(mark)
        asked = self.action.recorded(self.form)
        events = Event.objects.of(case).filter(pk__gt=since, by=self.user, step__in=steps)
        waiting = PendingStep.objects.open().of(case).filter(step__in=steps, made_by=self.user, seen=since)
        return any(asked.items() <= event.detail.items() for event in events) or waiting.exists()

    def refuse_changed(self, case: Any, *, mark: str) -> None:
        """Who was first is told by name."""
        lines = build_timeline_lines(conflict.find_missed_events(case, seen=mark, user=self.user))
        if lines:
            happened = "; ".join(f"{line} ({line.who})" for line in lines)
            raise ValidationError(gettext("Changed meanwhile: %(what)s.") % {"what": happened})

    def attempt(self, case: Any, *, kept: Sequence[str], mark: int, is_real: bool) -> str:
        """Check and take, or rehearse; says what happens. Raises what a step raises."""
        if why := self.action.refuse(case, self.form, kept):
            raise ValidationError(why)
        step = self.find_step(case)
        self.refuse_hindered(case, step)
        typed = self.action.typed(case, self.form, kept)
        form = self.build_form(case, step, typed)
        due = pending_steps.waits_until(step, form, now=timezone.now()) if is_real else None
        if is_real and due is None:
            said = self.action.describe(case, self.form, NOTHING_SHOWN)
            self.desk.take(case, step, by=self.user, detail=form.detail())
            if step.sends_letter:
                pending_steps.settle_pending(case)
            return said
        rehearsal = rehearse_step(case, step.name, by=self.user, **form.detail())
        if due is None:
            return self.action.describe(case, self.form, rehearsal)
        as_sent = {name: list(values) for name, values in typed.items()}
        pending_steps.begin_waiting(
            case, step, by=self.user, typed=as_sent, seen=str(mark), rehearsal=rehearsal, due=due
        )
        time = date_format(timezone.localtime(due), "H:i")
        return gettext("Goes out at %(time)s; until then you can take it back.") % {"time": time}

    def find_step(self, case: Any) -> DeskStep:
        """The step, where the status and the rules leave it to this user."""
        step = self.desk.by_name.get(self.action.step_of(case))
        if step is None or not can_proceed(getattr(case, step.name)):
            status = case.get_status_display()
            raise ValidationError(gettext("Not possible now: the case is “%(status)s”.") % {"status": status})
        if not has_transition_perm(getattr(case, step.name), self.user):
            raise PermissionDenied
        return step

    def refuse_hindered(self, case: Any, step: DeskStep) -> None:
        """Another step that waits, or what the law asks first."""
        if step.name not in pending_steps.ALWAYS_ALLOWED and pending_steps.find_open_step(case):
            raise pending_steps.AlreadyPendingError
        if hindrance := self.desk.hindrance(step, case, self.user):
            raise ValidationError(str(hindrance.why))

    def build_form(self, case: Any, step: DeskStep, typed: Typed) -> StepForm:
        """The step's own form as its page would send it; raises ValidationError with what is wrong in it."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, list(values))
        form = step.form(data, None, case=case)
        form.user = self.user
        if form.is_valid():
            return form
        if form.doubts:
            raise ValidationError(gettext("Something speaks against it: look at this one by itself."))
        raise ValidationError("\n".join(pending_steps.list_form_errors(form)))


REFUSALS = (
    ValidationError,
    PermissionDenied,
    TransitionNotAllowed,
    ConcurrentTransition,
    pending_steps.AlreadyPendingError,
)
"""What stops one case and not the others."""


def explain_refusal(refused: Exception) -> str:
    """Why a case is refused, in a sentence."""
    match refused:
        case ValidationError():
            return "\n".join(refused.messages)
        case PermissionDenied():
            return gettext("You may not do this in this case.")
        case pending_steps.AlreadyPendingError():
            return gettext("Another step of this case waits to go out.")
    return gettext("The status of the case does not allow this step any more.")


def find_marks(cases: Iterable[Any]) -> dict[int, int]:
    """The last event of each case: one query."""
    keys = {case.pk: case.CASE_TYPE for case in cases}
    events = Event.objects.filter(case_type__in=set(keys.values()), case_id__in=keys)
    return dict(events.order_by().values("case_id").annotate(last=Max("pk")).values_list("case_id", "last"))
