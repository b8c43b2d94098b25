"""Legal excuses for lateness, with the facts that the system knows, for a person to judge (Awb 2:21 to 2:24, 6:11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import format_day, format_moment
from casework.models import Message
from casework.wiring import wired

if TYPE_CHECKING:
    from objections.models import Objection

Disturbances = Callable[[date, date], Sequence[str]]
"""Returns the portal's outages in a period, in words."""


@dataclass(frozen=True)
class Excuse:
    """An article: what it says, and the facts we know that may fall under it."""

    article: str
    law: str
    facts: list[str] = field(default_factory=list)


def list_excuses(objection: "Objection") -> list[Excuse]:
    """The possible excuses of a late objection, in two queries."""
    return [
        Excuse(
            "2:22",
            _(
                "If we sent no email about the letter, being late is not held against the objector, unless they did "
                "not want emails. Nor if they did not get it, and cannot be blamed for that."
            ),
            describe_notifications(objection),
        ),
        Excuse(
            "2:21",
            _(
                "If the portal did not work for some time before the last day, being late is not held against the "
                "objector if they cannot be blamed; for as long as the outage lasted they never can."
            ),
            describe_outages(objection),
        ),
        Excuse(
            "2:23, 2:24",
            _(
                "Could the objector reasonably think that this was the way to send it? Then the term is longer by the "
                "time until we pointed out the right way, and by one working day at least. If we passed it on "
                "ourselves, our term to decide begins then, if we told that at once."
            ),
            describe_channel(objection),
        ),
    ]


def describe_notifications(objection: "Objection") -> list[str]:
    """What became of the mails about the letter of the contested decision (Awb 2:10)."""
    mails = Message.objects.filter(letter__reference=objection.decision.reference, dossier=objection.dossier_id)
    told = [describe_notification(mail) for mail in mails.order_by("created_at", "pk")]
    return told or [_("No email about the letter of this decision was sent.")]


def describe_notification(mail: Message) -> str:
    """Whether a mail was sent, failed, or still waits."""
    about = {"to": mail.to, "why": mail.failure}
    if mail.sent_at:
        return _("Email to %(to)s sent on %(moment)s.") % {**about, "moment": format_moment(mail.sent_at)}
    if mail.given_up_at:
        return _("Email to %(to)s failed: %(why)s.") % about
    return _("Email to %(to)s has not been sent.") % about


def describe_outages(objection: "Objection") -> list[str]:
    """Registered outages from the day of the decision until the last day to object."""
    first, last = timezone.localdate(objection.decision.taken_at), objection.object_until
    find: Disturbances = wired("DISTURBANCES")
    days = {"first": format_day(first), "last": format_day(last)}
    return list(find(first, last)) or [_("No outage was noted from %(first)s to %(last)s.") % days]


def describe_channel(objection: "Objection") -> list[str]:
    """The channel through which the objection came in."""
    return [_("It came in by: %(channel)s.") % {"channel": objection.get_channel_display()}]
