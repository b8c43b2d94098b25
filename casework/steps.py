"""The only way for a case to change its status.

A step is a method named with the caseworker's verb. Taking it locks the row, reads it afresh, checks status, permission
and conditions, runs the body, saves, and appends the event, all in one transaction. The body lists the consequences,
one line each; nothing happens anywhere else, and a step touches only the database.

A step declares its own texts: its button, and what the desk and the applicant read afterwards.
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

from casework.batch import is_in_batch, is_of_batch, read_values, save_case
from casework.models import Deadline, Dossier, Letter, Message, ReferenceVersion
from casework.reference_cache import note_version, reading_once
from casework.running_terms import forget_terms, terms_of_step

if TYPE_CHECKING:
    from django.forms.forms import BaseForm

    from accounts.models import User
    from casework.models import Case

log = structlog.get_logger("loket.steps")


class StepRefused(ValidationError):
    """The facts do not allow the step (a date outside the law, no hearing offered); nothing was changed.

    `field`: the name of the wrong field in the step's form; empty if the refusal is about the case.
    """

    def __init__(self, message: Any, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field

    def add_to(self, form: "BaseForm") -> None:
        """Show the refusal at its field if this form has that field, else above the form."""
        form.add_error(self.field if self.field in form.fields else None, ValidationError(self.messages))


Text = str | Promise


@dataclass(frozen=True)
class Button:
    """How the desk offers a step. `explained`: the text above its form; `rehearsed_as`: the step that a proposal leads
    to, with its letter.

    `main`: the usual course of a case. `rare`: hidden behind 'more steps'. `prefilled`: fields that a link to the page
    may fill in; never about people.
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
    """The texts of a step. `done`: for the history at the desk; `told`: for that of the applicant's side.

    Without `told`, the applicant's side does not see the step; without a button, the desk does not offer it.
    """

    done: Text
    told: Text
    button: Button | None


Permission = str | Callable[[Any, Any], bool] | None
Condition = Callable[[Any], bool]
Facts = ParamSpec("Facts")
"""The arguments of a step: `by` and its own, all keyword arguments."""
Computed = Mapping[str, Any] | None
"""What the body of a step found out, by name, for the event to record."""


class Move(TypedDict):
    """Source, target, permission and conditions of a transition. Without a target the status stays the same."""

    source: str | Sequence[str]
    target: str | None
    permission: NotRequired[Permission]
    conditions: NotRequired[list[Condition]]


def step(
    *, records: Sequence[str] = (), done: Text = "", told: Text = "", button: Button | None = None, **move: Unpack[Move]
) -> Callable[[Callable[Concatenate[Any, Facts], Computed]], Callable[Concatenate[Any, Facts], None]]:
    """A transition that locks, checks, saves and records itself, or leaves no trace.

    `records` names what goes into the event: what the body returns under that name, an argument, or a field of the case
    as it is afterwards. Events must suffice to recompute every deadline and figure; free text about people stays in
    rows of its own. For `done`, `told` and `button` see `Declaration`.
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
    """A copy of the function: django-fsm sets attributes on it, and several sorts of case may share it."""

    @wraps(method)
    def body(*case: Facts.args, **detail: Facts.kwargs) -> Computed:
        vars(case[0]).pop(CHECKED, None)  # from here on the step may change what its conditions check
        return method(*case, **detail)

    return body


CHECKED = "_conditions_checked"
READ_AT_ONCE = 500
"""The number of cases that a job reads at a time, so that not all of them stay in memory until the last is done."""


def ask_conditions_once(move: Move) -> Move:
    """The same move with cached conditions: django-fsm checks them three times before a step, while nothing changes."""
    conditions = [keep_answer(condition) for condition in move.get("conditions", [])]
    return Move(**{**move, "conditions": conditions})


def keep_answer(condition: Condition) -> Condition:
    """A condition that is evaluated once between the lock and the body of a step; elsewhere each time."""

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
    """Lock, check, move, save and record: all or nothing. `stays`: the step leaves the status as it is."""
    name, by = move.__name__, cast("User | None", detail["by"])
    own = transaction.atomic(savepoint=not is_in_batch())  # a batch succeeds or fails as a whole
    with forgetting_what_failed(case), own, reading_once(), terms_of_step():
        before = lock_case(case)
        as_read = {} if is_of_batch(case) else read_values(case)  # a batch has kept its own
        vars(case)[CHECKED] = {}
        check_permission(case, name, by)
        known = {**detail, **(move(case, **detail) or {})}
        save_case(case, as_read=as_read)
        # A step that leaves the status as it is may have taken another step, which recorded its own move.
        came_from = case.status if stays else before
        recorded = collect_details(case, names=records, detail=known)
        case.dossier.record(case, name, from_status=came_from, to_status=case.status, by=by, detail=recorded)


@contextmanager
def forgetting_what_failed(case: Any) -> Iterator[None]:
    """After a refused step, forget the rows that it looked up or made, so that showing the case reads them anew."""
    try:
        yield
    except Exception:
        case.forget_lookups()
        raise
    finally:
        vars(case).pop(CHECKED, None)


class Declare(Protocol[Facts]):
    """Declares a shared step for one sort of case: from which status, and who may take it."""

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
    """A step that several sorts of case share, texts included; it leaves the status as it is.

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
    """A step that no longer exists, in the class body for the sake of the texts of its past events."""

    declaration: Declaration


