"""Changes of roles as sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import RoleChange


def describe_change(change: RoleChange) -> str:
    """Who granted or revoked what, to or from whom."""
    about = {"who": change.proposed_by or _("the operator"), "person": change.user, "what": rights_in_words(change)}
    if change.direction == RoleChange.Direction.TAKE:
        return _("%(who)s took away from %(person)s: %(what)s.") % about
    if change.outcome == RoleChange.Outcome.OPERATOR:
        return _("%(who)s gave %(person)s: %(what)s.") % about
    return _("%(who)s proposed for %(person)s: %(what)s.") % about


def rights_in_words(change: RoleChange) -> str:
    """The roles, the municipalities and the login."""
    parts = [roles.titles_of(change.roles)] if change.roles else []
    if change.municipalities:
        parts.append(_("for %(places)s") % {"places": ", ".join(change.municipalities)})
    if change.login:
        parts.append(_("the login"))
    if change.login_reset:
        parts.append(_("a new start with logging in (app, passkeys, recovery codes and password are removed)"))
    return "; ".join(parts)


def describe_outcome(change: RoleChange) -> str:
    """How it ended, and by whom."""
    if change.is_waiting:
        return _("waits for a second administrator")
    if change.outcome in (RoleChange.Outcome.APPROVED, RoleChange.Outcome.DECLINED):
        return _("%(outcome)s by %(who)s") % {"outcome": change.get_outcome_display(), "who": change.settled_by}
    return str(change.get_outcome_display())


def with_words(found: Iterable[RoleChange]) -> list[tuple[RoleChange, str, str]]:
    """Changes with their sentence and how they ended."""
    return [(one, describe_change(one), describe_outcome(one)) for one in found]
