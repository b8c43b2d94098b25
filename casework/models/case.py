"""The case: what takes steps, what the Awb requires of cases on which we decide, and the key of every case."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin

from casework import clock
from casework.models.case_message import CaseMessage
from casework.models.dossier import Deadline
from casework.models.letter import PostalCopy
from casework.models.snooze import Snooze
from casework.models.term_suspension import TermSuspension
from casework.running_terms import list_running

if TYPE_CHECKING:
    from accounts.models import User
    from casework.announcement import Effect, Sent
    from casework.models.default_notice import DefaultNotice
    from casework.models.document import Document
    from casework.models.dossier import Dossier
    from casework.models.letter import Letter


class CaseKey(models.Model):
    """One case of any type: what an event, deadline, letter, notice of default or waiting step is about.

    The tables of cases are in apps above this one, so a trigger on each (`casework_key_of_case`) inserts and deletes
    these rows. Whatever refers to a case by type and primary key refers to this table. A case deleted at the end of its
    retention term leaves its key, because its events stay.
    """

    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = (models.UniqueConstraint(fields=["case_type", "case_id"], name="casekey_once"),)

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id}"


C = TypeVar("C", bound="Case")
A = TypeVar("A", bound="AwbCase")


class CaseQuerySet(models.QuerySet[C]):
    """Queries on cases of any sort, in terms of the statuses that the model names."""

    def at_desk_of(self, user: "User") -> Self:
        """Cases that a user may see at the desk."""
        raise NotImplementedError

    def open(self) -> Self:
        """Cases that have begun and not ended."""
        return self.filter(status__in=self.model.OPEN)

    def ended(self) -> Self:
        """Cases in which nothing more is to be done."""
        return self.filter(status__in=self.model.ENDED)


class Case(ConcurrentTransitionMixin, models.Model):
    """What takes steps (zaak). Each sort has its own `status` and `dossier`, and names its statuses.

    `CASE_TYPE`: the sort's name in events, deadlines and letters. `READ_WITH`: relations that nearly every step needs,
    read in the same query as the row.
    """

    CASE_TYPE: ClassVar[str]
    READ_WITH: ClassVar[Sequence[str]] = ("dossier",)
    OPEN: ClassVar[Sequence[str]]
    ENDED: ClassVar[Sequence[str]]

    status: Any
    dossier: "models.ForeignKey[Any, Dossier]"
    dossier_id: int

    class Meta:
        abstract = True

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in self.ENDED

    def is_at_desk_of(self, user: "User") -> bool:
        """Whether the user may see the case at the desk."""
        return self._reaches("desk", user, self._of_its_sort().at_desk_of)

    def forget_lookups(self) -> None:
        """Drop what was cached beside the row, such as whom the case is open to, because the row was read again."""
        self.__dict__.pop("_reach", None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.forget_lookups()

    def _reaches(self, side: str, user: "User", select: Callable[["User"], Any]) -> bool:
        """Whether the user may see the case; cached, because every button of a page asks."""
        known: dict[tuple[str, int], bool] = self.__dict__.setdefault("_reach", {})
        if (side, user.pk) not in known:
            known[side, user.pk] = select(user).filter(pk=self.pk).exists()
        return known[side, user.pk]

    def _of_its_sort(self) -> Any:
        """All cases of the same sort."""
        return type(self)._default_manager


class DayBefore(models.Func):
    """SQL for the day before a day."""

    template = "(%(expressions)s - 1)"
    output_field = models.DateField()


class AwbCaseQuerySet(CaseQuerySet[A]):
    """Queries on cases on which we decide within a term."""

    def of_applicant(self, user: "User") -> Self:
        """Cases of the people and organisations for whom a user may act now."""
        raise NotImplementedError

    def filed(self) -> Self:
        """Cases that are no longer drafts."""
        return self.exclude(status=self.model.DRAFT)

    def due_between(self, first: date, last: date) -> Self:
        """Cases to decide on within these days, both included."""
        return self.open().filter(decide_by__range=(first, last))

    def overdue(self, *, today: date) -> Self:
        """Cases whose last day to decide has passed."""
        return self.open().filter(decide_by__lt=today)

    def with_standstill_over(self, *, today: date) -> Self:
        """Cases whose suspension ended without anybody recording what follows (Awb 4:15).

        `runs_again_on`: the first day from which the term is counted again.
        """
        over = TermSuspension.objects.over(today=today).filter(case_type=self.model.CASE_TYPE)
        first = over.filter(case_id=models.OuterRef("pk")).order_by("expected_on").values("expected_on")[:1]
        listed = self.open().filter(pk__in=over.values("case_id"))
        return listed.annotate(runs_again_on=models.Subquery(first))

    def snoozed(self, *, today: date) -> Self:
        """Cases that their caseworker put aside; `snoozed_until`: until when."""
        running = Snooze.objects.running(today=today).filter(case_type=self.model.CASE_TYPE)
        until = running.filter(case_id=models.OuterRef("pk")).values("until")
        listed = self.open().filter(pk__in=running.values("case_id"))
        return listed.annotate(snoozed_until=models.Subquery(until[:1]))

    def on_desk_of(self, user: "User", *, today: date) -> Self:
        """Open cases assigned to a user and not put aside."""
        running = Snooze.objects.running(today=today).filter(case_type=self.model.CASE_TYPE)
        return self.open().filter(assigned_to=user).exclude(pk__in=running.values("case_id"))

    def with_message(self) -> Self:
        """Cases with a message of the applicant's side that awaits an answer; `answer_by`: the day that we promised."""
        asked = CaseMessage.objects.unanswered().filter(case_type=self.model.CASE_TYPE)
        first = asked.filter(case_id=models.OuterRef("pk")).order_by("answer_by").values("answer_by")[:1]
        return self.filter(pk__any_of=asked.values("case_id")).annotate(answer_by=models.Subquery(first))

    def with_unread_message(self) -> Self:
        """Cases with a message of the desk that nobody on the applicant's side has opened."""
        written = CaseMessage.objects.from_side(desk=True).unread().filter(case_type=self.model.CASE_TYPE)
        return self.filed().filter(models.Exists(written.filter(case_id=models.OuterRef("pk"))))

    def to_post(self) -> Self:
        """Cases with a letter to print and post; `effect_until`: the last day before one of them is too late."""
        waiting = PostalCopy.objects.to_post().filter(letter__case_type=self.model.CASE_TYPE)
        first = waiting.filter(letter__case_id=models.OuterRef("pk")).with_effect_until(self.model)
        listed = self.filed().filter(pk__in=waiting.values("letter__case_id"))
        return listed.annotate(effect_until=models.Subquery(first.order_by("effect_until").values("effect_until")[:1]))


