"""The steps that the desk offers, and what the desk knows about a case type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import get_available_user_FIELD_transitions

from casework.desk.forms import LetterLanguage, StepForm
from casework.models import Document, Letter
from casework.steps import Button, find_declarations
from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User


C = TypeVar("C", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class DeskStep(Button):
    """A step as the desk offers it: the button that its declaration has, what is said once it is done, and its form."""

    name: str
    done: str | Promise
    form: type[StepForm]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.form.base_fields)

    @property
    def at_once(self) -> bool:
        """Whether the button on the case page is enough: nothing to fill in, and nothing to look at before."""
        return not self.asks and not self.sends_letter and not self.form.above

    @property
    def previewed(self) -> str:
        """The step to rehearse for its letter; empty if no letter follows."""
        return self.rehearsed_as or (self.name if self.sends_letter else "")


@dataclass(frozen=True)
class Hindrance:
    """Why a step that the status allows cannot be taken yet. `repair`: the names of steps that take it away; `moot`:
    there is nothing to gain by it either, so the page of the case leaves it out."""

    why: str | Promise
    repair: tuple[str, ...] = ()
    moot: bool = False


@dataclass(frozen=True)
class HinderedStep:
    """A step that cannot be taken yet, why, and the steps that this user can take to change that."""

    step: DeskStep
    why: str | Promise
    repairs: tuple[DeskStep, ...] = ()


class CaseDesk(Generic[C]):
    """One type of case at the desk. A sort gives its model, its forms and `seen`; the others where it differs.

    The model has `dossier`, `status` (choices) and `CASE_TYPE`: see `casework.steps.Case`.
    """

    model: type[C]
    forms: ClassVar[Mapping[str, type[StepForm]]]
    """The form of each step that has a button, in the order of the buttons."""
    back: str | Promise = _("Back to the case")
    """The words of the link from a step to the page of its case."""
    changed: str | Promise = _("This case has changed")
    """The title of the page that says that somebody else was first."""

    def seen(self, user: "User") -> "models.QuerySet[C]":
        """The cases that this user may see at the desk, with what their lists and pages read."""
        raise NotImplementedError

    def is_withheld(self, case: C, user: "User") -> bool:
        """Whether the notes, messages and files of a case are kept from this user, who may see the case itself."""
        return False

    def is_spare(self, step: DeskStep, names: set[str]) -> bool:
        """Whether a step that is possible alongside those others is seldom wanted: it goes behind 'more steps'."""
        return False

    def hindrance(self, step: DeskStep, case: C, user: "User") -> Hindrance | None:
        """What stands in the way of a step that the status allows, whatever is filled in: it would only be refused, or
        change nothing. None if nothing does."""
        return None

    def word_button(self, step: DeskStep, case: C, user: "User") -> DeskStep:
        """The step, with other words on its button where it means something else at this case or for this user."""
        return step

    def handler(self, case: C) -> "User | None":
        """Whose case it is."""
        return getattr(case, "assigned_to", None)

    def colleague(self, case: C, user: "User") -> "User | None":
        """Whose case it is, if somebody else's: every page of a step says so."""
        handler = self.handler(case)
        return handler if handler is not None and handler != user else None

    def letter_language(self, case: C) -> LetterLanguage | None:
        """In which language the letters of this case go out; None if each letter has its own."""
        return None

    def list_gaps(self, case: C, letters: "list[Letter]", *, by: "User") -> list[str]:
        """What these letters, which somebody is about to send, cannot say yet: it has still to be filled in."""
        return []

    def find_instead(self, case: C, step: DeskStep, *, by: "User") -> str:
        """The name of the step that somebody is to take in place of this one, found when they begin it; or empty."""
        return ""

    def take(self, case: C, step: DeskStep, *, by: "User", detail: dict[str, Any]) -> None:
        """Take a step, in the transaction of who asks: with what a higher app adds to it in the same transaction."""
        getattr(case, step.name)(by=by, **detail)

    def address_after(self, case: C, step: DeskStep, user: "User") -> str:
        """Where one goes after a step: to the case, or to what goes on in its place."""
        return self.case_address(case)

    def title(self, case: C) -> str:
        """What the case is called above its page, and in the links that lead back to it."""
        return str(case)

    def line(self, case: C) -> list[str]:
        """Which case a step's page is about, in a few parts."""
        return [self.title(case), str(case.get_status_display())]  # type: ignore[attr-defined]  # the field's choices give it

    def context(self, case: C) -> dict[str, Any]:
        """What a step's page shows besides: `above` names a template to show above the form or the letter."""
        return {}

    def documents(self, case: C) -> "models.QuerySet[Document]":
        """The files that belong to the case."""
        return Document.objects.filter(dossier=case.dossier, removed_at=None)  # type: ignore[attr-defined]

    def letters(self, case: C) -> "models.QuerySet[Letter]":
        """The letters that the page of the case shows."""
        return Letter.objects.filter(dossier=case.dossier)  # type: ignore[attr-defined]

    @cached_property
    def steps(self) -> tuple[DeskStep, ...]:
        """The steps that the desk offers, in the order of the buttons."""
        declared = find_declarations(self.model)
        return tuple(
            DeskStep(name=name, form=form, done=declared[name].done, **vars(declared[name].button))
            for name, form in self.forms.items()
        )

    @cached_property
    def by_name(self) -> dict[str, DeskStep]:
        """The steps by their names."""
        return {step.name: step for step in self.steps}

    def open_to(self, case: C, user: "User") -> set[str]:
        """The names of all steps that the status and the rules leave to this user."""
        status: Any = self.model._meta.get_field("status")
        return {move.name for move in get_available_user_FIELD_transitions(case, user, status)}

    def offered(self, case: C, user: "User") -> list[DeskStep]:
        """The steps that this user can take now, in the order of the buttons."""
        return self.sort_steps(case, user)[0]

    def hindered(self, step: DeskStep, case: C, user: "User") -> HinderedStep | None:
        """What stands in the way of one step, with what removes it."""
        one = self.hindrance(step, case, user)
        if one is None:
            return None
        by_name = {step.name: step for step in self.offered(case, user)}
        return HinderedStep(step, one.why, tuple(by_name[name] for name in one.repair if name in by_name))

    def sort_steps(self, case: C, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """The steps that this user can take now, and those that the status allows but something else does not.

        A spare or moot one that cannot be taken is not told of.
        """
        names = self.open_to(case, user)
        possible = [self.word_button(step, case, user) for step in self.steps if step.name in names]
        found = {step.name: self.hindrance(step, case, user) for step in possible}
        free = [step for step in possible if found[step.name] is None]
        offered = [replace(step, main=False, rare=True) if self.is_spare(step, names) else step for step in free]
        by_name = {step.name: step for step in free}
        hindered = [
            HinderedStep(step, one.why, tuple(by_name[name] for name in one.repair if name in by_name))
            for step in possible
            if (one := found[step.name]) and not one.moot and not self.is_spare(step, names)
        ]
        return offered, hindered

    @property
    def permission(self) -> str:
        """What a role needs to come here at all."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    def case_address(self, case: C) -> str:
        """Where the page of a case is."""
        return reverse(self.address("change"), args=[case.pk])

    def step_address(self, case: C, name: str) -> str:
        """Where the page of one of its steps is."""
        return reverse(self.address("step"), args=[case.pk, name])

    def address(self, page: str) -> str:
        """The name of a page's address: `changelist`, `change`, `step`, `document` or `letter`."""
        return f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_{page}"

    @property
    def document_page(self) -> str:
        """The name of the address of a file."""
        return self.address("document")

    @property
    def present_page(self) -> str:
        """The name of the address of who has it open."""
        return self.address("present")

    @property
    def pending_page(self) -> str:
        """The name of the address of a step that waits."""
        return self.address("pending")

    def pending_address(self, case: C, key: int) -> str:
        """Where the buttons of a step that waits are sent."""
        return reverse(self.pending_page, args=[case.pk, key])

    @property
    def letter_page(self) -> str:
        """The name of the address of a letter's PDF."""
        return self.address("letter")


def find_desk(case_type: str) -> CaseDesk[Any] | None:
    """The desk of a case type; None if it no longer exists."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    return next((desk for desk in desks if case_type == desk.model.CASE_TYPE), None)
