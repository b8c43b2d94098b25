"""What happens next in an application, and by when, in words for the applicant's side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.models import Deadline, Event
from casework.suspensions import describe_suspensions
from exemptions.models import Application, Exemption, Status
from exemptions.steps.revision import Cause
from zones.plates import spell_plate

Kind = Deadline.Kind
LABELS: Mapping[str, tuple[str | Promise, str]] = {
    Status.DRAFT: (gettext_lazy("not yet sent"), "warning"),
    Status.SUBMITTED: (gettext_lazy("received"), "neutral"),
    Status.IN_REVIEW: (gettext_lazy("being handled"), "neutral"),
    Status.WAITING: (gettext_lazy("waiting for you"), "warning"),
    Status.SUPPLIED: (gettext_lazy("being handled"), "neutral"),
    Status.HEARING: (gettext_lazy("waiting for your view"), "warning"),
    Status.PROPOSED: (gettext_lazy("being handled"), "neutral"),
    Status.GRANTED: (gettext_lazy("granted"), "ok"),
    Status.REJECTED: (gettext_lazy("rejected"), "error"),
    Status.SET_ASIDE: (gettext_lazy("set aside"), "error"),
    Status.CONVERTED: (gettext_lazy("continues as another kind"), "neutral"),
    Status.WITHDRAWN: (gettext_lazy("withdrawn"), "neutral"),
    Status.FORWARDED: (gettext_lazy("forwarded"), "neutral"),
}
"""The status in the applicant's terms, and the colour of its badge. Proposals stay hidden within the desk."""

GRANTED_LATER: Mapping[str, str | Promise] = {
    Cause.OBJECTION: gettext_lazy("granted after your objection"),
    Cause.JUDGMENT: gettext_lazy("granted after the judgment of the court"),
    Cause.SENT_BACK: gettext_lazy("granted after the judgment of the court"),
    Cause.RENEWAL: gettext_lazy("granted after all"),
}
"""The label of a grant that replaced an earlier decision, by its cause."""


@dataclass(frozen=True)
class Action:
    """What the applicant's side has to do now, and where; `posts`: a button that starts something at once."""

    text: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Case:
    """An application with everything needed to describe it."""

    application: Application
    today: date
    terms: Mapping[str, Deadline] = field(default_factory=dict)
    draft_days: int = 0
    cause: str = ""
    """Why the current decision replaced an earlier one; empty for a first decision."""

    def due(self, kind: Deadline.Kind) -> date | None:
        """The last day of an open term."""
        return self.terms[kind].due if kind in self.terms else None

    @property
    def exemption(self) -> Exemption | None:
        """The exemption in force, else the last one that was; None if there never was one."""
        ever = sorted(self.application.exemptions.all(), key=lambda one: one.pk, reverse=True)
        return next((one for one in ever if one.revoked_at is None), next(iter(ever), None))

    # --- in words ---

    @property
    def plate(self) -> str:
        """The plate as on the vehicle; empty if there is none yet."""
        bare = self.application.plate
        return spell_plate(bare, country=self.application.country) if bare else ""

    @property
    def label(self) -> str:
        """The status in words."""
        if self.exemption and (self.exemption.revoked_at or self.application.status == Status.REJECTED):
            return _("granted, but revoked")
        if self.exemption and self.exemption.ends_at <= timezone.now():
            return _("granted, has ended")
        if self.exemption and self.cause in GRANTED_LATER:
            return str(GRANTED_LATER[self.cause])
        return str(LABELS[self.application.status][0])

    @property
    def last_day(self) -> date | None:
        """The last day of the exemption; None if there is none."""
        return self.exemption.ends_on if self.exemption else None

    @property
    def badge(self) -> str:
        """The colour of the status."""
        if self.exemption and (self.exemption.revoked_at or self.exemption.ends_at <= timezone.now()):
            return "neutral"
        return LABELS[self.application.status][1]

    @property
    def next(self) -> list[str]:
        """What happens next and by when, in one or a few sentences."""
        return NEXT[Status(self.application.status)](self)

    @property
    def object_until(self) -> date | None:
        """The last day to object; None if there is none, or it has passed."""
        due = self.due(Kind.OBJECT)
        return due if due and due >= self.today else None

    @property
    def answer_by(self) -> date | None:
        """The last day for the answer that we wait for; None if we wait for nothing."""
        wanted = {Status.WAITING: Kind.SUPPLY, Status.HEARING: Kind.VIEW, Status.GRANTED: Kind.VIEW}.get(
            Status(self.application.status)
        )
        return self.due(wanted) if wanted else None

    @property
    def action(self) -> Action | None:
        """The one thing to do; None if it is the desk's turn."""
        key = self.application.key
        match self.application.status:
            case Status.DRAFT:
                return Action(_("Continue this application"), reverse("apply_resume", args=[key]))
            case Status.WAITING:
                return Action(_("Complete the application"), reverse("supply", args=[key]))
            case Status.GRANTED if self.due(Kind.VIEW):
                return Action(_("Give your view"), reverse("give_view", args=[key]))
            case Status.HEARING:
                return Action(_("Give your view"), reverse("give_view", args=[key]))
        return None


