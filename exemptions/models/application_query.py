"""Queries on applications: who may see which, and what waits for whom."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from casework import clock
from casework.models import AwbCaseQuerySet, Deadline, Event
from casework.models.dossier import EventQuerySet
from exemptions import day_checks
from exemptions.models.applicant import Applicant
from exemptions.models.change_request import ChangeRequest
from exemptions.models.completion import CompletionRequest, ViewRequest
from exemptions.models.decision import Proposal
from exemptions.models.exemption import Exemption
from exemptions.models.facts import FactsRecord
from exemptions.models.kind import KindVersion
from exemptions.models.register_finding import RegisterFinding
from exemptions.models.registration import Channel
from exemptions.steps.statuses import CASE_TYPE, WITH_APPLICANT, WITH_DESK, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


SEES_ALL = ("exemptions.view_application", "exemptions.view_every_application")
"""Users with both permissions see every filed application at the desk."""
EMPTY = models.Q(status=Status.DRAFT, applicant=None, kind=None, plate="", answers={})


def has_been_silent(*, today: date) -> models.Q:
    """Condition: the applicant had to complete the application or give a view, and the last day for it has passed."""
    asked = CompletionRequest.objects.running(on=today).filter(application=models.OuterRef("pk"))
    view = ViewRequest.objects.filter(application=models.OuterRef("pk"), closed_at=None, ends_on__gte=today)
    return models.Q(~models.Exists(asked), ~models.Exists(view), status__in=WITH_APPLICANT)


def last_events() -> EventQuerySet:
    """The events of the application in the outer query, latest first."""
    return Event.objects.filter(case_type=CASE_TYPE, case_id=models.OuterRef("pk")).order_by("-at", "-pk")


class ApplicationQuerySet(AwbCaseQuerySet["Application"]):
    """Applications by who may see them, and by who has to act on them."""

    def drafts(self) -> "ApplicationQuerySet":
        """Applications begun in the portal and not yet sent."""
        return self.filter(status=Status.DRAFT, channel=Channel.PORTAL)

    def to_register(self, user: "User") -> "ApplicationQuerySet":
        """Applications begun at the desk, not registered yet, that a user may continue; see `at_desk_of`."""
        begun = self.filter(status=Status.DRAFT).exclude(channel=Channel.PORTAL)
        if not user.has_perm("exemptions.handle_application"):
            return self.none()
        if user.has_perm("exemptions.view_every_application"):
            return begun
        nowhere = models.Q(kind=None) | models.Q(kind__scope=KindVersion.Scope.LOCAL, municipality=None)
        there = models.Q(kind__scope=KindVersion.Scope.LOCAL, municipality__in=user.municipalities.all())
        return begun.filter(there | (nowhere & models.Q(owner=user)))

    def empty(self) -> "ApplicationQuerySet":
        """Drafts in which nothing is filled in, not even partly."""
        return self.filter(EMPTY)

    def without_idle(self) -> "ApplicationQuerySet":
        """All but drafts that need nothing from anybody: empty ones, and duplicates of an open application.

        The latter are only hidden: they can still be sent if that application is withdrawn.
        """
        same = {name: models.OuterRef(name) for name in ("applicant", "plate", "country", "kind__kind")}
        elsewhere = ~models.Q(municipality=models.OuterRef("municipality")) & ~models.Q(municipality=None)
        sent = self.model.objects.open().filter(**same).exclude(plate="").exclude(elsewhere)
        return self.exclude(EMPTY).exclude(models.Exists(sent), status=Status.DRAFT)

    def of_applicant(self, user: "User") -> "ApplicationQuerySet":
        """Applications of those for whom a user acts now, and the user's own drafts without an applicant.

        What a colleague at the desk is still registering is left out.
        """
        own_draft = models.Q(applicant=None, owner=user)
        of_them = own_draft | models.Q(applicant__any_of=Applicant.objects.of(user).values("pk"))
        return self.filter(of_them).exclude(models.Q(status=Status.DRAFT) & ~models.Q(channel=Channel.PORTAL))

    def at_desk_of(self, user: "User") -> "ApplicationQuerySet":
        """Applications that a user may see at the desk: all, only local kinds in their own municipalities, or none."""
        if not user.has_perm("exemptions.view_application"):
            return self.none()
        if user.has_perm("exemptions.view_every_application"):
            return self.filed()
        return self.filed().filter(kind__scope=KindVersion.Scope.LOCAL, municipality__in=user.municipalities.all())

    def visible_to(self, user: "User") -> "ApplicationQuerySet":
        """Applications that a user may see at the desk, and those of their own side."""
        own, at_desk = self.model.objects.of_applicant(user), self.model.objects.at_desk_of(user)
        if user.has_perms(SEES_ALL):
            return self.filter(~models.Q(status=Status.DRAFT) | models.Q(pk__any_of=own.values("pk")))
        return self.filter(pk__any_of=own.values("pk").union(at_desk.values("pk"), all=True))

    def long_term(self) -> "ApplicationQuerySet":
        """Applications that a person decides: all but day exemptions."""
        return self.exclude(kind__scope=KindVersion.Scope.DAY)

    def new(self) -> "ApplicationQuerySet":
        """Submitted applications that are neither taken up nor assigned."""
        return self.filter(status=Status.SUBMITTED, assigned_to=None)

    def assigned(self) -> "ApplicationQuerySet":
        """Applications assigned to a colleague who has not taken them up yet."""
        return self.filter(status=Status.SUBMITTED).exclude(assigned_to=None)

    def waiting(self, *, today: date) -> "ApplicationQuerySet":
        """Applications on which the applicant has to act and still has time."""
        asked = CompletionRequest.objects.running(on=today).values("application")
        views = ViewRequest.objects.filter(closed_at=None, ends_on__gte=today).values("application")
        return self.filter(status__in=WITH_APPLICANT, pk__any_of=asked.union(views, all=True))

    def silent(self, *, today: date) -> "ApplicationQuerySet":
        """Applications whose applicant let the last day pass, so that they wait for the desk."""
        return self.filter(has_been_silent(today=today))

    def answered(self) -> "ApplicationQuerySet":
        """Applications for which the applicant supplied what was asked."""
        return self.filter(status=Status.SUPPLIED)

    def with_desk(self, *, today: date) -> "ApplicationQuerySet":
        """Open applications on which we have to act: the applicant owes nothing, or let the last day pass."""
        return self.filter(models.Q(status__in=WITH_DESK) | has_been_silent(today=today))

    def with_answer(self) -> "ApplicationQuerySet":
        """As `answered`; each carries `news_at`, when the answer came in."""
        came_in = last_events().filter(to_status=Status.SUPPLIED).exclude(from_status=Status.SUPPLIED)
        return self.answered().annotate(news_at=came_in.values("at")[:1])

    def sent_back(self, *, to: "User") -> "ApplicationQuerySet":
        """Open applications of a user whose proposal a colleague sent back as the last step; `news_at`: when."""
        last = last_events()
        ever = Proposal.objects.sent_back().filter(application__assigned_to=to).values("application")
        own = self.open().filter(assigned_to=to, pk__any_of=ever)
        found = own.annotate(
            last_step=last.values("step")[:1], last_by=last.values("by")[:1], news_at=last.values("at")[:1]
        )
        return found.filter(last_step="return_proposal").exclude(last_by=to.pk)

    def proposed(self) -> "ApplicationQuerySet":
        """Applications with a proposal for a second pair of eyes: a decision, or a change of what was granted."""
        changes = Proposal.objects.filter(settled_at=None).exclude(change="").values("application")
        return self.filter(models.Q(status=Status.PROPOSED) | models.Q(pk__any_of=changes, status=Status.GRANTED))

    def to_mend(self, *, today: date) -> "ApplicationQuerySet":
        """Granted applications for which the view on a change was given or is overdue: we decide on that change."""
        asked = ViewRequest.objects.filter(application=models.OuterRef("pk"), about__isnull=False, settled_at=None)
        due = asked.filter(models.Q(answered_at__isnull=False) | models.Q(ends_on__lt=today))
        proposed = Proposal.objects.filter(application=models.OuterRef("pk"), settled_at=None)
        return self.filter(models.Exists(due), ~models.Exists(proposed), status=Status.GRANTED)

    def change_asked(self) -> "ApplicationQuerySet":
        """Granted applications with an open request for a change; each carries `answer_by`, the first day due."""
        asked = ChangeRequest.objects.open()
        first = asked.filter(application=models.OuterRef("pk")).order_by("answer_by").values("answer_by")[:1]
        waiting = self.filter(status=Status.GRANTED, pk__any_of=asked.values("application"))
        return waiting.annotate(answer_by=models.Subquery(first))

    def change_overdue(self, *, today: date) -> "ApplicationQuerySet":
        """As `change_asked`, where that day has passed."""
        asked: Any = self.change_asked()
        late: ApplicationQuerySet = asked.filter(answer_by__lt=today)
        return late

    def to_set_aside(self, *, today: date) -> "ApplicationQuerySet":
        """Applications unanswered when the last term ended; each carries `set_aside_by`, the last day the law allows.

        After that day they are no longer listed: only a decision on the merits remains (Awb 4:5(4)).
        """
        terms = Deadline.objects.open().filter(case_type=CASE_TYPE, kind=Deadline.Kind.SET_ASIDE, due__gte=today)
        last_day = terms.filter(case_id=models.OuterRef("pk")).values("due")[:1]
        unanswered = self.filter(status=Status.WAITING, pk__any_of=terms.values("case_id"))
        return unanswered.annotate(set_aside_by=models.Subquery(last_day))

    def duplicates(self) -> "ApplicationQuerySet":
        """Open applications for a vehicle, kind and place for which another applicant has one open as well."""
        others = self.model.objects.open().filter(
            plate=models.OuterRef("plate"), country=models.OuterRef("country"), kind__kind=models.OuterRef("kind__kind")
        )
        elsewhere = ~models.Q(municipality=models.OuterRef("municipality")) & ~models.Q(municipality=None)
        others = others.exclude(applicant=models.OuterRef("applicant")).exclude(elsewhere)
        twice = self.model.objects.open().exclude(plate="").values("plate")
        twice = twice.alias(number=models.Count("*")).filter(number__gt=1).order_by()
        return self.open().long_term().filter(models.Exists(others), plate__any_of=twice)

    def days_unverified(self) -> "ApplicationQuerySet":
        """Standing day exemptions granted on what the applicant typed, and not checked by anybody yet."""
        return self.standing_days().filter(facts_verified=False)

    def standing_days(self) -> "ApplicationQuerySet":
        """Day exemptions that were not revoked, even if their day is over; each carries `granted_at`."""
        standing = Exemption.objects.filter(
            application=models.OuterRef("pk"), revoked_at=None, day_use__isnull=False
        ).values("decision__taken_at")
        granted = self.filter(status=Status.GRANTED, kind__scope=KindVersion.Scope.DAY)
        return granted.annotate(granted_at=standing[:1]).exclude(granted_at=None)

    def days_checked_late(self, *, today: date) -> "ApplicationQuerySet":
        """As `days_unverified`, where the working days that the policy allows for the check are over."""
        first = datetime.combine(day_checks.find_first_in_time(today=today), time.min)
        unchecked: Any = self.days_unverified()
        late: ApplicationQuerySet = unchecked.filter(granted_at__lt=timezone.make_aware(first))
        return late

    def days_found_wrong(self) -> "ApplicationQuerySet":
        """Standing day exemptions that, as a colleague found, were granted on wrong data."""
        ever = FactsRecord.objects.filter(found_wrong=True).values("application")
        latest = FactsRecord.objects.filter(application=models.OuterRef("pk")).order_by("-as_of", "-pk")
        found = self.filter(pk__in=ever).standing_days().annotate(found_wrong=latest.values("found_wrong")[:1])
        return found.filter(found_wrong=True)

    def with_register_changes(self, *, today: date) -> "ApplicationQuerySet":
        """Applications whose exemption rests on vehicle data that the register contradicts, and that nobody dealt with.

        Each carries `differs_since`: when the first difference was found.
        """
        found = RegisterFinding.objects.open(on=today)
        first = found.filter(application=models.OuterRef("pk")).order_by("found_at").values("found_at")[:1]
        changed = self.filter(status=Status.GRANTED, pk__any_of=found.values("application"))
        return changed.annotate(differs_since=models.Subquery(first))

    def for_list(self) -> "ApplicationQuerySet":
        """With everything that a row of a list shows, in one query; the annotation is for `Application.stands_as`."""
        is_silent = models.ExpressionWrapper(has_been_silent(today=clock.today()), models.BooleanField())
        return self.annotate(is_silent=is_silent).select_related(
            "dossier", "kind", "applicant", "municipality", "assigned_to"
        )
