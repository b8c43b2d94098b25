"""Complaints on 'My applications': those of the user that are still open."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from complaints.models import Complaint
from exemptions.portal import message_cards
from exemptions.portal.overview import RUNNING, Card

if TYPE_CHECKING:
    from accounts.models import User

MOST = 20


def build_cards(user: "User", today: date) -> list[Card]:
    """Unread messages, then open complaints by due date. Two queries."""
    mine = Complaint.objects.of_applicant(user).open().for_list().order_by("decide_by", "pk")
    return [*build_message_cards(user), *(build_card(one) for one in mine[:MOST])]


def build_message_cards(user: "User") -> list[Card]:
    """One card for each complaint with an unread message from the desk."""
    found = Complaint.objects.of_applicant(user).with_unread_message().for_list().order_by("-pk")[: message_cards.MOST]
    title, sentence = _("New message about your complaint"), _("We wrote you a message about this complaint.")
    return [message_cards.build_message_card(one, title=title, sentence=sentence) for one in found]


def build_card(complaint: Complaint) -> Card:
    """The card of one complaint."""
    due = format_day(complaint.decide_by) if complaint.decide_by else ""
    return Card(
        group=RUNNING,
        title=_("Your complaint"),
        plate="",
        number=str(complaint.dossier),
        applicant="",
        url=reverse("complaint", args=[complaint.key]),
        label=str(complaint.get_status_display()),
        badge="neutral",
        next=[_("You will hear from us by %(day)s at the latest.") % {"day": due}],
    )
