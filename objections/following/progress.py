"""Where an objection stands, what happens next and by when, in words for the objector's side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.deadline_words import day, moment
from exemptions.following.progress import Action
from objections.models import Hearing, Objection, ObjectionDecision, ObjectionStatus, RepairRequest
from objections.models.objection_query import ObjectionQuerySet
from zones.plates import written

Status = ObjectionStatus
LABELS: Mapping[str, tuple[str | Promise, str]] = {
    Status.DRAFT: (gettext_lazy("not yet sent"), "warning"),
    Status.REGISTERED: (gettext_lazy("received"), "neutral"),
    Status.REPAIR: (gettext_lazy("we wait for you"), "warning"),
    Status.HANDLING: (gettext_lazy("being handled"), "neutral"),
    Status.HEARING_OFFERED: (gettext_lazy("we wait for your answer"), "warning"),
    Status.HEARING_PLANNED: (gettext_lazy("hearing planned"), "neutral"),
    Status.UPHELD: (gettext_lazy("upheld: you were right"), "ok"),
    Status.UPHELD_IN_PART: (gettext_lazy("upheld in part: you were partly right"), "ok"),
    Status.UNFOUNDED: (gettext_lazy("unfounded: our decision stays"), "error"),
    Status.INADMISSIBLE: (gettext_lazy("inadmissible: we could not look at it"), "error"),
    Status.WITHDRAWN: (gettext_lazy("withdrawn by you"), "neutral"),
    Status.FORWARDED: (gettext_lazy("sent on to the court"), "neutral"),
}
"""The status in the objector's words, and the colour of its badge."""

WITH_ALL = ("hearings", "repair_requests", "decisions__new_decision")


@dataclass(frozen=True)
class Case:
    """An objection with what the words about it rest on; its related rows are fetched already."""

    objection: Objection
    today: date

    @property
    def hearing(self) -> Hearing | None:
        """The latest hearing that was offered, planned, held or skipped."""
        return max(self.objection.hearings.all(), key=lambda one: one.pk, default=None)

    @property
    def request(self) -> RepairRequest | None:
        """What we wait for."""
        asked = (one for one in self.objection.repair_requests.all() if not (one.answered_on or one.closed_on))
        return next(asked, None)

    @property
    def decision(self) -> ObjectionDecision | None:
        """The decision on it that stands."""
        return next((one for one in self.objection.decisions.all() if one.annulled_on is None), None)

    @property
    def annulled(self) -> list[ObjectionDecision]:
        """Decisions on it that a court annulled."""
        return [one for one in self.objection.decisions.all() if one.annulled_on is not None]

    # --- in words ---

    @property
    def title(self) -> str:
        """What it is about."""
        return _("Objection about: %(kind)s") % {"kind": self.objection.application.kind or _("Application")}

    @property
    def plate(self) -> str:
        """The plate as on the vehicle."""
        application = self.objection.application
        return written(application.plate, country=application.country) if application.plate else ""

    @property
    def label(self) -> str:
        """The status."""
        return str(LABELS[self.objection.status][0])

    @property
    def badge(self) -> str:
        """Its colour."""
        return LABELS[self.objection.status][1]

    @property
    def next(self) -> list[str]:
        """What happens next and by when, in one or a few sentences."""
        return NEXT[Status(self.objection.status)](self)

    @property
    def action(self) -> Action | None:
        """The one thing to do; None where it is not the objector's turn."""
        key = [self.objection.key]
        match self.objection.status:
            case Status.DRAFT:
                return Action(_("Go on with your objection"), self.url)
            case Status.REPAIR:
                return Action(_("Add what is missing"), reverse("objection_repair", args=key))
            case Status.HEARING_OFFERED:
                return Action(_("Answer about the hearing"), reverse("objection_hearing", args=key))
        return None

    @property
    def url(self) -> str:
        """Its page; the form for a draft."""
        if self.objection.is_draft:
            return reverse("object_to", args=[self.objection.application.key])
        return reverse("objection", args=[self.objection.key])


def with_all(objections: ObjectionQuerySet) -> ObjectionQuerySet:
    """Objections with every row that a case reads: three queries more, whatever their number."""
    return objections.for_list().prefetch_related(*WITH_ALL)


def of_each(objections: Iterable[Objection], *, today: date) -> list[Case]:
    """Cases of objections that came by way of `with_all`."""
    return [Case(objection, today) for objection in objections]


# --- Open -----------------------------------------------------------------------------------------------


def draft(case: Case) -> list[str]:
    """It can still be sent."""
    until = case.objection.object_until
    if until < case.today:
        return [
            _("The last day to object was %(day)s. You can still send it, and tell why you are late.")
            % {"day": day(until)}
        ]
    return [_("We have nothing yet. Send it on %(day)s at the latest.") % {"day": day(until)}]


def registered(case: Case) -> list[str]:
    """Received; a person looks whether it is admissible."""
    objection = case.objection
    late = [_("Your objection came after the last day. We look first whether you had a good reason for that.")]
    pro_forma = [_("You have not sent your grounds yet. We write you a letter that says until when you can do that.")]
    return [
        _("We have your objection. We look whether it is complete and came in time."),
        *(late if objection.needs_excuse else ()),
        *(() if objection.grounds.strip() else pro_forma),
        *direct(case),
        *due(case),
    ]


