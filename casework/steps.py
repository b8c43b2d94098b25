"""The one way in which a case changes its status.

A step is a method named with the caseworker's verb. Taking it, in one transaction: locks the row, reads it afresh,
checks status, permission and conditions, runs the body, saves, and appends the event. The body lists the
consequences, one line each; nothing else happens anywhere, and a step touches only the database.

What is said of a step stands with it: its button, and what the desk and the applicant read once it was taken.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    NotRequired,
    ParamSpec,
    Protocol,
    TypedDict,
    Unpack,
    cast,
)

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django_fsm import TransitionNotAllowed, can_proceed, has_transition_perm
from django_fsm import transition as fsm_transition

from casework.batch import is_in_batch, is_of_batch, save_case
from casework.models import Deadline, Dossier, Letter, Message, ReferenceVersion
from casework.reference_cache import note_version, reading_once
from casework.running_terms import forget_terms, terms_of_step

if TYPE_CHECKING:
    from django.forms.forms import BaseForm

    from accounts.models import User
    from casework.models import Case

log = structlog.get_logger("loket.steps")


class StepRefused(ValidationError):
    """The step's facts do not allow it (a date outside the law, no hearing offered); nothing was changed.

    `field`: what was filled in wrong, by the name that the form of the step gives it; empty if it is about the case.
    """

    def __init__(self, message: Any, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field

    def add_to(self, form: "BaseForm") -> None:
        """Show it at its field, where this form has that one; else above the form."""
        form.add_error(self.field if self.field in form.fields else None, ValidationError(self.messages))


Text = str | Promise


@dataclass(frozen=True)
class Button:
    """How the desk offers a step. `explained` stands above its form; `rehearsed_as` is the step whose letter a proposal
    leads to.

    `main`: the way the case goes when all is well. `rare`: behind 'more steps'. `prefilled`: the fields that a link to
    the page may fill in, nothing about people.
    """

    label: Text
    explained: Text
    sends_letter: bool = False
    rehearsed_as: str = ""
    main: bool = False
    rare: bool = False
    prefilled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declaration:
    """What is said of a step. `done`: in the history at the desk; `told`: in that of the applicant's side.

    Without `told` the desk keeps it to itself; without a button it is taken elsewhere.
    """

    done: Text
    told: Text
    button: Button | None


Permission = str | Callable[[Any, Any], bool] | None
Condition = Callable[[Any], bool]
Facts = ParamSpec("Facts")
"""What a step is told: `by` and its own arguments, all by name."""
Computed = Mapping[str, Any] | None
"""What the body of a step found out and its event is to keep, by name."""


class Move(TypedDict):
    """From where to where, who may, and what must be so. Without a target the status stays."""

    source: str | Sequence[str]
    target: str | None
    permission: NotRequired[Permission]
    conditions: NotRequired[list[Condition]]


def step(
    *, records: Sequence[str] = (), done: Text = "", told: Text = "", button: Button | None = None, **move: Unpack[Move]
) -> Callable[[Callable[Concatenate[Any, Facts], Computed]], Callable[Concatenate[Any, Facts], None]]:
    """A transition that checks, locks, saves and records itself, or leaves no trace.

    `records` names what goes into the event: what the body returns under that name, an argument, or a field of the case
    as it stands afterwards. Enough to count every deadline and every figure again from the events alone; free text
    about people stays in rows of its own. For `done`, `told` and `button` see `Declaration`.
    Raises TransitionNotAllowed (wrong status or unmet condition), PermissionDenied, or StepRefused from the body.
    """

    def decorate(method: Callable[Concatenate[Any, Facts], Computed]) -> Callable[Concatenate[Any, Facts], None]:
        transition = fsm_transition("status", **ask_conditions_once(move))(copy_body(method))

        @wraps(transition)
        def take(case: Any, /, *_nothing: Facts.args, **detail: Facts.kwargs) -> None:
            take_step(case, transition, stays=move["target"] is None, records=records, detail=detail)

        vars(take)["declaration"] = Declaration(done, told, button)
        return take

    return decorate


def copy_body(method: Callable[Facts, Computed]) -> Callable[Facts, Computed]:
    """The same function once more: django-fsm writes on it, and several sorts of case may share it."""

    @wraps(method)
    def body(*case: Facts.args, **detail: Facts.kwargs) -> Computed:
        vars(case[0]).pop(CHECKED, None)  # from here on the step changes what its conditions ask
        return method(*case, **detail)

    return body


CHECKED = "_conditions_checked"
READ_AT_ONCE = 500
"""Of the cases in which a job takes a step: none is kept, with all it looked up, until the last one is done."""


def ask_conditions_once(move: Move) -> Move:
    """The same move: django-fsm asks its conditions three times before a step, while nothing can change."""
    conditions = [keep_answer(condition) for condition in move.get("conditions", [])]
    return Move(**{**move, "conditions": conditions})


def keep_answer(condition: Condition) -> Condition:
    """It is asked once between the lock and the body of a step; elsewhere each time."""

    @wraps(condition)
    def ask(case: Any) -> bool:
        answers: dict[Condition, bool] | None = vars(case).get(CHECKED)
        if answers is None:
            return condition(case)
        if condition not in answers:
            answers[condition] = condition(case)
        return answers[condition]

    return ask


def take_step(
    case: Any, move: Callable[..., Computed], *, stays: bool, records: Sequence[str], detail: Mapping[str, Any]
) -> None:
    """Lock, check, move, save and record, all of it or nothing. `stays`: it leaves the status as it is."""
    name, by = move.__name__, cast("User | None", detail["by"])
    own = transaction.atomic(savepoint=not is_in_batch())  # a batch stands or falls as a whole
    with forgetting_what_failed(case), own, reading_once(), terms_of_step():
        before = lock_case(case)
        vars(case)[CHECKED] = {}
        check_permission(case, name, by)
        known = {**detail, **(move(case, **detail) or {})}
        save_case(case)
        # What leaves the status as it is may have taken another step, which has told of its own move.
        came_from = case.status if stays else before
        recorded = collect_details(case, names=records, detail=known)
        case.dossier.record(case, name, from_status=came_from, to_status=case.status, by=by, detail=recorded)


@contextmanager
def forgetting_what_failed(case: Any) -> Iterator[None]:
    """The rows that a refused step found or made are as they were: whoever shows the case looks them up anew."""
    try:
        yield
    except Exception:
        case.forget_lookups()
        raise
    finally:
        vars(case).pop(CHECKED, None)


class Declare(Protocol[Facts]):
    """Makes a step that several sorts of case share one of a sort: from which status, and who may."""

    def __call__(
        self, *, source: str | Sequence[str], permission: Permission
    ) -> Callable[Concatenate[Any, Facts], None]: ...


def shared_step(
    *,
    done: Text,
    button: Button | None = None,
    records: Sequence[str] = (),
    told: Text = "",
    conditions: Iterable[Condition] = (),
) -> Callable[[Callable[Concatenate[Any, Facts], Computed]], Declare[Facts]]:
    """A step that several sorts of case take alike and in the same words; it leaves the status as it is.

    Each sort declares it: `post_letters = shared_steps.post_letters(source=FILED, permission=may_handle)`.
    """

    def decorate(method: Callable[Concatenate[Any, Facts], Computed]) -> Declare[Facts]:
        def declare(*, source: str | Sequence[str], permission: Permission) -> Callable[Concatenate[Any, Facts], None]:
            move = Move(source=source, target=None, permission=permission, conditions=list(conditions))
            return step(**move, records=records, done=done, told=told, button=button)(method)

        return declare

    return decorate


@dataclass(frozen=True)
class PastStep:
    """A step that nobody takes any more: its events keep their words. It stands in the class body as the others do."""

    declaration: Declaration


def keep_words(*, done: Text, told: Text = "") -> PastStep:
    """What is still said of a step of before."""
    return PastStep(Declaration(done, told, button=None))


def find_declarations(model: type[models.Model]) -> dict[str, Declaration]:
    """What is said of each step of a case, in the order of its class body."""
    members = {name: member for cls in reversed(model.__mro__) for name, member in vars(cls).items()}
    return {name: member.declaration for name, member in members.items() if hasattr(member, "declaration")}


def words_told(model: type[models.Model]) -> dict[str, Text]:
    """What the applicant's side reads of each step that it may know of."""
    return {name: declared.told for name, declared in find_declarations(model).items() if declared.told}


