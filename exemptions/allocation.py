"""The next case for a caseworker: the unassigned one that is due first, of what they handle. It is theirs at once."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.desk.workload import is_away
from casework.steps import StepRefused
from exemptions.models import Application
from exemptions.steps.statuses import WITH_DESK

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application_query import ApplicationQuerySet


def take_next(user: "User") -> Application | None:
    """Take up the most urgent new application that this user handles; None if there is none.

    Of two users who ask at once, each gets another one: a row that somebody is taking is skipped. Raises StepRefused
    for a user who is away, or has enough cases already.
    """
    refuse_away(user)
    with transaction.atomic():
        waiting = find_fitting(user).order_by("decide_by", "pk")
        found: Application | None = waiting.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if found is not None:
            refuse_full_hands(user)
            found.take_up(by=user)
    return found


def find_fitting(user: "User") -> "ApplicationQuerySet":
    """New applications of the kinds and in the languages that the user handles; no choice means all."""
    new: ApplicationQuerySet = Application.objects.at_desk_of(user).new()
    if user.kinds:
        new = new.filter(kind__kind__in=user.kinds)
    if user.letter_languages:
        new = new.filter(language__in=user.letter_languages)
    return new


def refuse_away(user: "User") -> None:
    """Refuse a user who is away today."""
    if is_away(user, today=clock.today()):
        raise StepRefused(gettext("You are away today. Shorten your absence first, if you work after all."))


def refuse_full_hands(user: "User") -> None:
    """Refuse a user who has the maximum number of cases that wait for us."""
    most = CurrentPolicy.on(clock.today()).number("next_case_most_open")
    if Application.objects.filter(assigned_to=user, status__in=WITH_DESK).count() >= most:
        said = gettext("You have %(most)s cases or more that wait for us. Finish some of them first.")
        raise StepRefused(said % {"most": most})