def repair(case: Case) -> list[str]:
    """The objector is to add something."""
    request = case.request
    if request is None:
        return due(case)
    if request.ends_on < case.today:
        return [
            _("The last day to add what is missing was %(day)s.") % {"day": day(request.ends_on)},
            _("You can still do it, as long as we have not decided."),
            _("Without it we may not be able to look at your objection."),
        ]
    return [
        _("Something is missing. Send it on %(day)s at the latest.") % {"day": day(request.ends_on)},
        _("If you do not, we may not be able to look at your objection."),
    ]


def handled(case: Case) -> list[str]:
    """In hand; what the objector said about a hearing, or why there is none."""
    return [
        _("An officer who did not take the decision looks at your objection."),
        *heard(case),
        *direct(case),
        *due(case),
    ]


def heard(case: Case) -> list[str]:
    """About the hearing, once it was answered, held or skipped."""
    hearing = case.hearing
    if hearing is None or case.annulled:
        return []
    if hearing.report:
        return [_("The hearing was on %(day)s. The report is on this page.") % {"day": day(hearing.day or case.today)}]
    if hearing.skipped:
        return [_("There will be no hearing.")]
    if hearing.wanted:
        return [_("You want to tell your side. We invite you to a hearing.")]
    return [_("You told us that you do not want a hearing.")] if hearing.wanted is False else []


def hearing_offered(case: Case) -> list[str]:
    """The objector may say whether they want to be heard."""
    until = case.hearing.reply_until if case.hearing else None
    if until and until < case.today:
        last = _("The last day to say whether you want a hearing was %(day)s.") % {"day": day(until)}
        return [last, _("You can still answer, as long as we have not gone on."), *due(case)]
    asked = _("You may tell us your side in a hearing. Say on %(day)s at the latest whether you want that.")
    return [asked % {"day": day(until or case.today)}, *due(case)]


def hearing_planned(case: Case) -> list[str]:
    """When and where."""
    hearing = case.hearing
    if hearing is None or hearing.held_at is None:
        return due(case)
    about = {"moment": moment(hearing.held_at), "place": hearing.place}
    return [_("Your hearing is on %(moment)s. Place: %(place)s.") % about, *due(case)]


def direct(case: Case) -> list[str]:
    """What became of the wish to go to the court at once (Awb 7:1a)."""
    if not case.objection.direct_appeal_asked:
        return []
    refused = case.objection.direct_appeal_refused_on
    if refused:
        return [
            _("You asked to go to the court directly. On %(day)s we told you that we decide ourselves first.")
            % {"day": day(refused)}
        ]
    return [_("You asked to go to the court directly. We tell you whether we agree.")]


def due(case: Case) -> list[str]:
    """Until when we have."""
    last = case.objection.decide_by
    if last is None:
        return []
    if last < case.today:
        return [_("We had to decide on %(day)s at the latest. We are late, and we are sorry.") % {"day": day(last)}]
    return [_("You will have our decision on %(day)s at the latest.") % {"day": day(last)}]


# --- Ended ------------------------------------------------------------------------------------------------


def upheld(case: Case) -> list[str]:
    """The objector was right, wholly or in part."""
    new = case.decision.new_decision if case.decision else None
    if new is None:
        return [_("We take up your application again. On its page you see until when we decide.")]
    term = {"first": day(new.starts_on or case.today), "last": day(new.ends_on or case.today)}
    return [_("You get the exemption, from %(first)s up to and including %(last)s. The letter tells more.") % term]


def unfounded(_case: Case) -> list[str]:
    """The decision stays."""
    return [_("We looked at our decision again, and it stays as it is. The letter tells why.")]


def inadmissible(case: Case) -> list[str]:
    """It was not looked at."""
    why = case.decision.get_inadmissible_because_display() if case.decision else ""
    return [_("We could not look at your objection. The reason: %(why)s. Our decision stays as it is.") % {"why": why}]


def withdrawn(_case: Case) -> list[str]:
    """Nothing happens any more."""
    return [_("You took this objection back. Nothing more happens with it. Our decision stays as it is.")]


def forwarded(_case: Case) -> list[str]:
    """The court goes on."""
    return [_("We sent your objection on to the court, which handles it as an appeal. You hear from the court.")]


NEXT: Mapping[Status, Callable[[Case], list[str]]] = {
    Status.DRAFT: draft,
    Status.REGISTERED: registered,
    Status.REPAIR: repair,
    Status.HANDLING: handled,
    Status.HEARING_OFFERED: hearing_offered,
    Status.HEARING_PLANNED: hearing_planned,
    Status.UPHELD: upheld,
    Status.UPHELD_IN_PART: upheld,
    Status.UNFOUNDED: unfounded,
    Status.INADMISSIBLE: inadmissible,
    Status.WITHDRAWN: withdrawn,
    Status.FORWARDED: forwarded,
}
