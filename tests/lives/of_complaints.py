"""The life of a complaint, and its terms counted a second time from its events (Awb title 9.1)."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.models import Deadline, Event, OtherBody, PostalCopy
from complaints.models import Complaint
from complaints.steps.ending import Declined, Outcome
from complaints.steps.hearing import Waived
from complaints.steps.statuses import ENDED
from tests.complaints import lodged
from tests.lives.base import Chance, Dice, Life, Moves
from tests.lives.finger import Finger, made_known, told

Detail = dict[str, Any]
ENDS_AT_ONCE = ("settle", "withdraw", "forward", "take_as_objection")
AFTER_THE_END = {"note", "post_letters", "mend_mail", "message_desk", "message_applicant", "settle_messages"}


# --- Steps with random arguments ---------------------------------------------------------------------------------


def by_officer(life: Life, dice: Dice, case: Any) -> Detail:
    """Somebody of the desk who handles complaints."""
    return {"by": dice.one_of(life.people.officers)}


def about_person(life: Life, dice: Dice, case: Any) -> Detail:
    """Perhaps whoever handles it."""
    return {**by_officer(life, dice, case), "person": dice.one_of(life.people.officers)}


def on_a_day(life: Life, dice: Dice, case: Any) -> Detail:
    """The complainant was heard some days ago, today, or, what is refused, tomorrow."""
    day = timezone.localdate() - timedelta(days=dice.one_of([0, 0, 3, -1]))
    return {**by_officer(life, dice, case), "heard_on": day, "report": "Zo is het gegaan."}


def advised(life: Life, dice: Dice, case: Any) -> Detail:
    """The advice came in."""
    return {**by_officer(life, dice, case), "advice": "De klacht is terecht.", "advised_on": timezone.localdate()}


def adjourned(life: Life, dice: Dice, case: Any) -> Detail:
    """One to four weeks; five are refused."""
    return {**by_officer(life, dice, case), "weeks": dice.one_of([1, 2, 4, 5]), "reason": "Een getuige is ziek."}


def agreed(life: Life, dice: Dice, case: Any) -> Detail:
    """Until some later day, or one that is no working day."""
    until = (case.decide_by or timezone.localdate()) + timedelta(days=dice.one_of([7, 14, 20, 30, -1]))
    return {**by_officer(life, dice, case), "until": until, "reason": "Zo spraken wij af."}


def concluded(life: Life, dice: Dice, case: Any) -> Detail:
    """Any judgment."""
    words = {"findings": "Zo ging het.", "judgment": "Zo denken wij erover."}
    return {**by_officer(life, dice, case), "outcome": dice.one_of(Outcome.values), **words}


def posted(life: Life, dice: Dice, case: Any) -> Detail:
    """Every letter that waits, today."""
    waiting = PostalCopy.objects.to_post().about(case).values("letter")
    letters = case.dossier.letters.filter(pk__in=waiting)
    return {**by_officer(life, dice, case), "letters": list(letters), "posted_on": timezone.localdate()}


def with_detail(**detail: Any) -> Any:
    """By an officer, with the same detail each time."""
    return lambda life, dice, case: {**by_officer(life, dice, case), **detail}


def offered(life: Life, dice: Dice, case: Any) -> Detail:
    """To answer within a week."""
    return {**by_officer(life, dice, case), "reply_until": timezone.localdate() + timedelta(days=7)}


def forwarded(life: Life, dice: Dice, case: Any) -> Detail:
    """To a body that we know."""
    return {**by_officer(life, dice, case), "body": OtherBody.objects.earliest("pk"), "because": "Zij gaan erover."}


COMPLAINT = Moves(
    Complaint,
    {
        "take_up": by_officer,
        "name_person": about_person,
        "note": with_detail(text="Gebeld."),
        "offer_hearing": offered,
        "hold_hearing": on_a_day,
        "waive_hearing": with_detail(ground=Waived.NOT_WANTED.value, because="Dat zei u."),
        "ask_adviser": with_detail(adviser="Commissie voor klachten"),
        "receive_advice": advised,
        "adjourn": adjourned,
        "delay_further": agreed,
        "conclude": concluded,
        "settle": with_detail(how="Wij hebben gebeld."),
        "decline": with_detail(ground=Declined.MINOR.value, because="Het is heel klein."),
        "withdraw": by_officer,
        "forward": forwarded,
        "post_letters": posted,
        "message_desk": lambda life, _dice, _case: {"by": life.people.applicant, "text": "Hoe staat het ermee?"},
        "message_applicant": with_detail(text="Wij zijn ermee bezig."),
        "settle_messages": by_officer,
    },
    weights={
        "take_up": 12,
        "settle": 1,
        "withdraw": 1,
        "forward": 1,
        "decline": 2,
        "post_letters": 12,
        **dict.fromkeys(["message_desk", "message_applicant", "settle_messages"], 1),
    },
)


class ComplaintLife(Life):
    """Begins with a complaint that came in by telephone; its letters go by email, and who has an account writes."""

    by_post = False

    def born(self) -> Complaint:
        complainant = None if self.by_post else self.people.applicant
        return lodged.registered(by=self.people.officers[0], by_post=self.by_post, complainant=complainant)

    def look(self) -> None:
        self.changed = True
        self.complaint = Complaint.objects.get(dossier=self.dossier)

    def chances(self) -> list[Chance]:
        return [*super().chances(), *self.goes_on(self.complaint, COMPLAINT) * 10]

    def check(self) -> None:
        """Its status and its terms are those that follow from its events; nothing follows the end."""
        events = list(Event.objects.filter(dossier=self.dossier).order_by("at", "pk"))
        played = PlayedComplaint()
        for event in events:
            assert event.from_status not in ENDED or event.step in AFTER_THE_END
            played.play(event)
        stored = Deadline.objects.open().filter(dossier=self.dossier).values_list("kind", "due")
        assert dict(stored) == played.open
        assert self.complaint.status == events[-1].to_status
        assert self.complaint.assigned_to_id is None or self.complaint.assigned_to_id != self.complaint.person_id


class PostalComplaintLife(ComplaintLife):
    """The same by post: each letter is posted on some day, or never."""

    by_post = True


# --- Counted a second time ---------------------------------------------------------------------------------------


class PlayedComplaint:
    """Its open terms, from its events alone."""

    def __init__(self) -> None:
        self.finger = Finger()
        self.received, self.weeks, self.more = date.min, 6, 0
        self.agreed: date | None = None
        self.open: dict[str, date] = {}
        self.adjourns_by = 0

    def play(self, event: Event) -> None:
        """One event more."""
        if event.step == "register":
            self.received = told(event, "received_on")
            self.open["decline_complaint"] = self.finger.weeks_after(self.received, 4)
            self.count()
        elif event.step == "delay_further":
            self.agreed = told(event, "until")
            self.count()
        elif event.step in ENDS_AT_ONCE:
            self.open = {}
        self.send(event)

    def send(self, event: Event) -> None:
        """What a letter brings about: at once, or on the day on which it was posted."""
        self.adjourns_by = int(event.detail.get("adjourned_weeks", self.adjourns_by))
        if event.step in LETTERS and (day := made_known(event)):
            self.arrive(LETTERS[event.step], day)
        if event.step == "post_letters":
            sent = [*event.detail["made_known"], *event.detail["too_late"]]
            late = [kind for kind in sent if not self.arrive(kind, told(event, "posted_on"))]
            assert sorted(late) == sorted(event.detail["too_late"])

    def arrive(self, kind: str, day: date) -> bool:
        """Whether it was in time; a term that has lapsed is not prolonged (Awb 9:8, 9:11)."""
        if kind not in LETTERS.values():
            return True
        term = "decline_complaint" if kind == "complaint_declined" else "decide_complaint"
        in_time = term in self.open and day <= self.open[term]
        if kind in ("complaint_outcome", "complaint_declined"):
            self.open = {}
        elif in_time and kind == "complaint_adviser":
            self.weeks = 10
            self.count()
        elif in_time and kind == "complaint_adjourned":
            self.more = self.adjourns_by
            self.count()
        return in_time

    def count(self) -> None:
        """Six weeks or ten, and those of an adjournment; or what was agreed."""
        self.open["decide_complaint"] = self.agreed or self.finger.weeks_after(self.received, self.weeks + self.more)


LETTERS = {
    "ask_adviser": "complaint_adviser",
    "adjourn": "complaint_adjourned",
    "conclude": "complaint_outcome",
    "decline": "complaint_declined",
}
