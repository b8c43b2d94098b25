"""The steps that the desk offers, and what it knows about a case type."""

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
    """A step as the desk offers it: its declared button, the text once it is done, and its form."""

    name: str
    done: str | Promise
    form: type[StepForm]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.form.base_fields)

    @property
    def at_once(self) -> bool:
        """Whether the button on the case page suffices, because there is nothing to fill in or preview."""
        return not self.asks and not self.sends_letter and not self.form.above

    @property
    def previewed(self) -> str:
        """The step to rehearse for its letter; empty if it sends none."""
        return self.rehearsed_as or (self.name if self.sends_letter else "")


@dataclass(frozen=True)
class Hindrance:
    """Why a step that the status allows cannot be taken yet.

    `repair`: the names of the steps that remove the obstacle; `moot`: the step would not help either, so the case page
    omits it.
    """

    why: str | Promise
    repair: tuple[str, ...] = ()
    moot: bool = False


@dataclass(frozen=True)
class HinderedStep:
    """A step that cannot be taken yet, why, and the steps by which this user can change that."""

    step: DeskStep
    why: str | Promise
    repairs: tuple[DeskStep, ...] = ()


class CaseDesk(Generic[C]):
    """The desk of one case type: its model, its forms and `seen`, and whatever else differs from the default.

    The model has `dossier`, `status` (choices) and `CASE_TYPE`: see `casework.steps.Case`.
    """

    model: type[C]
    forms: ClassVar[Mapping[str, type[StepForm]]]
    """The form of each step with a button, in the order of the buttons."""
    back: str | Promise = _("Back to the case")
    """The text of the link from a step to the page of its case."""
    changed: str | Promise = _("This case has changed")
    """The title of the conflict page, after somebody else was first."""

    def seen(self, user: "User") -> "models.QuerySet[C]":
        """The cases that this user may see at the desk, joined to what their lists and pages read."""
        raise NotImplementedError

    def is_withheld(self, case: C, user: "User") -> bool:
        """Whether the notes, messages and files of a case are hidden from a user who may see the case itself."""
        return False

    def is_spare(self, step: DeskStep, names: set[str]) -> bool:
        """Whether a step is seldom wanted when the others are possible, and so goes behind 'more steps'."""
        return False

    def hindrance(self, step: DeskStep, case: C, user: "User") -> Hindrance | None:
        """What prevents a step that the status allows, whatever is filled in; None if nothing does."""
        return None

    def word_button(self, step: DeskStep, case: C, user: "User") -> DeskStep:
        """The step, with a different label if it means something else for this case or user."""
        return step

    def handler(self, case: C) -> "User | None":
        """The assigned colleague."""
        return getattr(case, "assigned_to", None)

    def colleague(self, case: C, user: "User") -> "User | None":
        """The assigned colleague, if not the user: every step page warns of it."""
        handler = self.handler(case)
        return handler if handler is not None and handler != user else None

    def letter_language(self, case: C) -> LetterLanguage | None:
        """The language of this case's letters; None if each letter has its own."""
        return None

    def list_gaps(self, case: C, letters: "list[Letter]", *, by: "User") -> list[str]:
        """What these letters cannot say yet, because it has still to be filled in."""
        return []

    def find_instead(self, case: C, step: DeskStep, *, by: "User") -> str:
        """The name of the step to take in place of this one, decided when the user begins it; empty for this one."""
        return ""

    def take(self, case: C, step: DeskStep, *, by: "User", detail: dict[str, Any]) -> None:
        """Take a step within the caller's transaction; overridden to add something to that transaction."""
        getattr(case, step.name)(by=by, **detail)

    def address_after(self, case: C, step: DeskStep, user: "User") -> str:
        """The page after a step: the case, or its successor."""
        return self.case_address(case)

    def title(self, case: C) -> str:
        """The name of the case above its page and in links to it."""
        return str(case)

    def line(self, case: C) -> list[str]:
        """The parts of the line that says which case a step page is about."""
        return [self.title(case), str(case.get_status_display())]  # type: ignore[attr-defined]  # the field's choices give it

    def context(self, case: C) -> dict[str, Any]:
        """More context for a step page; `above` names a template shown above the form or the letter."""
        return {}

    def documents(self, case: C) -> "models.QuerySet[Document]":
        """The files of the case."""
        return Document.objects.filter(dossier=case.dossier, removed_at=None)  # type: ignore[attr-defined]

    def letters(self, case: C) -> "models.QuerySet[Letter]":
        """The letters shown on the case page."""
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
        """The steps by name."""
        return {step.name: step for step in self.steps}

    def open_to(self, case: C, user: "User") -> set[str]:
        """The names of all steps that the status and the permissions leave to this user."""
        status: Any = self.model._meta.get_field("status")
        return {move.name for move in get_available_user_FIELD_transitions(case, user, status)}

    def offered(self, case: C, user: "User") -> list[DeskStep]:
        """The steps that this user can take now, in the order of the buttons."""
        return self.sort_steps(case, user)[0]

    def hindered(self, step: DeskStep, case: C, user: "User") -> HinderedStep | None:
        """What prevents one step, with what removes it."""
        one = self.hindrance(step, case, user)
        if one is None:
            return None
        by_name = {step.name: step for step in self.offered(case, user)}
        return HinderedStep(step, one.why, tuple(by_name[name] for name in one.repair if name in by_name))

    def sort_steps(self, case: C, user: "User") -> tuple[list[DeskStep], list[HinderedStep]]:
        """The steps that this user can take now, and those that the status allows but something else prevents.

        A prevented step is omitted if it is spare or moot.
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
        """The permission needed to open this desk at all."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    def case_address(self, case: C) -> str:
        """The URL of the page of a case."""
        return reverse(self.address("change"), args=[case.pk])

    def step_address(self, case: C, name: str) -> str:
        """The URL of the page of one of its steps."""
        return reverse(self.address("step"), args=[case.pk, name])

    def address(self, page: str) -> str:
        """The URL name of a page: `changelist`, `change`, `step`, `document` or `letter`."""
        return f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_{page}"

    @property
    def document_page(self) -> str:
        """The URL name of a file."""
        return self.address("document")

    @property
    def present_page(self) -> str:
        """The URL name of the list of users who have the case open."""
        return self.address("present")

    @property
    def pending_page(self) -> str:
        """The URL name of a waiting step."""
        return self.address("pending")

    def pending_address(self, case: C, key: int) -> str:
        """The URL to which the buttons of a waiting step post."""
        return reverse(self.pending_page, args=[case.pk, key])

    @property
    def letter_page(self) -> str:
        """The URL name of a letter's PDF."""
        return self.address("letter")


def find_desk(case_type: str) -> CaseDesk[Any] | None:
    """The desk of a case type; None if it no longer exists."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    return next((desk for desk in desks if case_type == desk.model.CASE_TYPE), None)
