"""What a decision does to exemptions: it gives, ends or suspends them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models.functions import Greatest

from casework.batch import insert_rows
from casework.clock import now
from exemptions import terms
from exemptions.models.decision import Decision, Outcome
from exemptions.models.exemption import Exemption, ExemptionSuspension, find_plate_holder

if TYPE_CHECKING:
    from exemptions.models.application import Application

NOT_THE_USER = "not_the_user"
"""The ground to revoke a stranger's day exemption, which then does not count against the vehicle's real user."""


def new_exemption(
    decision: Decision, *, window: terms.Window, plate: str | None = None, country: str = "", temporary: bool = False
) -> Exemption:
    """Create the exemption that a decision gives: for a plate, in one municipality or in every zone.

    Without `plate` and `country` it is for the vehicle that the application is currently about.
    """
    application = decision.application
    if plate is None:
        known = find_plate_holder(application)
        plate, country = known.plate, known.country
    given = Exemption(
        decision=decision,
        application=application,
        plate=plate,
        country=country,
        temporary=temporary,
        municipality=application.municipality if application.chosen_kind.is_municipal else None,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        ends_on=window.last_day,
    )
    insert_rows(given)
    application.forget_exemptions()
    if not temporary:
        application.latest_exemption = given
    return given


def end_exemptions(application: "Application", *, at: datetime, may_be_suspended: bool = True) -> None:
    """End the standing exemptions at a moment, suspended or not; what was valid before remains on record."""
    standing = application.exemptions.filter(revoked_at=None)
    if may_be_suspended:
        pauses = ExemptionSuspension.objects.filter(exemption__in=standing, ends_at=None)
        pauses.update(ends_at=Greatest("starts_at", at))
    standing.update(revoked_at=at)
    application.forget_exemptions()


def list_suspensions(given: Sequence[Exemption]) -> list[ExemptionSuspension]:
    """Past and present suspensions by decision of those exemptions that stand; to be read before these are ended."""
    standing = [one for one in given if one.revoked_at is None]
    if not standing:
        return []
    ours = ExemptionSuspension.objects.filter(exemption__in=standing)
    return list(ours.filter(decision__outcome=Outcome.SUSPENDED).select_related("decision"))


def carry_over_suspensions(suspensions: list[ExemptionSuspension], *, to: Exemption) -> None:
    """Carry suspensions over to an exemption that replaces a suspended one."""
    for one in suspensions:
        starts_at = max(one.starts_at, to.starts_at)
        if one.ends_at is None or one.ends_at > starts_at:
            to.suspensions.create(decision=one.decision, starts_at=starts_at, ends_at=one.ends_at)


def take_away(decision: Decision, *, on: date) -> None:
    """Carry out what a decision takes away, from when it is made known (Awb 3:40), even if that is noted later.

    A suspension begins, an earlier last day holds (the day of posting, if that is later), or nothing is left.
    """
    if not decision.is_in_force:
        return
    application, at = decision.application, min(now(), terms.start_of_day(on + timedelta(days=1)))
    if decision.outcome == Outcome.SUSPENDED:
        for exemption in application.exemptions.long_term().filter(decision__lt=decision.pk):  # not those given since
            exemption.suspensions.create(decision=decision, starts_at=at)
        application.forget_exemptions()
        return
    if hasattr(decision, "exemption"):
        return
    if application.chosen_kind.is_day:
        free_days(decision, at=at)
    end_exemptions(application, at=at)
    if decision.outcome == Outcome.GRANTED:
        give_rest(decision, on=on, since=at)


def free_days(decision: Decision, *, at: datetime) -> None:
    """Free the number in the year of a day that has not begun at a moment, or that was a stranger's."""
    of_stranger = decision.ground is not None and decision.ground.code == NOT_THE_USER
    for exemption in decision.application.exemptions.filter(revoked_at=None, day_use__isnull=False):
        if of_stranger or exemption.starts_at > at:
            exemption.day_use.delete()


def give_rest(decision: Decision, *, on: date, since: datetime) -> None:
    """Give what is left after shortening, from a moment on."""
    if decision.starts_on is None or decision.ends_on is None:
        raise ValueError("a grant has a term")
    window = terms.long_window(decision.starts_on, max(decision.ends_on, on))
    window = window._replace(starts_at=max(window.starts_at, since))
    if window.starts_at < window.ends_at:
        new_exemption(decision, window=window)