def person(by: "User | None") -> "User":
    """Somebody signs for this; the system never does."""
    if by is None:
        raise ValueError("this step needs a person")
    return by


def take_in_each(model: "type[Case]", keys: Iterable[int], name: str) -> int:
    """The system takes a step in every case of these keys, each in a transaction of its own; tells in how many.

    One that cannot take it does not stop the others: somebody, or another run, was first.
    """
    taken = 0
    for case in model._default_manager.filter(pk__in=list(keys)).iterator(chunk_size=READ_AT_ONCE):
        try:
            getattr(case, name)(by=None)
        except TransitionNotAllowed:
            continue
        except ValidationError as error:
            log.error("step_refused", step=name, case=case.pk, reason=str(error))
        else:
            taken += 1
    return taken


def collect_details(case: Any, *, names: Iterable[str], detail: Mapping[str, Any]) -> dict[str, Any]:
    """What the event records: what the step was told or found out, else the case's own field."""
    known = (name for name in names if name in detail or hasattr(case, name))
    return {name: as_json_value(detail[name] if name in detail else getattr(case, name)) for name in known}


def lock_case(case: Any) -> str:
    """Lock the row and read it again: of two people, the second finds the new status. Returns the status found."""
    if not is_of_batch(case):
        rows = type(case)._base_manager.select_for_update(no_key=True, of=("self",)).select_related(*case.READ_WITH)
        version = ReferenceVersion.objects.values("version")[:1]
        fresh = rows.annotate(reference_version=models.Subquery(version)).get(pk=case.pk)
        note_version(fresh.reference_version)
        take_over(case, fresh)
        forget_terms(case)
    return str(case.status)


