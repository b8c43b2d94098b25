"""The dossier: one matter from the first application to the last appeal, with its events and deadlines.

The database refuses any change of an event. Only steps open and close deadlines, which only `casework.deadlines`
computes.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from casework import clock, running_terms
from casework.batch import insert_rows
from casework.models.court_order import CourtOrder
from casework.models.default_notice import DefaultNotice
from casework.models.letter import Letter, PostalCopy, Words
from casework.models.text_message import TextMessage

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.case import Case


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines by whether they are open, near or past."""

    def open(self) -> "DeadlineQuerySet":
        """Deadlines neither met nor lapsed."""
        return self.filter(closed_at=None)

    def due_within(self, *, days: int, today: date) -> "DeadlineQuerySet":
        """Open deadlines whose last day is today or within a number of days."""
        return self.open().filter(due__gte=today, due__lte=today + timedelta(days=days))

    def with_costs(self) -> "DeadlineQuerySet":
        """Each carries `is_costly`: whether a notice of default or court order runs on its case, which is rare."""
        of_case = {"case_type": models.OuterRef("case_type"), "case_id": models.OuterRef("case_id")}
        orders = CourtOrder.objects.running().filter(**of_case)
        notices = DefaultNotice.objects.running().filter(**of_case)
        flags = {"is_costly": models.Exists(orders) | models.Exists(notices)}
        return self.annotate(**flags)

    def overdue(self, *, today: date) -> "DeadlineQuerySet":
        """Open deadlines whose last day has passed."""
        return self.open().filter(due__lt=today)