def build_cases(applications: Iterable[Application], *, today: date) -> list[Case]:
    """The applications with their open terms, in three queries."""
    listed = list(applications)
    open_terms = Deadline.objects.open().filter(
        case_type=Application.CASE_TYPE, case_id__in=[application.pk for application in listed]
    )
    terms: dict[int, dict[str, Deadline]] = {}
    for deadline in open_terms:
        terms.setdefault(deadline.case_id, {})[deadline.kind] = deadline
    draft_days = CurrentPolicy.on(today).number("draft_days")
    causes = find_causes(listed)
    return [
        Case(application, today, terms.get(application.pk, {}), draft_days, causes.get(application.pk, ""))
        for application in listed
    ]


def find_causes(applications: Iterable[Application]) -> dict[int, str]:
    """Why the last new decision was taken, by the primary key of its application. One query."""
    keys = [application.pk for application in applications]
    again = Event.objects.filter(case_type=Application.CASE_TYPE, case_id__in=keys, step="revise").order_by("at", "pk")
    return {event.case_id: str(event.detail.get("cause", "")) for event in again}


# --- Not yet decided ------------------------------------------------------------------------------------


def describe_draft(case: Case) -> list[str]:
    """A draft, which can be sent for a while."""
    last = timezone.localdate(case.application.changed_at) + timedelta(days=case.draft_days)
    return [_("Fill in the rest and send it. We keep it until %(day)s.") % {"day": format_day(last)}]


def describe_submitted(case: Case) -> list[str]:
    """An application that waits for a caseworker."""
    return [
        _("A caseworker will start on your application. If something is missing, we will ask you for it."),
        *describe_decision_term(case),
    ]


def describe_handled(case: Case) -> list[str]:
    """An application that a caseworker is handling."""
    return [_("A caseworker is looking at your application."), *describe_decision_term(case)]


def describe_supplied(case: Case) -> list[str]:
    """An application that the desk goes on with after an answer."""
    return [_("We have your answer. A caseworker will continue with your application."), *describe_decision_term(case)]


def describe_decision_term(case: Case) -> list[str]:
    """The term to decide; empty if there is none."""
    due = case.application.decide_by
    if due is None:
        return []
    if due < case.today:
        return [_("We should have decided by %(day)s. We are late, and we apologise.") % {"day": format_day(due)}]
    standstill = (
        describe_suspensions(case.terms[Kind.DECIDE].basis, today=case.today) if Kind.DECIDE in case.terms else []
    )
    return [*standstill, _("We have to decide by %(day)s.") % {"day": format_day(due)}]


def count_days_left(due: date, *, today: date) -> str:
    """The number of days left in a sentence, with one of its own for the last day."""
    days = (due - today).days
    if not days:
        return _("That is today.")
    return ngettext("You have %(count)s day left.", "You have %(count)s days left.", days) % {"count": days}


def describe_waiting(case: Case) -> list[str]:
    """An application that the applicant must complete."""
    due = case.due(Kind.SUPPLY)
    if due and due >= case.today:
        asked = _("We need something from you. Complete your application by %(day)s.") % {"day": format_day(due)}
        return [asked, count_days_left(due, today=case.today)]
    if due:
        last = _("The last day to complete your application was %(day)s.") % {"day": format_day(due)}
        return [last, _("You can still do so, as long as we have not decided.")]
    return [
        _("You did not complete your application in time. We can set it aside now, without looking at it further."),
        _("You can still complete it, as long as we have not decided."),
    ]