def keep_words(*, done: Text, told: Text = "") -> PastStep:
    """Keep the texts of a step that no longer exists."""
    return PastStep(Declaration(done, told, button=None))


def find_declarations(model: type[models.Model]) -> dict[str, Declaration]:
    """The declaration of each step of a case, in the order of its class body."""
    members = {name: member for cls in reversed(model.__mro__) for name, member in vars(cls).items()}
    return {name: member.declaration for name, member in members.items() if hasattr(member, "declaration")}


def find_applicant_texts(model: type[models.Model]) -> dict[str, Text]:
    """The `told` of each step that the applicant's side may see, by name."""
    return {name: declared.told for name, declared in find_declarations(model).items() if declared.told}


def person(by: "User | None") -> "User":
    """The user who takes a step that the system never does; raises ValueError without one."""
    if by is None:
        raise ValueError("this step needs a person")
    return by


def take_in_each(model: "type[Case]", keys: Iterable[int], name: str) -> int:
    """Take a step as the system in every case of these keys, each in its own transaction; returns in how many.

    A case that cannot take the step does not stop the others: somebody else, or another run, was first.
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
    """What the event records under these names: an argument or result of the step, else the case's own field."""
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
    """Lock the row without reading it, because the step that follows reads it anew."""
    if not is_of_batch(case):
        type(case)._base_manager.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)


def take_over(case: Any, fresh: Any) -> None:
    """Refresh the case from its row, and forget everything looked up before.

    Not with `refresh_from_db`: during that call django-fsm lifts the protection of the status for the whole process, so
    that of two threads refreshing at once, one fails.
    """
    case.__dict__.update({field.attname: fresh.__dict__[field.attname] for field in case._meta.concrete_fields})
    case._state.fields_cache = fresh._state.fields_cache
    case._prefetched_objects_cache = {}
    case.forget_lookups()
    case._update_initial_state()


def check_permission(case: Any, name: str, by: "User | None") -> None:
    """Raise PermissionDenied if a person lacks the step's permission; None is the system. Ignores a wrong status."""
    bound = getattr(case, name)
    if by is not None and can_proceed(bound) and not has_transition_perm(bound, by):
        raise PermissionDenied(f"user {by.pk} may not {name} {case._meta.model_name} {case.pk}")


def as_json_value(value: Any) -> Any:
    """A detail as a JSON value: dates as ISO text, rows as their primary key."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [as_json_value(item) for item in value]
    return value


DOTS = "····-····-····"
"""Replaces a reference or number that is assigned only when the step is really taken."""


@dataclass(frozen=True)
class Rehearsal:
    """What a step would do: the letters it would place, the mails it would send, the deadlines it would open."""

    letters: list[Letter]
    mails: list[Message]
    deadlines: list[Deadline]


def rehearse_step(case: Any, name: str, *, by: "User | None", **detail: Any) -> Rehearsal:
    """Take a step and roll it back: its letters are word for word those that the real step will place.

    Raises what the step raises. Nothing remains of it, and the given case is untouched.
    """
    with transaction.atomic():
        copy = type(case)._base_manager.get(pk=case.pk)
        seen = {model: list(rows_of(model, copy).values_list("pk", flat=True)) for model in (Letter, Message, Deadline)}
        newest_dossier = Dossier.objects.order_by("-pk").values_list("pk", flat=True)[0]
        known = find_references(copy)
        getattr(copy, name)(by=by, **detail)
        letters, mails, deadlines = (list(rows_of(model, copy).exclude(pk__in=pks)) for model, pks in seen.items())
        numbers = list(Dossier.objects.filter(pk__gt=newest_dossier).values_list("number", flat=True))
        new = find_references(copy) - known
        transaction.set_rollback(True)
    secrets = [*(letter.reference for letter in letters), *(number or "" for number in numbers), *new]
    veil_secrets(letters, mails, secrets=secrets)
    return Rehearsal(letters=letters, mails=mails, deadlines=deadlines)


def find_references(case: Any) -> set[str]:
    """References of decisions that the case's letters may mention besides their own; most cases have none."""
    references: Callable[[], Iterable[str]] | None = getattr(case, "references", None)
    return set(references()) if references else set()


def rows_of(model: type[models.Model], case: Any) -> "models.QuerySet[Any]":
    """The rows of a case's dossier."""
    return model._default_manager.filter(dossier=case.dossier)


def veil_secrets(letters: list[Letter], mails: list[Message], *, secrets: Sequence[str]) -> None:
    """Replace with dots what is generated anew each time, also where a letter's markup escapes its dashes."""
    everything: list[Letter | Message] = [*letters, *mails]
    for words in everything:
        for secret in filter(None, secrets):
            for form in (secret, secret.replace("-", r"\-")):
                words.subject, words.body = words.subject.replace(form, DOTS), words.body.replace(form, DOTS)
    for letter in letters:
        letter.reference = DOTS if letter.reference else ""
