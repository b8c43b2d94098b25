"""A case as it is told: each method is the step of the same name in `exemptions.steps`, taken at a moment of the past.

The steps themselves write 'now' everywhere, as they should; history needs the same rows with the moments of then.
`tests/project/demo/` holds every row of it against the law. Decisions are told in `demo.verdicts`.
"""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from casework.models import Deadline
from demo import evidence
from demo.case import Case, Wish
from exemptions.differences import differences_between
from exemptions.models import CompletionRequest, FactsRecord, RequestedItem, Status, ViewRequest
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.vehicles import years_later

A_MOMENT = timedelta(seconds=1)


def typed_otherwise(facts: VehicleFacts) -> VehicleFacts:
    """What somebody typed who took their vehicle for a newer one."""
    if facts.first_admission:
        return replace(facts, first_admission=years_later(facts.first_admission, 1))
    return replace(facts, emission_class="5" if facts.emission_class == "6" else "6")


class Story(Case):
    """One application, from its first page on."""

    def file(self, at: datetime) -> None:
        """Sent: received, numbered, confirmed."""
        self.come_in(at)
        self.rows.numbered.append((at, self.dossier))
        self.record("file", Status.SUBMITTED, at=at, by=self.wish.owner)
        if not self.wish.kind.is_day:
            self.items = evidence.checklist(self, at=at)
            self.start_clock(at)
            self.write("receipt", at)

    def come_in(self, at: datetime) -> None:
        """Received, for the kind as it is now."""
        self.application.received_at, self.application.filed_as = at, self.application.kind

    def receive_conversion(self, at: datetime, *, by: User, received_at: datetime) -> None:
        """Came in as the better fitting kind of an older case."""
        self.come_in(received_at)
        self.rows.numbered.append((at, self.dossier))
        self.items = evidence.checklist(self, at=at)
        self.record("receive_conversion", Status.SUBMITTED, at=at, by=by)
        self.start_clock(at)

    def take_up(self, at: datetime, *, by: User) -> None:
        """Begin, or go on after an answer."""
        self.application.assigned_to = by
        self.record("take_up", Status.IN_REVIEW, at=at, by=by)

    def ask(self, at: datetime, *, by: User | None, ends_on: date | None = None, step: str = "ask_completion") -> None:
        """Ask for completion, by default for the usual term."""
        sent_on = timezone.localdate(at)
        ends_on = ends_on or self.usual_term(sent_on)
        request = self.rows.add(
            CompletionRequest(
                application=self.application,
                round=len(self.requests) + 1,
                sent_at=at,
                sent_on=sent_on,
                ends_on=ends_on,
                asked_by=by,
            )
        )
        for item in self.items[:1]:
            self.rows.add(RequestedItem(request=request, item=item, why="De datum op dit stuk is niet te lezen."))
        self.requests.append(request)
        self.open(Deadline.Kind.SUPPLY, ends_on, {"sent": sent_on.isoformat()}, at=at)
        self.start_clock(at)
        asked = {} if step == "ask_again" else {"ends_on": ends_on.isoformat()}
        self.record(step, Status.WAITING, at=at, by=by, detail=asked)
        self.write("completion_request", at, request=request)

    def remind(self, at: datetime) -> None:
        """The daily job reminds of the open request."""
        self.requests[-1].reminded_at = at
        self.record("remind", Status.WAITING, at=at, by=None)
        self.write("reminder", at, request=self.requests[-1])

    def ask_again(self, at: datetime) -> None:
        """The daily job asks the same once more."""
        self.requests[-1].closed_on = self.requests[-1].ends_on
        self.ask(at, by=None, step="ask_again")

    def let_lapse(self, at: datetime) -> None:
        """The daily job sees that the last term has passed."""
        request = self.requests[-1]
        request.closed_on = request.ends_on
        self.close(at, Deadline.Kind.SUPPLY)
        self.open_set_aside_term(request.ends_on, at=at)
        self.start_clock(at)
        self.record("let_lapse", Status.WAITING, at=at, by=None)

    def supply(self, at: datetime) -> None:
        """The applicant completes."""
        request = self.requests[-1]
        request.answered_on, request.answer = timezone.localdate(at), "Hierbij het stuk, nu goed leesbaar."
        for item in self.items[:1]:
            evidence.attach(self, item, name="Aanvulling.pdf", at=at)
        self.close(at, Deadline.Kind.SUPPLY)
        self.open_set_aside_term(request.answered_on, at=at)
        self.start_clock(at)
        self.record("supply", Status.SUPPLIED, at=at, by=self.wish.owner)

    def offer_hearing(self, at: datetime, *, by: User) -> ViewRequest:
        """Tell which data differ, and ask for a view: the applicant typed another day than the register has."""
        typed = typed_otherwise(self.wish.facts)
        with override(self.wish.language):
            differing = differences_between(typed, self.wish.facts, where=str(FactsRecord.Source.REGISTER.label))
        self.rows.add(
            FactsRecord(
                application=self.application,
                source=FactsRecord.Source.APPLICANT,
                facts=as_json(typed),
                as_of=self.facts.as_of - timedelta(minutes=5),
                by=self.wish.owner,
            )
        )
        sent_on = timezone.localdate(at)
        ends_on = self.usual_term(sent_on)
        request = self.rows.add(
            ViewRequest(
                application=self.application,
                differences=[asdict(one) for one in differing],
                sent_on=sent_on,
                ends_on=ends_on,
                asked_by=by,
                created_at=at,
            )
        )
        self.open(Deadline.Kind.VIEW, ends_on, {"sent": sent_on.isoformat()}, at=at)
        self.record("offer_hearing", Status.HEARING, at=at, by=by, detail={"ends_on": ends_on.isoformat()})
        self.write("hearing_offer", at, view_request=request)
        return request

    def give_view(self, at: datetime, request: ViewRequest) -> None:
        """The applicant answers."""
        request.view, request.answered_at, request.closed_at = "Ik zie dat anders: ik heb de auto nodig.", at, at
        self.close(at, Deadline.Kind.VIEW)
        self.record("give_view", Status.SUPPLIED, at=at, by=self.wish.owner)

    def close_hearing(self, at: datetime, request: ViewRequest) -> None:
        """The daily job sees that no view came."""
        request.closed_at = at
        self.close(at, Deadline.Kind.VIEW)
        self.record("close_hearing", Status.IN_REVIEW, at=at, by=None)

    def withdraw(self, at: datetime) -> None:
        """The applicant takes it back."""
        self.close_all(at)
        self.record("withdraw", Status.WITHDRAWN, at=at, by=self.wish.owner)
        self.write("withdrawn", at)

    def convert(self, at: datetime, *, by: User, wish: Wish) -> "Story":
        """Go on as a better fitting kind; the new case is told further by itself."""
        successor = Story(self.world, self.rows, wish, begun_at=at, origin=self)
        successor.application.assigned_to = by
        successor.receive_conversion(at, by=by, received_at=self.received_at)
        self.close_all(at)
        self.record("convert", Status.CONVERTED, at=at + A_MOMENT, by=by, detail={"kind": wish.kind.pk})
        self.write("converted", at, new_kind=wish.kind, successor=successor.application)
        return successor
