"""What waits for a user besides applications: a choice never made, letters to read, exemptions that end."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.deadline_words import format_day
from casework.models import Letter
from exemptions.intake.extension import Extension
from exemptions.letter_channel import text_on
from exemptions.models import Applicant, Application
from exemptions.portal import current_exemptions, letterbox, message_cards
from exemptions.portal.overview import TO_DO, Card
from exemptions.portal.progress import Action
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User


def build_task_cards(user: "User", today: date) -> list[Card]:
    """A card for the choice that was never made, one for all unread letters, and one per exemption that ends soon, in a
    constant number of queries."""
    unasked = find_unasked_applicants(user, on=today)
    unread = list(letterbox.find_unread_letters(user, today=today)[:100])
    ending = current_exemptions.find_ending_exemptions(user, today=today)
    choice = [choice_card(unasked)] if unasked else []
    return [
        *choice,
        *build_message_cards(user),
        *([letters_card(unread)] if unread else []),
        *(ending_card(one, today=today) for one in ending),
    ]


def build_message_cards(user: "User") -> list[Card]:
    """A card per application with an unread message from the desk, in one query."""
    mine = Application.objects.of_applicant(user).with_unread_message()
    found = mine.select_related("dossier", "kind", "applicant").order_by("-pk")[: message_cards.MOST]
    title, sentence = _("New message about your application"), _("We wrote you a message about this application.")
    return [message_cards.build_message_card(one, title=title, sentence=sentence, application=one) for one in found]


def find_unasked_applicants(user: "User", *, on: date) -> list[Applicant]:
    """Applicants for whom the user acts and who never made the choice, having filed before we asked it; none while
    there is no text to agree to. At most two, in two queries, because more get a list."""
    filed = Application.objects.filed().filter(applicant=OuterRef("pk"))
    unasked = Applicant.objects.of(user).filter(Exists(filed), channel_choices=None).order_by("name", "pk")
    found = list(unasked[:2])
    return found if found and text_on(on) else []


def choice_card(unasked: list[Applicant]) -> Card:
    """A card that asks whether letters in the portal are enough (Awb 2:8), and links to the choices or to the list."""
    only = unasked[0] if len(unasked) == 1 else None
    url = reverse("applicant_choices", args=[only.pk]) if only else reverse("my_choices")
    return Card(
        group=TO_DO,
        title=_("Letters in this portal, or by post?"),
        plate="",
        number="",
        applicant=str(only or ""),
        url=url,
        label=_("not chosen yet"),
        badge="neutral",
        next=[_("You have not chosen this yet. Until you do, your letters come by post, with a copy in this portal.")],
        is_later=True,
        action=Action(_("Choose"), url),
    )


def letters_card(unread: list[Letter]) -> Card:
    """A card with the number of unread letters; it links straight to a single one."""
    newest, count = unread[0], len(unread)
    only = reverse("letter", args=[newest.dossier.application.key, newest.pk]) if count == 1 else ""
    url = only or f"{reverse('my_letters')}"
    return Card(
        group=TO_DO,
        title=newest.subject
        if only
        else ngettext("%(count)s new letter", "%(count)s new letters", count) % {"count": count},
        plate="",
        number=str(newest.dossier) if only else "",
        applicant="",
        url=url,
        label=_("not read yet"),
        badge="warning",
        next=[
            _("The latest came on %(day)s. It may contain a deadline.")
            % {"day": format_day(timezone.localdate(newest.placed_at))}
        ],
        is_later=True,
        action=Action(_("Read the letter") if only else _("Read your letters"), url),
    )


def ends_in(last: date, *, today: date) -> str:
    """How long the exemption is still valid, in words."""
    left = (last - today).days
    if not left:
        return _("This exemption ends today: the last day is %(day)s.") % {"day": format_day(last)}
    return ngettext(
        "This exemption ends in %(count)s day: the last day is %(day)s.",
        "This exemption ends in %(count)s days: the last day is %(day)s.",
        left,
    ) % {"count": left, "day": format_day(last)}


def ending_card(answer: Extension, *, today: date) -> Card:
    """A card that says until when an exemption is valid, with a button to extend it or the reason why not."""
    exemption, application = answer.exemption, answer.exemption.application
    said = ends_in(exemption.ends_on, today=today)
    free = [_("Extending this exemption is free.")] if answer.can_ask and answer.is_free else []
    return Card(
        group=TO_DO,
        title=str(application.kind),
        plate=spell_plate(exemption.plate, country=exemption.country) if exemption.plate else "",
        number=str(application.dossier),
        applicant=str(application.applicant or ""),
        url=reverse("application", args=[application.key]),
        label=_("ends soon"),
        badge="warning",
        next=[said, answer.refusal, *free] if answer.refusal else [said, *free],
        is_later=True,
        last_day=exemption.ends_on,
        about=application.pk,
        applicant_pk=application.applicant_id,
        action=Action(_("Extend"), reverse("extend", args=[exemption.pk]), posts=True) if answer.can_ask else None,
    )