class AwbCase(Case):
    """A case on which we decide within a term of the Awb: filed by the applicant's side, handled by a colleague.

    Each sort has `notes` of colleagues, and the `language` of its letters. The steps of all sorts are in
    `casework.shared_steps`. `MESSAGES_PAGE`: the URL name of the portal page with its messages.
    """

    DRAFT: ClassVar[str]
    DECIDES: ClassVar[Deadline.Kind]
    """The term within which we decide."""
    MESSAGES_PAGE: ClassVar[str]
    EFFECTS: "ClassVar[Mapping[str, Effect]]"
    """The effects of letters on which a term begins or ends, by kind of letter."""

    language: Any

    key = models.UUIDField(_("key in addresses"), unique=True, default=uuid.uuid4, editable=False)
    # A copy of the open deadline, written by the same step: the worklists sort a hundred thousand rows by it.
    decide_by = models.DateField(_("decide by"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assigned to")
    )

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        """Whether the case has not been filed."""
        return bool(self.status == self.DRAFT)

    @property
    def is_late(self) -> bool:
        """Whether the last day to decide has passed without a decision being made known."""
        return self.decide_by is not None and self.decide_by < clock.today() and self.is_being_decided

    @property
    def is_being_decided(self) -> bool:
        """Whether the term to decide runs: nothing was decided, or the decision was not made known yet."""
        return not self.has_ended or self.open_due(self.DECIDES) is not None

    def open_due(self, kind: Deadline.Kind) -> date | None:
        """The last day of a running term; None if it does not run."""
        term = self.find_term(kind)
        return term.due if term else None

    def find_term(self, kind: Deadline.Kind) -> Deadline | None:
        """The running term of a kind, or None."""
        return next((term for term in list_running(self.dossier, self) if term.kind == kind), None)

    @classmethod
    def effect_until(cls) -> models.Case:
        """For a `PostalCopy`: the last day on which posting its letter has effect, given the running terms; or None."""
        running = Deadline.objects.open().filter(case_type=cls.CASE_TYPE, case_id=models.OuterRef("letter__case_id"))
        days = [
            models.When(
                letter__kind=kind,
                letter__made_known_on=None,
                then=models.Subquery(
                    running.filter(kind=effect.until).values_list(DayBefore("due") if effect.but_last else "due")[:1]
                ),
            )
            for kind, effect in cls.EFFECTS.items()
            if effect.until
        ]
        return models.Case(*days, default=None, output_field=models.DateField())

    @property
    def in_hand_since(self) -> date:
        """The day on which the case came in, or was taken up again."""
        raise NotImplementedError

    @property
    def decision_term(self) -> dict[str, Any] | None:
        """The running term to decide, as kept by the event that ends it; None if none runs."""
        term = self.find_term(self.DECIDES)
        if term is None:
            return None
        return {
            "received": self.in_hand_since.isoformat(),
            "due": term.due.isoformat(),
            "suspended_days": term.basis["suspended_days"],
        }

    def ended_term(self, before: "Mapping[str, Any] | None") -> "Mapping[str, Any] | None":
        """The term to decide that ran `before` a letter was made known and ended with it, or None."""
        return before if self.decision_term is None else None

    def is_of(self, user: "User") -> bool:
        """Whether the user may act for the applicant now."""
        return self._reaches("applicant", user, self._of_its_sort().of_applicant)

    @property
    def postal_address(self) -> str:
        """The postal address for letters; empty if unknown."""
        raise NotImplementedError

    def handlers(self) -> "models.QuerySet[User]":
        """Users who may see and handle the case at the desk."""
        raise NotImplementedError

    def assignees(self) -> "models.QuerySet[User]":
        """The handlers to whom the case may be assigned."""
        return self.handlers()

    def place_letter(self, kind: str, *, more: "Mapping[str, object]", by: "User | None" = None) -> "Letter":
        """Place a letter about the case; see `letters` of its app. `by`: the person whose decision it states."""
        raise NotImplementedError

    @property
    def messages_address(self) -> str:
        """The page of its messages in the portal."""
        return reverse(self.MESSAGES_PAGE, args=[self.key])

    @property
    def is_in_portal(self) -> bool:
        """Whether anybody on the applicant's side can read the case, and messages, in the portal."""
        raise NotImplementedError

    def mail_message(self) -> None:
        """Mail the applicant's side that there is a message, without its contents."""
        raise NotImplementedError

    def decide_penalty(
        self, notice: "DefaultNotice", *, by: "User | None", explanation: str, more: "Mapping[str, object]"
    ) -> "Sent":
        """Record the penalty as a decision (Awb 4:18), with its letter."""
        raise NotImplementedError

    def make_known(self, letter: "Letter", *, on: date, by: "User | None") -> bool:
        """Begin and end what depends on the day a letter was posted; returns whether it still had effect."""
        raise NotImplementedError

    def send_letter(self, kind: str, *, suspension: "TermSuspension", more: "Mapping[str, object]") -> "Sent":
        """Send a letter that suspends the term to decide; see `announcement` of the app's steps."""
        raise NotImplementedError

    def open_decision_term(self) -> None:
        """Recompute the term to decide after a change; see `clock` of the app's steps."""
        raise NotImplementedError

    def announce_again(self, letter: "Letter", *, on: date) -> None:
        """Restart the term to object or appeal because a letter that was already made known is posted as well."""
        raise NotImplementedError

    def list_open_days(self, *, on: date) -> "Mapping[str, object]":
        """The days that its letters leave open until posting, as of today."""
        raise NotImplementedError

    @property
    def own_documents(self) -> "models.QuerySet[Document]":
        """Documents of the case itself, which are deleted with a draft."""
        return self.dossier.documents.all()

    def drop(self) -> bool:
        """Delete a draft; the nightly sweep removes its files. Returns False if it is no draft any more."""
        with transaction.atomic():
            # It may be sent or discarded at this very moment: the first to get the lock wins.
            row = self._of_its_sort().select_for_update(no_key=True, of=("self",)).filter(pk=self.pk).first()
            if row is None or not row.is_draft:
                return False
            self.own_documents.update(removed_at=clock.now())
            self.delete()
            return True