def lock_row(case: Any) -> None:
    """Lock the row, and leave what was read of it: for who takes a step in it, which reads it anew."""
    if not is_of_batch(case):
        type(case)._base_manager.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)


def take_over(case: Any, fresh: Any) -> None:
    """Everything as the row holds it now, and nothing of what was looked up before.

    Not by `refresh_from_db`: while that runs, django-fsm lifts the protection of the status for the whole process and
    then puts it back, so that of two threads that refresh at once one fails.
    """
    case.__dict__.update({field.attname: fresh.__dict__[field.attname] for field in case._meta.concrete_fields})
    case._state.fields_cache = fresh._state.fields_cache
    case._prefetched_objects_cache = {}
    case.forget_lookups()
    case._update_initial_state()


def check_permission(case: Any, name: str, by: "User | None") -> None:
    """A person needs the step's permission; `None` is the system itself. A wrong status is the transition's to tell."""
    bound = getattr(case, name)
    if by is not None and can_proceed(bound) and not has_transition_perm(bound, by):
        raise PermissionDenied(f"user {by.pk} may not {name} {case._meta.model_name} {case.pk}")


def as_json_value(value: Any) -> Any:
    """A detail as JSON keeps it: dates as ISO text, rows as their key."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [as_json_value(item) for item in value]
    return value


DOTS = "····-····-····"
"""Stands for a reference or number that is only assigned when the step is really taken."""


@dataclass(frozen=True)
class Rehearsal:
    """What a step would do: the letters it places, the mails it sends, the deadlines it opens."""

    letters: list[Letter]
    mails: list[Message]
    deadlines: list[Deadline]


def rehearse_step(case: Any, name: str, *, by: "User | None", **detail: Any) -> Rehearsal:
    """Take a step and roll it back: its letters are word for word those that the step itself will place.

    Raises what the step raises. Nothing of it remains, and the given case is untouched.
    """
    with transaction.atomic():
        copy = type(case)._base_manager.get(pk=case.pk)
        seen = {model: list(rows_of(model, copy).values_list("pk", flat=True)) for model in (Letter, Message, Deadline)}
        newest_dossier = Dossier.objects.order_by("-pk").values_list("pk", flat=True)[0]
        known = references_of(copy)
        getattr(copy, name)(by=by, **detail)
        letters, mails, deadlines = (list(rows_of(model, copy).exclude(pk__in=pks)) for model, pks in seen.items())
        numbers = list(Dossier.objects.filter(pk__gt=newest_dossier).values_list("number", flat=True))
        new = references_of(copy) - known
        transaction.set_rollback(True)
    secrets = [*(letter.reference for letter in letters), *(number or "" for number in numbers), *new]
    veil_secrets(letters, mails, secrets=secrets)
    return Rehearsal(letters=letters, mails=mails, deadlines=deadlines)


def references_of(case: Any) -> set[str]:
    """The references of decisions that the case's letters may name besides their own; most cases have none."""
    references: Callable[[], Iterable[str]] | None = getattr(case, "references", None)
    return set(references()) if references else set()


def rows_of(model: type[models.Model], case: Any) -> "models.QuerySet[Any]":
    """The rows of a case's dossier."""
    return model._default_manager.filter(dossier=case.dossier)


def veil_secrets(letters: list[Letter], mails: list[Message], *, secrets: Sequence[str]) -> None:
    """Dots in place of what is generated anew each time, also where the markup of a letter escapes its dashes."""
    everything: list[Letter | Message] = [*letters, *mails]
    for words in everything:
        for secret in filter(None, secrets):
            for form in (secret, secret.replace("-", r"\-")):
                words.subject, words.body = words.subject.replace(form, DOTS), words.body.replace(form, DOTS)
    for letter in letters:
        letter.reference = DOTS if letter.reference else ""