class Deadline(models.Model):
    """The last day of a term (termijn). `basis` holds its computation, so that a page can explain it."""

    class Kind(models.TextChoices):
        """What must be done by then, with the article."""

        DECIDE = "decide", _("decide on the application (Awb 4:13)")
        SUPPLY = "supply", _("applicant completes the application (Awb 4:5)")
        SET_ASIDE = "set_aside", _("last day to set aside (Awb 4:5, paragraph 4)")
        VIEW = "view", _("applicant gives a view (Awb 4:7)")
        OBJECT = "object", _("last day to object (Awb 6:7)")
        DECIDE_OBJECTION = "decide_objection", _("decide on the objection (Awb 7:10)")
        REPAIR = "repair", _("objector repairs the objection (Awb 6:6)")
        HEARING_REPLY = "hearing_reply", _("objector says whether they want to be heard (Awb 7:3)")
        PAPERS = "papers", _("last day to hand in papers before the hearing (Awb 7:4)")
        FILE_OPEN = "file_open", _("the file lies open from this day at the latest (Awb 7:4)")
        APPEAL = "appeal", _("last day to appeal to the court (Awb 6:7, 8:1)")
        COURT_PAPERS = "court_papers", _("send the papers to the court (Awb 8:42)")
        COURT_REMEDY = "court_remedy", _("our last day to go against the judgment (Awb 6:7, 6:24, 8:55)")
        COURT_REPAIR = "court_repair", _("repair the decision as the court asked (Awb 8:51a)")
        SET_PENALTY = "set_penalty", _("set the penalty by decision (Awb 4:18)")
        DECIDE_COMPLAINT = "decide_complaint", _("tell the outcome of the complaint (Awb 9:11)")
        DECLINE_COMPLAINT = "decline_complaint", _("last day to tell that a complaint is not handled (Awb 9:8)")

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.CASCADE,
        related_name="deadlines",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    due = models.DateField(_("last day"))
    basis = models.JSONField(_("the sum"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    is_costly: bool  # set by `with_costs`

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case_type", "case_id", "kind"],
                condition=models.Q(closed_at=None),
                name="deadline_one_open_a_kind",
            ),
        )
        indexes = (
            # a draft is deleted without scanning the deadlines of all cases
            models.Index(fields=["case_type", "case_id"], name="deadline_by_case"),
            # the desk's worklists, sorted by the statutory due date
            models.Index(
                fields=["kind", "due"],
                condition=models.Q(closed_at=None),
                name="deadline_open_by_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due}"

    def days_left(self, *, today: date) -> int:
        """Days until the last day; negative once it has passed."""
        return (self.due - today).days


class EventQuerySet(models.QuerySet["Event"]):
    """Events by case and moment."""

    def of(self, case: "Case") -> "EventQuerySet":
        """Events of one case, oldest first."""
        return self.filter(case_type=case.CASE_TYPE, case_id=case.pk).order_by("at", "pk")

    def until(self, moment: datetime) -> "EventQuerySet":
        """Events before a moment."""
        return self.filter(at__lt=moment)

    def last_of_each_case(self) -> "EventQuerySet":
        """The latest event of each case: its `to_status` is the status at that moment."""
        return self.order_by("case_type", "case_id", "-at", "-pk").distinct("case_type", "case_id")


class Event(models.Model):
    """A step that was taken (gebeurtenis). The events of a case give its status at any past moment."""

    dossier = models.ForeignKey(
        "casework.Dossier",
        models.PROTECT,
        related_name="events",
        verbose_name=_("dossier"),
    )
    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    step = models.CharField(_("step"), max_length=40)
    from_status = models.CharField(_("from"), max_length=20)
    to_status = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    detail = models.JSONField(_("details"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "pk")
        indexes = (
            # Event.objects.of(case) and last_of_each_case(): one case's history, and every case's last event
            models.Index(fields=["case_type", "case_id", "-at", "-id"], name="event_by_case"),
            # reporting: what happened in a period, by step
            models.Index(fields=["step", "at"], name="event_by_step"),
        )

    def __str__(self) -> str:
        return f"{self.step} ({self.at:%Y-%m-%d %H:%M})"


GIVE_NUMBER = """
WITH series AS (
    INSERT INTO casework_numberseries AS series (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = series.last + 1 RETURNING year, last
)
UPDATE casework_dossier SET number = concat('ZES-', year, '-', to_char(last, 'FM999000000')) FROM series WHERE id = %s
RETURNING number
"""


class NumberSeries(models.Model):
    """The last dossier number issued in a year. Locking its row makes the series gapless."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Dossier(models.Model):
    """One matter (dossier): the events, documents, deadlines, letters and messages of all its cases belong to it."""

    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def __str__(self) -> str:
        return self.number or str(_("draft"))

    def give_number(self, *, on: date) -> None:
        """Number the dossier when it is filed, for instance ZES-2026-000123; numbering drafts would leave gaps."""
        with connection.cursor() as cursor:
            cursor.execute(GIVE_NUMBER, [on.year, self.pk])
            (self.number,) = cursor.fetchone()

    def record(
        self,
        case: "Case",
        step: str,
        *,
        from_status: str,
        to_status: str,
        by: "User | None",
        detail: Mapping[str, Any],
        at: datetime | None = None,
    ) -> Event:
        """Append an event; only `casework.steps` calls this."""
        event = Event(
            dossier=self,
            case_type=case.CASE_TYPE,
            case_id=case.pk,
            step=step,
            from_status=from_status,
            to_status=to_status,
            by=by,
            detail=dict(detail),
            at=at or clock.now(),
        )
        insert_rows(event)
        return event

    def open_deadline(self, case: "Case", kind: Deadline.Kind, *, due: date, basis: Mapping[str, Any]) -> Deadline:
        """Open a deadline, replacing an open one of the same kind."""
        return running_terms.open_term(self, case, kind, due=due, basis=dict(basis))

    def close_deadline(self, case: "Case", *kinds: Deadline.Kind) -> None:
        """Close the open deadlines of these kinds."""
        running_terms.close_terms(self, case, *kinds)

    def close_every_deadline(self, case: "Case") -> None:
        """Close all deadlines of a case that ended, except that of a penalty still to be set."""
        self.close_deadline(case, *(kind for kind in Deadline.Kind if kind != Deadline.Kind.SET_PENALTY))

    def place_letter(
        self,
        case: "Case",
        words: Words,
        *,
        address: str,
        reference: str = "",
        plate: str = "",
        by_post: bool = False,
    ) -> Letter:
        """Place a letter about a case: in the portal it counts as sent now (Awb 2:19), on paper once it is posted."""
        letter = Letter(
            dossier=self,
            case_type=case.CASE_TYPE,
            case_id=case.pk,
            kind=words.kind,
            language=words.language,
            subject=words.subject,
            body=words.body,
            text_id=words.text_id,
            address=address,
            reference=reference,
            plate=plate,
            made_known_on=None if by_post else clock.today(),
        )
        insert_rows(letter)
        if by_post:
            insert_rows(PostalCopy(letter=letter))
        return letter

    def send_mail(self, words: Words, *to: str, letter: Letter | None = None, in_portal: bool = True) -> None:
        """Put a mail to each recipient in the outbox, with its words frozen, and a text message for those who want one.

        `letter`: the letter that it announces. `in_portal`: whether its subject can be read there.
        """
        about = {"kind": words.kind, "subject": words.subject, "body": words.body, "letter": letter}
        if to:
            insert_rows(*(self.outgoing_mail.model(dossier=self, to=one, **about) for one in to))
        if in_portal:
            TextMessage.objects.announce(self, words, to, letter=letter is not None)
