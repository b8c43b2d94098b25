"""Queries on applications: who may see them, and what waits for whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from casework import clock
from casework.models import AwbCaseQuerySet, Deadline
from exemptions.models.applicant import Applicant
from exemptions.models.completion import CompletionRequest, ViewRequest
from exemptions.models.decision import Proposal
from exemptions.models.kind import KindVersion
from exemptions.models.registration import Channel
from exemptions.steps.statuses import CASE_TYPE, WITH_APPLICANT, Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


EMPTY = models.Q(status=Status.DRAFT, applicant=None, kind=None, plate="", answers={})


def has_been_silent(*, today: date) -> models.Q:
    """The applicant was to complete the application or to give a view, and the last day for it has passed."""
    asked = CompletionRequest.objects.running(on=today).filter(application=models.OuterRef("pk"))
    view = ViewRequest.objects.filter(application=models.OuterRef("pk"), closed_at=None, ends_on__gte=today)
    return models.Q(~models.Exists(asked), ~models.Exists(view), status__in=WITH_APPLICANT)


class ApplicationQuerySet(AwbCaseQuerySet["Application"]):
    """Who may see which, and what waits for whom."""

    def drafts(self) -> "ApplicationQuerySet":
        """Begun in the portal and not yet sent."""
        return self.filter(status=Status.DRAFT, channel=Channel.PORTAL)

    def to_register(self, user: "User") -> "ApplicationQuerySet":
        """Begun at the desk and not registered yet, with which a user may go on; see `at_desk_of`."""
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
        """All but drafts that need nothing from anybody: empty ones, and those that were sent elsewhere as well.

        The latter stay: they can still be sent if that application is withdrawn.
        """
        same = {name: models.OuterRef(name) for name in ("applicant", "plate", "country", "kind__kind")}
        elsewhere = ~models.Q(municipality=models.OuterRef("municipality")) & ~models.Q(municipality=None)
        sent = self.model.objects.open().filter(**same).exclude(plate="").exclude(elsewhere)
        return self.exclude(EMPTY).exclude(models.Exists(sent), status=Status.DRAFT)

    def of_applicant(self, user: "User") -> "ApplicationQuerySet":
        """Those of the people and organisations for whom a user acts now, and the user's own bare drafts.

        What a colleague at the desk is still writing down is not theirs yet.
        """
        own_draft = models.Q(applicant=None, owner=user)
        of_them = own_draft | models.Q(applicant__in=Applicant.objects.of(user))
        return self.filter(of_them).exclude(models.Q(status=Status.DRAFT) & ~models.Q(channel=Channel.PORTAL))

    def at_desk_of(self, user: "User") -> "ApplicationQuerySet":
        """What a user may see at the desk: everything filed, or the local kinds of the own municipality, or nothing."""
        if not user.has_perm("exemptions.view_application"):
            return self.none()
        if user.has_perm("exemptions.view_every_application"):
            return self.filed()
        return self.filed().filter(kind__scope=KindVersion.Scope.LOCAL, municipality__in=user.municipalities.all())

    def long_term(self) -> "ApplicationQuerySet":
        """Those that a person decides."""
        return self.exclude(kind__scope=KindVersion.Scope.DAY)

    def new(self) -> "ApplicationQuerySet":
        """Sent, and nobody's yet: neither taken up nor assigned."""
        return self.filter(status=Status.SUBMITTED, assigned_to=None)

    def assigned(self) -> "ApplicationQuerySet":
        """Given to a colleague who has not taken them up yet."""
        return self.filter(status=Status.SUBMITTED).exclude(assigned_to=None)

    def waiting(self, *, today: date) -> "ApplicationQuerySet":
        """The applicant is to do something, and still has time."""
        return self.filter(status__in=WITH_APPLICANT).exclude(has_been_silent(today=today))

    def silent(self, *, today: date) -> "ApplicationQuerySet":
        """The applicant let the last day pass: they wait for the desk."""
        return self.filter(has_been_silent(today=today))

    def answered(self) -> "ApplicationQuerySet":
        """The applicant has done it."""
        return self.filter(status=Status.SUPPLIED)

    def proposed(self) -> "ApplicationQuerySet":
        """A proposal waits for a second pair of eyes: a decision, or a change of what was granted."""
        changes = Proposal.objects.filter(application=models.OuterRef("pk"), settled_at=None).exclude(change="")
        return self.filter(models.Q(status=Status.PROPOSED) | models.Q(models.Exists(changes), status=Status.GRANTED))

    def to_mend(self, *, today: date) -> "ApplicationQuerySet":
        """The holder gave a view on a change of the exemption, or the last day for it has passed: decide what to do."""
        asked = ViewRequest.objects.filter(application=models.OuterRef("pk"), about__isnull=False, settled_at=None)
        due = asked.filter(models.Q(answered_at__isnull=False) | models.Q(ends_on__lt=today))
        proposed = Proposal.objects.filter(application=models.OuterRef("pk"), settled_at=None)
        return self.filter(models.Exists(due), ~models.Exists(proposed), status=Status.GRANTED)

    def to_set_aside(self, *, today: date) -> "ApplicationQuerySet":
        """Silent until the last term had ended; each carries `set_aside_by`, the last day the law allows it.

        When that day has passed it is no longer listed: only a decision on the merits is left (Awb 4:5(4)).
        """
        open_terms = Deadline.objects.open().filter(
            case_type=CASE_TYPE, kind=Deadline.Kind.SET_ASIDE, case_id=models.OuterRef("pk"), due__gte=today
        )
        return (
            self.filter(status=Status.WAITING)
            .annotate(set_aside_by=open_terms.values("due")[:1])
            .exclude(set_aside_by=None)
        )

    def doubles(self) -> "ApplicationQuerySet":
        """Open ones for a vehicle, kind and place for which another applicant has one open too."""
        others = self.model.objects.open().filter(
            plate=models.OuterRef("plate"), country=models.OuterRef("country"), kind__kind=models.OuterRef("kind__kind")
        )
        elsewhere = ~models.Q(municipality=models.OuterRef("municipality")) & ~models.Q(municipality=None)
        others = others.exclude(applicant=models.OuterRef("applicant")).exclude(elsewhere)
        return self.open().long_term().exclude(plate="").filter(models.Exists(others))

    def days_unverified(self) -> "ApplicationQuerySet":
        """Day exemptions that stand and were given on what the applicant typed, which nobody has checked yet."""
        granted = self.filter(status=Status.GRANTED, kind__scope=KindVersion.Scope.DAY, facts_verified=False)
        return granted.filter(exemptions__revoked_at=None, exemptions__day_use__isnull=False)

    def for_list(self) -> "ApplicationQuerySet":
        """With all that a row of a list shows, in one query; see `Application.stands_as` for the annotation."""
        is_silent = models.ExpressionWrapper(has_been_silent(today=clock.today()), models.BooleanField())
        return self.annotate(is_silent=is_silent).select_related(
            "dossier", "kind", "applicant", "municipality", "assigned_to"
        )
