"""Somebody in the demo who wants letters by post: the first was posted, the second waits to be printed."""

from datetime import timedelta

from django.utils.timezone import localdate

from casework.models import Letter, PostalCopy
from exemptions import letter_channel
from exemptions.models import Application, ChannelChoice, Mandate, Status
from exemptions.terms import midnight

KIND = "PAR"


def load() -> None:
    """Choose post for the applicant of one live case, from the day before it came in; twice is as once."""
    if ChannelChoice.objects.exists():
        return
    application = Application.objects.filter(kind__code=KIND, status=Status.HEARING).latest("received_at")
    owner = Mandate.objects.filter(applicant=application.applicant, role=Mandate.Role.OWNER).earliest("since")
    asked_on = localdate(application.received_at) - timedelta(days=1)
    text = letter_channel.text_on(asked_on)
    if text is None:
        return
    ChannelChoice.objects.create(
        applicant=owner.applicant,
        electronic=False,
        chosen_at=midnight(asked_on) + timedelta(hours=10),
        chosen_by=owner.user,
        text_version=text.version,
        text=text.words,
    )
    first, *others = application.dossier.letters.order_by("placed_at", "pk")
    posted(first, application=application)
    for letter in others:
        PostalCopy.objects.create(letter=letter, marked_at=letter.placed_at)


def posted(letter: Letter, *, application: Application) -> None:
    """Printed and posted on the day after."""
    PostalCopy.objects.create(
        letter=letter,
        marked_at=letter.placed_at,
        posted_on=localdate(letter.placed_at) + timedelta(days=1),
        posted_by=application.assigned_to,
    )
