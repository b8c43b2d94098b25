"""The status of an objection, what to do and what happened, for the objector's side.

The desk's internal steps are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import EquatedDay, Event
from casework.steps import find_applicant_texts
from exemptions.models.decision import Outcome
from exemptions.portal import timeline
from exemptions.portal.progress import Action
from objections.models import Appeal, Objection, ObjectionStatus
from objections.models.objection_query import ObjectionQuerySet
from objections.portal import sentences
from objections.portal.case_facts import WITH_ALL, CaseFacts
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User


Status = ObjectionStatus
LABELS: Mapping[str, tuple[str | Promise, str]] = {
    Status.DRAFT: (gettext_lazy("not yet sent"), "warning"),
    Status.REGISTERED: (gettext_lazy("received"), "neutral"),
    Status.REPAIR: (gettext_lazy("waiting for you"), "warning"),
    Status.HANDLING: (gettext_lazy("being handled"), "neutral"),
    Status.HEARING_OFFERED: (gettext_lazy("waiting for your answer"), "warning"),
    Status.HEARING_PLANNED: (gettext_lazy("hearing planned"), "neutral"),
    Status.UPHELD: (gettext_lazy("upheld: you were right"), "ok"),
    Status.UPHELD_IN_PART: (gettext_lazy("upheld in part: you were partly right"), "ok"),
    Status.UNFOUNDED: (gettext_lazy("unfounded: our decision stands"), "error"),
    Status.INADMISSIBLE: (gettext_lazy("inadmissible: not looked at"), "error"),
    Status.WITHDRAWN: (gettext_lazy("withdrawn by you"), "neutral"),
    Status.FORWARDED: (gettext_lazy("forwarded"), "neutral"),
}
"""The status in the objector's terms, and the colour of its badge."""


@dataclass(frozen=True)
class Case(CaseFacts):
    """An objection as its pages describe it."""

    @property
    def title(self) -> str:
        """The title, which says what the objection is about."""
        titles = {
            Outcome.PENALTY: _("Objection about the penalty for deciding late: %(kind)s"),
            Outcome.CONVERTED: _("Objection about continuing as another exemption: %(kind)s"),
        }
        title = titles.get(Outcome(self.objection.decision.outcome), _("Objection about: %(kind)s"))
        return title % {"kind": self.objection.application.kind or _("Application")}

    @property
    def plate(self) -> str:
        """The plate as on the vehicle."""
        application = self.objection.application
        return spell_plate(application.plate, country=application.country) if application.plate else ""

    @property
    def label(self) -> str:
        """The status in words."""
        return _("annulled by the court") if self.was_annulled else str(LABELS[self.objection.status][0])

    @property
    def badge(self) -> str:
        """The colour of the status."""
        return "neutral" if self.was_annulled else LABELS[self.objection.status][1]

    @property
    def next(self) -> list[str]:
        """What happens next and by when, in one or a few sentences."""
        said = sentences.describe_annulled if self.was_annulled else sentences.NEXT[Status(self.objection.status)]
        return said(self)

    @property
    def action(self) -> Action | None:
        """The one thing to do; None if it is not the objector's turn."""
        key = [self.objection.key]
        match self.objection.status:
            case Status.DRAFT:
                return Action(_("Continue with your objection"), self.url)
            case Status.REPAIR:
                return Action(_("Add what is missing"), reverse("objection_repair", args=key))
            case Status.HEARING_OFFERED:
                return Action(_("Answer about the hearing"), reverse("objection_hearing", args=key))
        return None

    @property
    def answer_by(self) -> date | None:
        """The last day for the answer that we wait for, or to send a draft."""
        match self.objection.status:
            case ObjectionStatus.DRAFT:
                return self.until
            case ObjectionStatus.REPAIR:
                return self.request.ends_on if self.request else None
            case ObjectionStatus.HEARING_OFFERED:
                return self.hearing.reply_until if self.hearing else None
        return None

    @property
    def url(self) -> str:
        """The URL of its page, or of the form for a draft."""
        if self.objection.is_draft:
            return self.make_form_address("object_to")
        return reverse("objection", args=[self.objection.key])

    def make_form_address(self, name: str) -> str:
        """The URL of one of the draft's pages, with the reference of a decision that is not on the application."""
        decision = self.objection.decision
        other = () if decision.is_on_application else (decision.reference,)
        return reverse(name, args=[self.objection.application.key, *other])

    @property
    def discard_url(self) -> str:
        """The URL to discard a draft."""
        return self.make_form_address("object_discard")


def with_all(objections: ObjectionQuerySet) -> ObjectionQuerySet:
    """Objections with every row that a case reads prefetched, in three more queries."""
    return objections.for_list().prefetch_related(*WITH_ALL)


def build_cases(objections: Iterable[Objection], *, today: date) -> list[Case]:
    """Cases of objections from `with_all`, in one more query."""
    calendar = EquatedDay.calendar()
    return [Case(objection, today, calendar) for objection in objections]


def build_case(objection: Objection) -> Case:
    """The case of one objection, as of today."""
    return build_cases([objection], today=timezone.localdate())[0]


def build_history_lines(objection: Objection, *, reader: "User") -> list[timeline.TimelineLine]:
    """Everything that the objector's side may know about the objection and its appeals, latest first."""
    words, at_court = find_applicant_texts(Objection), find_applicant_texts(Appeal)
    said = {f"{Appeal.CASE_TYPE}.{step}": text for step, text in at_court.items()}
    said |= {f"{Objection.CASE_TYPE}.{step}": text for step, text in words.items()}
    appeals = Appeal.objects.filter(objection=objection).values("pk")
    of_objection = Q(case_type=Objection.CASE_TYPE, case_id=objection.pk, step__in=words)
    before_court = Q(case_type=Appeal.CASE_TYPE, case_id__in=appeals, step__in=at_court)
    events = Event.objects.filter(of_objection | before_court)
    return timeline.describe_events(events, said, reader=reader, key=lambda event: f"{event.case_type}.{event.step}")


def find_latest_line(objection: Objection, *, reader: "User") -> timeline.TimelineLine | None:
    """The latest event, to tell a user whose page is out of date."""
    return next(iter(build_history_lines(objection, reader=reader)), None)