def describe_hearing(case: Case) -> list[str]:
    """An application about which the applicant may give a view."""
    due = case.due(Kind.VIEW)
    if due and due >= case.today:
        asked = _("Some details do not match what you filled in. Give your view by %(day)s.") % {"day": format_day(due)}
        return [asked, count_days_left(due, today=case.today)]
    return [_("The last day to give your view has passed. You can still do so, as long as we have not moved on.")]


# --- Ended ------------------------------------------------------------------------------------------------


def describe_granted(case: Case) -> list[str]:
    """What was granted, and until when."""
    exemption = case.exemption
    if exemption is None:
        return []
    if exemption.revoked_at:
        return [
            _("This exemption was revoked on %(day)s.") % {"day": format_day(timezone.localdate(exemption.revoked_at))}
        ]
    first, last = timezone.localdate(exemption.starts_at), exemption.ends_on
    if exemption.ends_at <= timezone.now():
        return [_("This exemption has ended. The last day was %(day)s.") % {"day": format_day(last)}]
    return [*explain_new_decision(case), describe_validity(case, first=first, last=last)]


def explain_new_decision(case: Case) -> list[str]:
    """Why there is a new decision, and what it means."""
    judged = _("You get this exemption after the judgment of the court. The new decision replaces our earlier one.")
    words = {
        Cause.OBJECTION: _("You get this exemption after your objection. The new decision replaces our earlier one."),
        Cause.JUDGMENT: judged,
        Cause.SENT_BACK: judged,
        Cause.RENEWAL: _(
            "A rule changed, and we looked at your application again. The new decision replaces our earlier one."
        ),
    }
    return [words[Cause(case.cause)]] if case.cause in words else []


def describe_validity(case: Case, *, first: date, last: date) -> str:
    """The first and last day in one sentence."""
    if case.application.kind and case.application.kind.is_day:
        return _("Valid on %(day)s, until 06:00 the next morning.") % {"day": format_day(first)}
    if first > case.today:
        return _("Valid from %(first)s to %(last)s.") % {"first": format_day(first), "last": format_day(last)}
    return _("Valid until %(last)s.") % {"last": format_day(last)}


def describe_refused(case: Case) -> list[str]:
    """That there is no exemption, or no longer, and what one can do."""
    if case.exemption and case.exemption.revoked_at:
        revoked = format_day(timezone.localdate(case.exemption.revoked_at))
        return [_("We revoked this day exemption on %(day)s. The letter explains why.") % {"day": revoked}]
    if case.exemption:  # the letter about it has not been posted yet
        return [_("We decided to revoke this day exemption. It ends on the day on which we post the letter about it.")]
    return [_("You did not get the exemption. The letter explains why.")]


def set_aside(case: Case) -> list[str]:
    """That the application was set aside without a decision on its merits."""
    missing = _("Your application was not complete, so we did not look at it any further. The letter explains why.")
    return [missing, _("You can apply again.")]


def describe_converted(case: Case) -> list[str]:
    """The number under which it goes on; or that it ended because its own conversion was revoked."""
    successor, origin = getattr(case.application, "converted_to", None), case.application.converted_from
    if successor is None and origin is not None:
        return [_("This application has ended: we decided on application %(number)s.") % {"number": origin.dossier}]
    number = {"number": successor.dossier if successor else ""}
    return [_("Your application continues as another kind of exemption, under number %(number)s.") % number]


def describe_withdrawn(_case: Case) -> list[str]:
    """That nothing happens any more after a withdrawal."""
    return [_("You withdrew this application. Nothing more will happen with it.")]


def describe_forwarded(_case: Case) -> list[str]:
    """That another body goes on with it."""
    return [_("We have forwarded your application, because somebody else decides on it. The letter tells you who.")]


NEXT: Mapping[Status, Callable[[Case], list[str]]] = {
    Status.DRAFT: describe_draft,
    Status.SUBMITTED: describe_submitted,
    Status.IN_REVIEW: describe_handled,
    Status.WAITING: describe_waiting,
    Status.SUPPLIED: describe_supplied,
    Status.HEARING: describe_hearing,
    Status.PROPOSED: describe_handled,
    Status.GRANTED: describe_granted,
    Status.REJECTED: describe_refused,
    Status.SET_ASIDE: set_aside,
    Status.CONVERTED: describe_converted,
    Status.WITHDRAWN: describe_withdrawn,
    Status.FORWARDED: describe_forwarded,
}
