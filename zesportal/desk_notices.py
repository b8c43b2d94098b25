"""What waits for an administrator or has yet to be filled in, as shown on the start page of the desk."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import RoleChange
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.models import EquatedDay, Policy, ReferenceChange
from casework.policy_settings import get_setting_title
from casework.uploads.virus_scanner import nobody_scans
from exemptions.register_comparison import find_backlog
from zones.models import MunicipalAuthority

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Notice:
    """A sentence, and the page where something can be done about it; none if only the operator can."""

    words: str
    url: str = ""


def list_notices(user: "User", *, today: date) -> list[Notice]:
    """Everything that waits for this user, or that they have yet to fill in."""
    return [
        *_no_scanner(user),
        *waiting_changes(user),
        *waiting_roles(user),
        *_equated_days(user, today),
        *_find_missing_settings(user, today),
        *_find_municipal_gaps(user, today),
        *_find_uncompared(user, today),
    ]


def waiting_changes(user: "User") -> list[Notice]:
    """Proposed changes of settings and rules that the user may publish."""
    if not user.has_perm("casework.view_referencechange"):
        return []
    count = ReferenceChange.objects.open().exclude(proposed_by=user).count()
    words = ngettext(
        "%(count)s change to settings and rules is waiting for you to look at it.",
        "%(count)s changes to settings and rules are waiting for you to look at them.",
        count,
    ) % {"count": count}
    return [Notice(words, reverse("admin:casework_referencechange_changelist") + "?state=open")] if count else []


def waiting_roles(user: "User") -> list[Notice]:
    """Roles that another administrator proposes to grant."""
    if not user.has_perm("accounts.change_user"):
        return []
    waiting = RoleChange.objects.to_settle_by(user).count()
    if not waiting:
        return []
    words = _("Changes of roles that wait for a second administrator: %(count)s.") % {"count": waiting}
    return [Notice(words, reverse("admin:accounts_rolechange_changelist") + "?state=waiting")]


def _no_scanner(user: "User") -> list[Notice]:
    if not (nobody_scans() and user.has_perm("accounts.change_user")):
        return []
    return [
        Notice(
            _(
                "No virus scanner looks at the files that people hand in. Ask the operator of this installation to "
                "set CLAMAV_HOST."
            )
        )
    ]


def _equated_days(user: "User", today: date) -> list[Notice]:
    if not user.has_perm("casework.add_equatedday"):
        return []
    return [
        Notice(
            _(
                "The equated days of %(year)s are not known yet: look up the royal decree and add them. "
                "Until then a last day can fall on such a day."
            )
            % {"year": year},
            reverse("admin:casework_equatedday_changelist"),
        )
        for year in EquatedDay.calendar().missing_years(today.year, today.year + 1)
    ]


def _find_missing_settings(user: "User", today: date) -> list[Notice]:
    if not user.has_perm("casework.change_policy"):
        return []
    lacking = [str(get_setting_title(policy.name)) for policy in Policy.objects.to_fill_in(on=today)]
    if not lacking:
        return []
    words = ngettext(
        "%(count)s setting is still to be filled in: %(names)s.",
        "%(count)s settings are still to be filled in: %(names)s.",
        len(lacking),
    ) % {"count": len(lacking), "names": ", ".join(lacking)}
    return [Notice(words, reverse("admin:casework_policy_changelist") + "?state=empty")]


def _find_municipal_gaps(user: "User", today: date) -> list[Notice]:
    """What the letters of a municipality need, but neither its own row nor the desk's settings have."""
    if not user.has_perm("zones.change_municipalauthority"):
        return []
    lacking = MunicipalAuthority.objects.count_lacking(on=today)
    if not lacking:
        return []
    words = ngettext(
        "Of %(count)s municipality the court or the policy rules are still to be filled in: its letters name them.",
        "Of %(count)s municipalities the court or the policy rules are still to be filled in: their letters name them.",
        lacking,
    ) % {"count": lacking}
    return [Notice(words, reverse("admin:zones_municipalauthority_changelist"))]


def _find_uncompared(user: "User", today: date) -> list[Notice]:
    """The vehicle register has not responded for days, so that running exemptions are not compared with it."""
    if not user.has_perm("exemptions.handle_application"):
        return []
    backlog = find_backlog(days=CurrentPolicy.on(today).number("register_silence_days"))
    if backlog is None:
        return []
    words = ngettext(
        "%(count)s running exemption has not been compared with the vehicle register since %(day)s: the register "
        "gave no answer. We go on every day; tell the operator if it lasts.",
        "%(count)s running exemptions have not been compared with the vehicle register since %(day)s: the register "
        "gave no answer. We go on every day; tell the operator if it lasts.",
        backlog.count,
    ) % {"count": backlog.count, "day": format_day(timezone.localdate(backlog.since))}
    return [Notice(words)]
